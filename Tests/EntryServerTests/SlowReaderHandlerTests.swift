import HTTPTypes
import NIOCore
import NIOEmbedded
import NIOHTTPTypes
import Testing

@testable import EntryServer

/// In virtual time, with a channel whose unflushed bytes are those that the client has not taken yet.
@Suite("SlowReaderHandler")
struct SlowReaderHandlerTests {
    /// A connection with the handler: 1000 bytes a second at least, judged after 45 seconds of waiting.
    private final class Line {
        let channel = EmbeddedChannel()

        init(least: Int = 1000) throws {
            try channel.pipeline.syncOperations.addHandler(BytesOnly())
            try channel.pipeline.syncOperations.addHandler(SlowReaderHandler(leastBytesPerSecond: least))
            try channel.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: 1)).wait()
        }

        var isOpen: Bool { channel.isActive }

        /// The service writes bytes of a response, which wait until `take`.
        func write(_ count: Int) {
            channel.write(HTTPResponsePart.body(ByteBuffer(repeating: 0, count: count)), promise: nil)
        }

        /// The client takes everything that waits.
        func takeAll() throws {
            channel.flush()
            while try channel.readOutbound(as: ByteBuffer.self) != nil {}
        }

        func wait(_ seconds: Int64) { channel.embeddedEventLoop.advanceTime(by: .seconds(seconds)) }

        deinit { _ = try? channel.finish(acceptAlreadyClosed: true) }
    }

    /// Turns response parts into bytes, as the encoder of the service does.
    private final class BytesOnly: ChannelOutboundHandler {
        typealias OutboundIn = HTTPResponsePart
        typealias OutboundOut = ByteBuffer

        func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
            guard case .body(let bytes) = unwrapOutboundIn(data) else { return }
            context.write(wrapOutboundOut(bytes), promise: promise)
        }
    }

    @Test("`SlowReaderHandler` closes a connection whose client takes nothing, after 45 seconds and within a minute")
    func nothing() throws {
        let line = try Line()
        line.write(100_000)
        line.wait(45)
        #expect(line.isOpen)
        line.wait(15)
        #expect(!line.isOpen)
    }

    @Test("`SlowReaderHandler` leaves a client alone that takes everything now and then")
    func keepsUp() throws {
        let line = try Line()
        for _ in 0..<20 {
            line.write(10)
            line.wait(40)
            try line.takeAll()
            line.wait(10)
        }
        #expect(line.isOpen)
    }

    @Test("`SlowReaderHandler` expects nothing of the client while the service itself is slow")
    func ownSlowness() throws {
        let line = try Line()
        for _ in 0..<5 {
            line.write(1)
            try line.takeAll()
            line.wait(600)
        }
        #expect(line.isOpen)
    }

    @Test("`SlowReaderHandler` counts the waiting anew after the client has taken everything")
    func anew() throws {
        let line = try Line()
        line.write(1000)
        line.wait(44)
        try line.takeAll()
        line.wait(6)
        line.write(1000)
        line.wait(44)
        #expect(line.isOpen)
        line.wait(16)
        #expect(!line.isOpen)
    }

    @Test("`SlowReaderHandler` with a least rate of 0 closes nothing")
    func none() throws {
        let line = try Line(least: 0)
        line.write(1000)
        line.wait(3600)
        #expect(line.isOpen)
    }
}
