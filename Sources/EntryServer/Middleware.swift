internal import EntryIntake
internal import Hummingbird
internal import Logging

/// Answers a thrown error as a problem, and logs the error when its status is 5xx.
struct ProblemMiddleware: RouterMiddleware {
    func handle(
        _ request: Request, context: ServiceContext, next: (Request, ServiceContext) async throws -> Response
    ) async throws -> Response {
        do {
            return try await next(request, context)
        } catch {
            context.logFailure(error)
            return Problem(error).response(to: request, id: context.identity.id)
        }
    }
}

extension RequestContext {
    /// Logs code and cause of an error whose status is 5xx, in one line. A cancelled request is not logged.
    func logFailure(_ error: any Error, _ metadata: Logger.Metadata = [:]) {
        let problem = Problem(error)
        guard problem.status.kind == .serverError, problem.code != IntakeError.Code.cancelled.rawValue else { return }
        let cause = (error as? IntakeError)?.cause ?? "\(error)"
        logger.error("\(problem.code)", metadata: metadata.merging(["cause": "\(cause)"]) { $1 })
    }
}

/// Logs and counts every request with method, route, status and time. Names of files and values of fields are never
/// logged.
struct AccessLog<Context: RequestContext>: RouterMiddleware {
    let meter: ServiceMeter

    func handle(
        _ request: Request, context: Context, next: (Request, Context) async throws -> Response
    ) async throws -> Response {
        let start = ContinuousClock.now
        let response = try await next(request, context)
        let elapsed = ContinuousClock.now - start
        // Patterns of routes begin with a slash. For an unknown address, Hummingbird gives another word, which becomes
        // nil.
        let route = context.endpointPath.flatMap { $0.hasPrefix("/") ? $0 : nil }
        meter.countRequest(
            method: request.method.rawValue, route: route, status: response.status.code, elapsed)
        context.logger.info(
            "request",
            metadata: [
                "method": "\(request.method)", "route": "\(route ?? "unknown")",
                "status": .stringConvertible(response.status.code),
                "milliseconds": .stringConvertible((elapsed / .microseconds(1)).rounded() / 1000),
            ])
        return response
    }
}

/// Sends `100 Continue` when the route first reads the body, if the client waits for it.
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
