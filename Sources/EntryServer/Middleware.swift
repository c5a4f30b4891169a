internal import EntryIntake
internal import Hummingbird
internal import Logging

/// Turns whatever a handler throws into a problem answer; what is our fault is logged.
struct ProblemMiddleware<Context: RequestContext>: RouterMiddleware {
    func handle(
        _ request: Request, context: Context, next: (Request, Context) async throws -> Response
    ) async throws -> Response {
        do {
            return try await next(request, context)
        } catch {
            let problem = Problem(error)
            if problem.status.kind == .serverError, problem.code != IntakeError.Code.cancelled.rawValue {
                let cause = (error as? IntakeError)?.cause ?? "\(error)"
                context.logger.error("\(problem.code)", metadata: ["cause": "\(cause)"])
            }
            return problem.response(in: request.language)
        }
    }
}

/// One log line and one count for every request: method, route, status and time; never a name or a field.
struct AccessLog<Context: RequestContext>: RouterMiddleware {
    let metrics: Metrics

    func handle(
        _ request: Request, context: Context, next: (Request, Context) async throws -> Response
    ) async throws -> Response {
        let start = ContinuousClock.now
        let response = try await next(request, context)
        let elapsed = ContinuousClock.now - start
        let route = context.endpointPath ?? "unknown"
        metrics.countRequest(method: request.method.rawValue, route: route, status: response.status.code, elapsed)
        context.logger.info(
            "request",
            metadata: [
                "method": "\(request.method)", "route": "\(route)", "status": "\(response.status.code)",
                "milliseconds": "\(elapsed / .milliseconds(1))",
            ])
        return response
    }
}
