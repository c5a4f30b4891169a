internal import EntryIntake
internal import Hummingbird

/// What operators and browsers ask for: health, metrics, the contract, the page.
struct OperationRoutes {
    let intake: Intake
    let metrics: Metrics

    func add(to router: Router<ServiceContext>) {
        router.get("/healthz") { _, _ in Response.json(["status": "ok"]) }
        router.get("/readyz") { _, _ in
            try await intake.checkReady()
            return Response.json(["status": "ready"])
        }
        router.get("/metrics") { _, _ in
            Response(
                status: .ok, headers: [.contentType: "text/plain; version=0.0.4; charset=utf-8"],
                body: ResponseBody(byteBuffer: ByteBuffer(string: metrics.text)))
        }
        router.get("/openapi.json") { _, _ in asset(PackageResources.openapi_json, "application/json") }
        router.get("/") { _, _ in asset(PackageResources.index_html, "text/html; charset=utf-8") }
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
