internal import HTTPTypes
internal import NIOCore
internal import NIOHTTPTypes

/// Closes a connection whose client sends a body more slowly than the least rate.
///
/// Every byte restarts the idle timeout, so without this handler a client could hold a connection with one byte a
/// minute. Only time during which the service waits for bytes counts; when the service itself is slow, the client is
/// not blamed. `SlowReaderHandler` does the same for responses. The handler is used on its connection's event loop
/// only.
final class MinimumRateHandler: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart

    private let leastBytesPerSecond: Int
    /// Time of waiting after which the rate is judged.
    private let patience: TimeAmount
    private var isReceiving = false
    private var waitsSince: NIODeadline?
    private var waited = TimeAmount.zero
    private var bytes = 0
    private var inspection: Scheduled<Void>?

    init(leastBytesPerSecond: Int, patience: TimeAmount = .seconds(45)) {
        self.leastBytesPerSecond = leastBytesPerSecond
        self.patience = patience
    }

    func read(context: ChannelHandlerContext) {
        if isReceiving, waitsSince == nil { waitsSince = context.eventLoop.now }
        context.read()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head: begin(context)
        case .body(let body):
            bytes += body.readableBytes
            pause(context)
        case .end: end()
        }
        context.fireChannelRead(data)
    }

    func handlerRemoved(context: ChannelHandlerContext) { end() }

    func channelInactive(context: ChannelHandlerContext) {
        end()
        context.fireChannelInactive()
    }

    private func begin(_ context: ChannelHandlerContext) {
        isReceiving = true
        (bytes, waited, waitsSince) = (0, .zero, nil)
        schedule(context)
    }

    private func end() {
        isReceiving = false
        waitsSince = nil
        inspection?.cancel()
        inspection = nil
    }

    private func pause(_ context: ChannelHandlerContext) {
        if let since = waitsSince { waited = waited + (context.eventLoop.now - since) }
        waitsSince = nil
    }

    private func schedule(_ context: ChannelHandlerContext) {
        guard inspection == nil, leastBytesPerSecond > 0 else { return }
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        inspection = context.eventLoop.scheduleTask(in: .seconds(5)) {
            let (handler, context) = bound.value
            handler.inspect(context)
        }
    }

    private func inspect(_ context: ChannelHandlerContext) {
        inspection = nil
        guard isReceiving else { return }
        if waitsSince != nil {
            pause(context)
            waitsSince = context.eventLoop.now
        }
        if waited >= patience {
            let least = Int64(leastBytesPerSecond) * waited.nanoseconds / 1_000_000_000
            guard Int64(bytes) >= least else {
                context.close(promise: nil)
                return
            }
            (bytes, waited) = (0, .zero)
        }
        schedule(context)
    }
}
