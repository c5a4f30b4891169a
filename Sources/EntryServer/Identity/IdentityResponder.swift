internal import EntryIntake
internal import HTTPTypes
internal import Hummingbird
internal import Logging

/// Gives every request its identity, which the lines of the log and the answer name.
struct IdentityResponder<Inner: HTTPResponder>: HTTPResponder where Inner.Context == ServiceContext {
    let inner: Inner

    func respond(to request: Request, context: ServiceContext) async throws -> Response {
        var context = context
        let identity = RequestIdentity(request.headers)
        context.identity = identity
        var logger = context.logger
        // The number that Hummingbird gives a request begins at one after each start, so it would name two requests.
        logger[metadataKey: "hb.request.id"] = nil
        logger[metadataKey: "requestId"] = "\(identity.id)"
        if let trace = identity.trace { logger[metadataKey: "traceId"] = "\(trace.traceID)" }
        context.logger = logger
        var response = try await WorkTrace.$traceparent.withValue(identity.trace?.traceparent) { [context] in
            try await inner.respond(to: request, context: context)
        }
        response.headers[.requestID] = identity.id
        response.headers[.traceparent] = identity.trace?.traceparent
        return response
    }
}
