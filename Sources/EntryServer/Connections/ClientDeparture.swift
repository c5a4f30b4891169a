internal import EntryIntake
internal import Hummingbird
internal import NIOCore
internal import NIOHTTPTypes

/// A request's context that also knows the connection of the request.
struct ServiceContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    /// The connection; in a test without a socket, a channel that never closes.
    let channel: any Channel
    /// The principal whose key the request shows; nil when it shows none.
    var keyHolder: Principal?
    /// On whose behalf the request is made; anonymous until the route table has found out.
    var principal = Principal.anonymous
    /// The query parameters, once the route has checked their names.
    var query = RequestQuery()

    init(source: ApplicationRequestContextSource) {
        coreContext = .init(source: source)
        channel = source.channel
    }

    /// Runs `work` and cancels it when the client closes the connection: without a client the result has no receiver.
    ///
    /// A client that closes only its sending side counts as gone: the service cannot tell the two apart. A cancelled
    /// request, as at shutdown, cancels the work in any case.
    ///
    /// - Parameter comesBack: `true` when the client asks for the same answer again later, so that closing the connection
    ///   does not cancel the work.
    func whileClientWaits<Value: Sendable>(
        unless comesBack: Bool = false, _ work: @escaping @Sendable () async throws -> Value
    ) async throws -> Value {
        let task = Task(operation: work)
        if !comesBack { onDeparture { task.cancel() } }
        defer { if !comesBack { onDeparture(nil) } }
        return try await withTaskCancellationHandler {
            try await task.value
        } onCancel: {
            task.cancel()
        }
    }

    /// Sends `100 Continue` if the client waits for that before it sends the body.
    func askForBody() {
        channel.eventLoop.execute { [channel] in
            try? channel.pipeline.syncOperations.handler(type: ContinueHandler.self).askForBody()
        }
    }

    /// Returns when the connection's event loop has taken every write before this call.
    ///
    /// The writer learns only from the event loop that the client is slow. A loop of writes that does not wait for that
    /// runs ahead of a busy event loop, and fills the memory with the file.
    func waitForWrites() async throws { try await channel.eventLoop.submit {}.get() }

    private func onDeparture(_ action: (@Sendable () -> Void)?) {
        channel.eventLoop.execute { [channel] in
            try? channel.pipeline.syncOperations.handler(type: DepartureHandler.self).onDeparture(action)
        }
    }
}

/// Reports when the client has closed its side of a connection. Lives on its connection's event loop.
final class DepartureHandler: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart

    private var hasLeft = false
    private var action: (@Sendable () -> Void)?

    /// Calls `action` once the client has closed its side, at once when that has happened; nil removes the last action.
    func onDeparture(_ action: (@Sendable () -> Void)?) {
        self.action = action
        if hasLeft { action?() }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case ChannelEvent.inputClosed = event { noteDeparture() }
        context.fireUserInboundEventTriggered(event)
    }

    func channelInactive(context: ChannelHandlerContext) {
        noteDeparture()
        context.fireChannelInactive()
    }

    private func noteDeparture() {
        hasLeft = true
        action?()
    }
}
