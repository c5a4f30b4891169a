internal import EntryIntake
internal import Hummingbird
internal import Logging

/// Routes for operators: health, readiness, metrics, the public keys of reports and the OpenAPI document.
struct OperationRoutes {
    let intake: Intake
    let meter: ServiceMeter
    let gauges: MomentGauges

    func add(to table: RouteTable) {
        table.get("/healthz", .anybody) { _, _ in Response.json(["status": "ok"]) }
        table.get("/readyz", .anybody) { _, _ in
            try await intake.checkReady()
            return Response.json(["status": "ready"])
        }
        table.get("/v1/keys", .anybody) { _, _ in Response.json(PublicSigningKeys(intake.publicKeys)) }
        table.get("/metrics", .scope([.read])) { _, context in
            await gauges.measure(context.logger)
            return Response(
                status: .ok, headers: [.contentType: "text/plain; version=0.0.4; charset=utf-8"],
                body: ResponseBody(byteBuffer: ByteBuffer(string: meter.text())))
        }
        table.get("/openapi.json", .anybody) { _, _ in asset(PackageResources.openapi_json, "application/json") }
    }

    private func asset(_ bytes: [UInt8], _ type: String) -> Response {
        Response(
            status: .ok,
            headers: [
                .contentType: type, .xContentTypeOptions: "nosniff",
                .contentSecurityPolicy: "default-src 'none'; style-src 'unsafe-inline'",
            ],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
    }
}
