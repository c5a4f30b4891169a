internal import HTTPTypes
internal import NIOCore
internal import NIOHTTPTypes

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Darwin
#endif

/// Closes a connection whose client reads a response more slowly than the least rate.
///
/// The idle timeout rests while a response is under way, so that a client that reads nothing would hold a file, a buffer
/// and a descriptor for ever. Only the time counts during which bytes wait for the client; a slow disk of ours does not.
/// Lives on its connection's event loop.
final class SlowReaderHandler: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart

    /// Bytes that the kernel holds beyond what is on its way to the client. Without the bound it takes megabytes, and a
    /// slow client's progress shows only every few minutes.
    private static let mostUnsentBytes: CInt = 32 * 1024
    /// Bytes in our own memory beyond which a response pauses, for each client.
    private static let mostBufferedBytes = 32 * 1024

    private let leastBytesPerSecond: Int
    private let patience: TimeAmount
    private let interval: TimeAmount
    private var written = 0
    /// What the client had taken when the waiting began; nil while nothing waits for it.
    private var takenBefore: Int?
    private var waitsSince = NIODeadline.now()
    private var inspection: Scheduled<Void>?

    /// - Parameters:
    ///   - patience: the time of waiting after which the rate is judged.
    ///   - interval: the time between two looks at what waits.
    init(leastBytesPerSecond: Int, patience: TimeAmount = .seconds(45), interval: TimeAmount = .seconds(5)) {
        self.leastBytesPerSecond = leastBytesPerSecond
        self.patience = patience
        self.interval = interval
    }

    func channelActive(context: ChannelHandlerContext) {
        (context.channel as? any SocketOptionProvider)?.unsafeSetSocketOption(
            level: .tcp, name: NIOBSDSocket.Option(rawValue: TCP_NOTSENT_LOWAT), value: Self.mostUnsentBytes
        ).whenFailure { _ in }  // a socket that is no TCP socket
        try? context.channel.syncOptions?.setOption(
            .writeBufferWaterMark, value: .init(low: Self.mostBufferedBytes / 2, high: Self.mostBufferedBytes))
        context.fireChannelActive()
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        if case .body(let body) = unwrapOutboundIn(data) {
            written += body.readableBytes
            schedule(context)
        }
        context.write(data, promise: promise)
    }

    func channelInactive(context: ChannelHandlerContext) {
        end()
        context.fireChannelInactive()
    }

    func handlerRemoved(context: ChannelHandlerContext) { end() }

    private func end() {
        inspection?.cancel()
        inspection = nil
    }

    private func schedule(_ context: ChannelHandlerContext) {
        guard inspection == nil, leastBytesPerSecond > 0 else { return }
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        inspection = context.eventLoop.scheduleTask(in: interval) {
            let (handler, context) = bound.value
            handler.inspect(context)
        }
    }

    private func inspect(_ context: ChannelHandlerContext) {
        inspection = nil
        let waiting = (try? context.channel.syncOptions?.getOption(.bufferedWritableBytes)) ?? 0
        guard waiting > 0 else {
            // The client has taken everything; the next write schedules the next inspection.
            (written, takenBefore) = (0, nil)
            return
        }
        let (taken, now) = (written - waiting, context.eventLoop.now)
        if let before = takenBefore {
            let waited = now - waitsSince
            if waited >= patience {
                let least = Int64(leastBytesPerSecond) * waited.nanoseconds / 1_000_000_000
                guard Int64(taken - before) >= least else {
                    context.close(promise: nil)
                    return
                }
                (takenBefore, waitsSince) = (taken, now)
            }
        } else {
            (takenBefore, waitsSince) = (taken, now)
        }
        schedule(context)
    }
}
