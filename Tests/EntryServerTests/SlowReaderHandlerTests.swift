import HTTPTypes
import NIOCore
import NIOEmbedded
import NIOHTTPTypes
import Testing

@testable import EntryServer

/// Tests of `SlowReaderHandler` in virtual time. The unflushed bytes of the channel stand for the bytes that the client
/// has not received yet.
@Suite("SlowReaderHandler")
struct SlowReaderHandlerTests {
    /// A connection with the handler, which demands 1000 bytes a second and first judges after 45 seconds of waiting.
    private final class Line {
        let channel = EmbeddedChannel()

        init(least: Int = 1000) throws {
            try channel.pipeline.syncOperations.addHandler(BytesOnly())
            try channel.pipeline.syncOperations.addHandler(SlowReaderHandler(leastBytesPerSecond: least))
            try channel.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: 1)).wait()
        }

        var isOpen: Bool { channel.isActive }

        /// Writes bytes of a response, which wait until the client receives them in `take`.
        func write(_ count: Int) {
            channel.write(HTTPResponsePart.body(ByteBuffer(repeating: 0, count: count)), promise: nil)
        }

        /// Lets the client receive all waiting bytes.
        func takeAll() throws {
            channel.flush()
            while try channel.readOutbound(as: ByteBuffer.self) != nil {}
        }

        func wait(_ seconds: Int64) { channel.embeddedEventLoop.advanceTime(by: .seconds(seconds)) }

        deinit { _ = try? channel.finish(acceptAlreadyClosed: true) }
    }

    /// Turns the parts of a response into bytes, as the encoder of the service does.
    private final class BytesOnly: ChannelOutboundHandler {
        typealias OutboundIn = HTTPResponsePart
        typealias OutboundOut = ByteBuffer

        func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
            guard case .body(let bytes) = unwrapOutboundIn(data) else { return }
            context.write(wrapOutboundOut(bytes), promise: promise)
        }
    }

    @Test("`SlowReaderHandler` closes a connection whose client receives nothing, after 45 to 60 seconds")
    func nothing() throws {
        let line = try Line()
        line.write(100_000)
        line.wait(45)
        #expect(line.isOpen)
        line.wait(15)
        #expect(!line.isOpen)
    }

    @Test("`SlowReaderHandler` keeps a connection whose client receives everything now and then")
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

    @Test("`SlowReaderHandler` measures the waiting time anew after the client has received everything")
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

    @Test("`SlowReaderHandler` with a least rate of 0 closes no connection")
    func none() throws {
        let line = try Line(least: 0)
        line.write(1000)
        line.wait(3600)
        #expect(line.isOpen)
    }
}
