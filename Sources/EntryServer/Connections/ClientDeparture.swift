internal import EntryIntake
internal import Hummingbird
internal import NIOCore
internal import NIOHTTPTypes

/// The context of a request: its connection, principal and query.
struct ServiceContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    /// The connection of the request; in a test without a socket, a channel that never closes.
    let channel: any Channel
    /// The principal whose key the request carries; nil when it carries none.
    var keyHolder: Principal?
    /// The principal that the request acts for; anonymous until the route table has determined it.
    var principal = Principal.anonymous
    /// The id of the request and its trace; unassigned until `IdentityResponder` has read the header.
    var identity = RequestIdentity.unassigned
    /// The query parameters; empty until the route table has checked their names.
    var query = RequestQuery()

    init(source: ApplicationRequestContextSource) {
        coreContext = .init(source: source)
        channel = source.channel
    }

    /// Runs `work`, and cancels it when the client closes the connection, because nothing then receives the result.
    ///
    /// A client that closes only its sending side counts as gone, because the service cannot tell the two cases apart.
    /// Cancelling the request, as at shutdown, always cancels the work.
    ///
    /// - Parameter comesBack: `true` when the client can ask for the same answer again later, so that closing the
    ///   connection does not cancel the work.
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

    /// Sends `100 Continue` if the client waits for it before it sends the body.
    func askForBody() {
        channel.eventLoop.execute { [channel] in
            try? channel.pipeline.syncOperations.handler(type: ContinueHandler.self).askForBody()
        }
    }

    /// Returns when the connection's event loop has processed every earlier write.
    ///
    /// A writer learns only from the event loop that the client is slow. A loop of writes that does not wait runs ahead
    /// of a busy event loop and fills the memory with the file.
    func waitForWrites() async throws { try await channel.eventLoop.submit {}.get() }

    private func onDeparture(_ action: (@Sendable () -> Void)?) {
        channel.eventLoop.execute { [channel] in
            try? channel.pipeline.syncOperations.handler(type: DepartureHandler.self).onDeparture(action)
        }
    }
}

/// Reports when the client has closed its side of a connection. The handler is used on its connection's event loop
/// only.
final class DepartureHandler: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart

    private var hasLeft = false
    private var action: (@Sendable () -> Void)?

    /// Calls `action` once the client has closed its side, or at once when that has already happened; nil removes the
    /// previous action.
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
