internal import EntryIntake
internal import Hummingbird
internal import Logging

/// Routes for operators: health, readiness, metrics, the public keys of reports and the OpenAPI document.
struct OperationRoutes {
    let intake: Intake
    let metrics: Metrics
    let connections: OpenConnections
    /// Source of the gauges about the store; nil leaves them out.
    let store: (any StoreGauges)?

    func add(to table: RouteTable) {
        table.get("/healthz", .anybody) { _, _ in Response.json(["status": "ok"]) }
        table.get("/readyz", .anybody) { _, _ in
            try await intake.checkReady()
            return Response.json(["status": "ready"])
        }
        table.get("/v1/keys", .anybody) { _, _ in Response.json(PublicSigningKeys(intake.publicKeys)) }
        table.get("/metrics", .scope([.read])) { _, context in
            Response(
                status: .ok, headers: [.contentType: "text/plain; version=0.0.4; charset=utf-8"],
                body: ResponseBody(byteBuffer: ByteBuffer(string: metrics.text(await gauges(context)))))
        }
        table.get("/openapi.json", .anybody) { _, _ in asset(PackageResources.openapi_json, "application/json") }
    }

    /// The gauges now. When the store cannot count, its gauges are left out and an error is logged.
    private func gauges(_ context: ServiceContext) async -> [Metrics.Gauge] {
        let running = intake.checksRunning
        var gauges = [
            Metrics.Gauge(
                name: "clipcheck_open_connections", help: "Open connections.", value: Double(connections.count)),
            Metrics.Gauge(
                name: "clipcheck_connections_limit", help: "Connections that may be open.",
                value: Double(connections.most)),
            Metrics.Gauge(
                name: "clipcheck_checks_running", help: "Content checks that run now.", value: Double(running)),
        ]
        do throws(IntakeError) {
            guard let counts = try await store?.storeCounts() else { return gauges }
            gauges += [
                Metrics.Gauge(
                    name: "clipcheck_checks_waiting", help: "Content checks that wait for their turn.",
                    value: Double(max(0, counts.openChecks - running))),
                Metrics.Gauge(
                    name: "clipcheck_open_uploads", help: "Uploads that have not become an entry.",
                    value: Double(counts.openUploads)),
                Metrics.Gauge(
                    name: "clipcheck_free_disk_bytes", help: "Free bytes on the disk of the data folder.",
                    value: Double(counts.freeDiskBytes)),
            ]
        } catch {
            context.logger.error("\(error.code.rawValue)", metadata: ["cause": "\(error.cause ?? "")"])
        }
        return gauges
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
