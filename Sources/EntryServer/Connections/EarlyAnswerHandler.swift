internal import HTTPTypes
internal import NIOCore
internal import NIOHTTPTypes

/// Closes a connection after a refusal that comes before the end of the request's body, so that the rest of the body is
/// not received.
///
/// The refusal has `Connection: close`. After it, the handler closes the sending side of the connection and drops bytes
/// that still arrive: closing a socket with unread bytes resets the connection, and some clients then lose the answer.
/// The socket closes after `patience`, or after `mostDropped` bytes. The handler is used on its connection's event loop
/// only.
///
/// Source: RFC 9112 §9.6.
final class EarlyAnswerHandler: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    private let patience: TimeAmount
    private let mostDropped: Int
    private var isReceiving = false
    private var closesAfterAnswer = false
    private var isDropping = false
    private var dropped = 0

    /// Makes a handler.
    ///
    /// - Parameters:
    ///   - patience: time from the answer until the socket closes.
    ///   - mostDropped: bytes of the body that are received and dropped after the answer; with more, the socket closes.
    init(patience: TimeAmount = .seconds(10), mostDropped: Int = 1 << 20) {
        self.patience = patience
        self.mostDropped = mostDropped
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let part = unwrapInboundIn(data)
        if isDropping {
            if case .body(let bytes) = part { drop(bytes.readableBytes, context) }
            return
        }
        switch part {
        case .head: isReceiving = true
        case .body: break
        case .end: isReceiving = false
        }
        context.fireChannelRead(data)
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        if isDropping { context.read() }
        context.fireChannelReadComplete()
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        switch unwrapOutboundIn(data) {
        case .head(var head) where isReceiving && [.clientError, .serverError].contains(head.status.kind):
            closesAfterAnswer = true
            head.headerFields[.connection] = "close"
            context.write(wrapOutboundOut(.head(head)), promise: promise)
        case .end where closesAfterAnswer:
            context.writeAndFlush(data, promise: promise)
            beginDropping(context)
        default:
            context.write(data, promise: promise)
        }
    }

    private func beginDropping(_ context: ChannelHandlerContext) {
        isDropping = true
        context.close(mode: .output, promise: nil)
        let channel = context.channel
        context.eventLoop.scheduleTask(in: patience) { channel.close(promise: nil) }
        context.read()
    }

    private func drop(_ count: Int, _ context: ChannelHandlerContext) {
        dropped += count
        if dropped > mostDropped { context.close(promise: nil) }
    }
}
