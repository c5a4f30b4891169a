internal import NIOCore
internal import NIOHTTPTypes

/// Counts the bytes of request and response bodies on one connection. The handler is used on its connection's event
/// loop only.
final class ByteCountHandler: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart

    private let meter: ServiceMeter

    init(_ meter: ServiceMeter) { self.meter = meter }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        if case .body(let bytes) = unwrapInboundIn(data) { meter.countReceived(bytes.readableBytes) }
        context.fireChannelRead(data)
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        if case .body(let bytes) = unwrapOutboundIn(data) { meter.countSent(bytes.readableBytes) }
        context.write(data, promise: promise)
    }
}
