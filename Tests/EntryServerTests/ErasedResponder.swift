import Hummingbird

@testable import EntryServer

/// The responder of a service under a name: `EntryServer.responder()` returns an opaque type, which no property can have.
struct ErasedResponder: HTTPResponder {
    let inner: any HTTPResponder<ServiceContext>

    func respond(to request: Request, context: ServiceContext) async throws -> Response {
        try await inner.respond(to: request, context: context)
    }
}
