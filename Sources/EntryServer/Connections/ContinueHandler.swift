internal import HTTPTypes
internal import NIOCore
internal import NIOHTTPTypes

/// Answers `Expect: 100-continue` when the route first reads the body, so that the client gets a refusal before it
/// sends the body.
///
/// A final response that comes before `100 Continue` has `Connection: close`, and the connection's sending side closes
/// after it, because the service does not know whether the client still sends the body. The handler is used on its
/// connection's event loop only.
///
/// Source: RFC 9110 §10.1.1.
final class ContinueHandler: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    private var isExpected = false
    private var closesAfterResponse = false
    private var context: ChannelHandlerContext?

    func handlerAdded(context: ChannelHandlerContext) { self.context = context }

    func handlerRemoved(context: ChannelHandlerContext) { self.context = nil }

    /// Sends `100 Continue` if the client of the present request still waits for it.
    func askForBody() {
        guard isExpected, let context else { return }
        isExpected = false
        context.writeAndFlush(wrapOutboundOut(.head(.init(status: .continue))), promise: nil)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head): isExpected = head.expectsContinue
        // A client that sends its body without waiting needs no `100 Continue`; a request without a body gets none.
        case .body, .end: isExpected = false
        }
        context.fireChannelRead(data)
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        switch unwrapOutboundIn(data) {
        case .head(var head) where isExpected && head.status.kind != .informational:
            closesAfterResponse = true
            head.headerFields[.connection] = "close"
            context.write(wrapOutboundOut(.head(head)), promise: promise)
        case .end where closesAfterResponse:
            context.writeAndFlush(data, promise: promise)
            context.close(mode: .output, promise: nil)
        default:
            context.write(data, promise: promise)
        }
    }
}

extension HTTPRequest {
    /// Whether the client waits for `100 Continue`, or until a timeout of its own, before it sends the body.
    var expectsContinue: Bool { headerFields[.expect]?.lowercased() == "100-continue" }
}
