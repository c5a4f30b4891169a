internal import HTTPTypes
internal import NIOCore
internal import NIOHTTPTypes

/// Notes in `OpenConnections` when a connection opens, becomes busy and becomes idle. The handler is used on its
/// connection's event loop only.
final class ConnectionHandler: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    private let connections: OpenConnections
    private var requestsUnderWay = 0
    private var closesAfterResponse = false

    init(_ connections: OpenConnections) { self.connections = connections }

    func handlerAdded(context: ChannelHandlerContext) { connections.add(context.channel) }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        if case .head = unwrapInboundIn(data) {
            requestsUnderWay += 1
            connections.setBusy(context.channel)
        }
        context.fireChannelRead(data)
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        switch unwrapOutboundIn(data) {
        case .head(var head) where head.status.kind != .informational && connections.isFull:
            closesAfterResponse = true
            head.headerFields[.connection] = "close"
            context.write(wrapOutboundOut(.head(head)), promise: promise)
        case .end:
            end(context, data, promise)
        default:
            context.write(data, promise: promise)
        }
    }

    /// Writes the end of a response. The request is under way until the socket has accepted the last byte, because a
    /// connection that still sends must not be closed to make room for another one.
    private func end(_ context: ChannelHandlerContext, _ data: NIOAny, _ promise: EventLoopPromise<Void>?) {
        let written = promise ?? context.eventLoop.makePromise()
        let bound = NIOLoopBound((self, context.channel), eventLoop: context.eventLoop)
        written.futureResult.whenComplete { _ in
            let (handler, channel) = bound.value
            handler.noteEnd(on: channel)
        }
        if closesAfterResponse {
            context.writeAndFlush(data, promise: written)
        } else {
            context.write(data, promise: written)
        }
    }

    private func noteEnd(on channel: any Channel) {
        requestsUnderWay -= 1
        if closesAfterResponse {
            channel.close(promise: nil)
        } else if requestsUnderWay <= 0 {
            connections.setIdle(channel)
        }
    }
}
