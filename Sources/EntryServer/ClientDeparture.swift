internal import Hummingbird
internal import NIOCore
internal import NIOHTTPTypes

/// A request's context that also knows the connection it came by.
struct ServiceContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    /// The connection; in a test without a socket, one that nobody leaves.
    let channel: any Channel

    init(source: ApplicationRequestContextSource) {
        coreContext = .init(source: source)
        channel = source.channel
    }

    /// Runs `work` and cancels it when the client goes away, so that nothing is checked for nobody.
    ///
    /// A client that closes only its sending side counts as gone: the two cannot be told apart.
    ///
    /// - Parameter comesBack: the client will ask for the answer again, so the work is finished in any case.
    func whileClientWaits<Value: Sendable>(
        unless comesBack: Bool = false, _ work: @escaping @Sendable () async throws -> Value
    ) async throws -> Value {
        let task = Task(operation: work)
        guard !comesBack else { return try await task.value }
        watch { task.cancel() }
        defer { watch(nil) }
        return try await withTaskCancellationHandler {
            try await task.value
        } onCancel: {
            task.cancel()
        }
    }

    private func watch(_ onDeparture: (@Sendable () -> Void)?) {
        channel.eventLoop.execute {
            try? channel.pipeline.syncOperations.handler(type: DepartureHandler.self).watch(onDeparture)
        }
    }
}

/// Hears when the other side of a connection has closed it. Lives on its connection's event loop.
final class DepartureHandler: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart

    private var hasLeft = false
    private var onDeparture: (@Sendable () -> Void)?

    /// Calls `onDeparture` once the client has gone, at once when it has gone already; nil forgets the last caller.
    func watch(_ onDeparture: (@Sendable () -> Void)?) {
        self.onDeparture = onDeparture
        if hasLeft { onDeparture?() }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case ChannelEvent.inputClosed = event { leave() }
        context.fireUserInboundEventTriggered(event)
    }

    func channelInactive(context: ChannelHandlerContext) {
        leave()
        context.fireChannelInactive()
    }

    private func leave() {
        hasLeft = true
        onDeparture?()
    }
}
