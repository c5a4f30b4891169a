internal import ContestRules
internal import EntryIntake
internal import Hummingbird
internal import MediaFacts

/// `/v1/entries/{id}/report` and `/reports`: the reports on an entry, as JSON or as a page.
struct ReportRoutes {
    let intake: Intake
    let page: EntryServer.ReportPage

    func add(to router: Router<ServiceContext>) {
        let entries = router.group("/v1/entries")
        entries.get(":id/report") { request, context in try await newest(request, context) }
        entries.get(":id/reports") { request, context in try await list(request, context) }
        entries.get(":id/reports/:report") { request, context in try await show(request, context) }
    }

    private func newest(_ request: Request, _ context: ServiceContext) async throws -> Response {
        _ = try RequestQuery(request, allowing: [])
        let report = try await intake.newestReport(ofEntry: try context.id())
        var response = try await answer(report, to: request)
        // The page loads itself again until the content check is done.
        if report.isPending, request.prefersHTML { response.headers[.refresh] = "5" }
        return response
    }

    private func list(_ request: Request, _ context: ServiceContext) async throws -> Response {
        let query = try RequestQuery(request, allowing: ["limit", "cursor"])
        return Response.json(
            ReportListBody(
                try await intake.reports(
                    ofEntry: try context.id(), limit: try query.number("limit", in: 1...200) ?? 50,
                    cursor: query["cursor"])))
    }

    private func show(_ request: Request, _ context: ServiceContext) async throws -> Response {
        _ = try RequestQuery(request, allowing: [])
        let id = context.parameters.get("report")?.lowercased() ?? ""
        return try await answer(try await intake.report(id, ofEntry: try context.id()), to: request)
    }

    /// JSON, or HTML for a client that accepts that and names it first.
    private func answer(_ report: Report, to request: Request) async throws -> Response {
        guard request.prefersHTML else {
            var response = Response.json(report)
            response.headers[.vary] = "Accept"
            return response
        }
        return Response(
            status: .ok,
            headers: [
                .contentType: "text/html; charset=utf-8", .xContentTypeOptions: "nosniff", .cacheControl: "no-store",
                .contentSecurityPolicy: "default-src 'none'; img-src data:; style-src 'unsafe-inline'; "
                    + "frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
                .vary: "Accept, Accept-Language",
            ],
            body: ResponseBody(
                byteBuffer: ByteBuffer(string: page(report, try await intake.stills(of: report), request.language))))
    }
}
