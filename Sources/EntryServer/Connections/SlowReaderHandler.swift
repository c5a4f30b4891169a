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
/// The idle timeout does not run while a response is under way, so without this handler a client that reads nothing
/// would hold a file, a buffer and a descriptor for ever. Only time during which bytes wait for the client counts; a
/// slow disk of the service does not. The handler is used on its connection's event loop only.
final class SlowReaderHandler: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart

    /// Most bytes that the kernel buffers beyond those on their way to the client. Without this limit the kernel takes
    /// megabytes, and the progress of a slow client shows only every few minutes.
    private static let mostUnsentBytes: CInt = 32 * 1024
    /// Bytes buffered in the process for one client beyond which a response pauses.
    private static let mostBufferedBytes = 32 * 1024

    private let leastBytesPerSecond: Int
    private let patience: TimeAmount
    private let interval: TimeAmount
    private var written = 0
    /// Bytes that the client had read when the waiting began; nil while no bytes wait for it.
    private var takenBefore: Int?
    private var waitsSince = NIODeadline.now()
    private var inspection: Scheduled<Void>?

    /// Makes a handler.
    ///
    /// - Parameters:
    ///   - leastBytesPerSecond: the least rate; 0 means none.
    ///   - patience: time of waiting after which the rate is judged.
    ///   - interval: time between two inspections of the bytes that wait.
    init(leastBytesPerSecond: Int, patience: TimeAmount = .seconds(45), interval: TimeAmount = .seconds(5)) {
        self.leastBytesPerSecond = leastBytesPerSecond
        self.patience = patience
        self.interval = interval
    }

    func channelActive(context: ChannelHandlerContext) {
        (context.channel as? any SocketOptionProvider)?.unsafeSetSocketOption(
            level: .tcp, name: NIOBSDSocket.Option(rawValue: TCP_NOTSENT_LOWAT), value: Self.mostUnsentBytes
        ).whenFailure { _ in }  // the socket is no TCP socket
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
            // The client has read everything. The next write schedules the next inspection.
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
