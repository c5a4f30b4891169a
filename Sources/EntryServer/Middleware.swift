internal import EntryIntake
internal import Hummingbird
internal import Logging

/// Turns a thrown error into a problem answer, and logs it when the service is at fault.
struct ProblemMiddleware<Context: RequestContext>: RouterMiddleware {
    func handle(
        _ request: Request, context: Context, next: (Request, Context) async throws -> Response
    ) async throws -> Response {
        do {
            return try await next(request, context)
        } catch {
            context.logFailure(error)
            return Problem(error).response(in: request.language)
        }
    }
}

extension RequestContext {
    /// Writes one log line with code and cause of an error when the service is at fault.
    func logFailure(_ error: any Error, _ metadata: Logger.Metadata = [:]) {
        let problem = Problem(error)
        guard problem.status.kind == .serverError, problem.code != IntakeError.Code.cancelled.rawValue else { return }
        let cause = (error as? IntakeError)?.cause ?? "\(error)"
        logger.error("\(problem.code)", metadata: metadata.merging(["cause": "\(cause)"]) { $1 })
    }
}

/// Writes one log line and counts once for every request: method, route, status and time; never a name or a field.
struct AccessLog<Context: RequestContext>: RouterMiddleware {
    let metrics: Metrics

    func handle(
        _ request: Request, context: Context, next: (Request, Context) async throws -> Response
    ) async throws -> Response {
        let start = ContinuousClock.now
        let response = try await next(request, context)
        let elapsed = ContinuousClock.now - start
        // Patterns begin with a slash; Hummingbird has a word of its own for an address without a route.
        let route = context.endpointPath.flatMap { $0.hasPrefix("/") ? $0 : nil }
        metrics.countRequest(
            method: request.method.rawValue, route: route, status: response.status.code, elapsed)
        context.logger.info(
            "request",
            metadata: [
                "method": "\(request.method)", "route": "\(route ?? "unknown")",
                "status": "\(response.status.code)", "milliseconds": "\(elapsed / .milliseconds(1))",
            ])
        return response
    }
}

/// Sends `100 Continue`, where the client waits for that, when the route first reads the body.
struct ExpectationMiddleware: RouterMiddleware {
    func handle(
        _ request: Request, context: ServiceContext, next: (Request, ServiceContext) async throws -> Response
    ) async throws -> Response {
        guard request.head.expectsContinue else { return try await next(request, context) }
        var request = request
        request.body = RequestBody(asyncSequence: ExpectedBody(body: request.body, context: context))
        return try await next(request, context)
    }
}
