internal import ContestRules
internal import EntryIntake
internal import Hummingbird
internal import MediaFacts

/// `/v1/entries/{id}/report` and `/reports`: the reports on an entry, as JSON or as an HTML page.
struct ReportRoutes {
    let intake: Intake
    let page: EntryServer.ReportPage

    func add(to table: RouteTable) {
        table.get("/v1/entries/:id/report", .entry(.read)) { try await newest($0, $1) }
        table.get("/v1/entries/:id/reports", .entry(.read), taking: ["limit", "cursor"]) { _, context in
            try await list(context)
        }
        table.get("/v1/entries/:id/reports/:report", .entry(.read)) { try await show($0, $1) }
    }

    private func newest(_ request: Request, _ context: ServiceContext) async throws -> Response {
        let report = try await intake.newestReport(ofEntry: try context.id())
        var response = try await answer(report, to: request)
        // The browser reloads the page every 5 seconds until the content check is done.
        if report.isPending, request.prefersHTML { response.headers[.refresh] = "5" }
        return response
    }

    private func list(_ context: ServiceContext) async throws -> Response {
        let query = context.query
        return Response.json(
            ReportListBody(
                try await intake.reports(
                    ofEntry: try context.id(), limit: try query.number("limit", in: 1...200) ?? 50,
                    cursor: query["cursor"])))
    }

    private func show(_ request: Request, _ context: ServiceContext) async throws -> Response {
        let id = context.parameters.get("report")?.lowercased() ?? ""
        return try await answer(try await intake.report(id, ofEntry: try context.id()), to: request)
    }

    /// Answers with JSON, or with HTML when `Accept` names HTML first.
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
