import HTTPTypes
import NIOCore
import NIOEmbedded
import NIOHTTPTypes
import Testing

@testable import EntryServer

/// Tests of `MinimumRateHandler` in virtual time. The order of reads and bytes decides whether the service waits for
/// the client, and a real socket lets no test choose that order.
@Suite("MinimumRateHandler")
struct MinimumRateHandlerTests {
    /// A connection with the handler, which demands 1000 bytes a second and first judges after 45 seconds of waiting.
    private final class Line {
        let channel: EmbeddedChannel

        init(least: Int = 1000) throws {
            channel = EmbeddedChannel()
            try channel.pipeline.syncOperations.addHandler(MinimumRateHandler(leastBytesPerSecond: least))
            try channel.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: 1)).wait()
            try begin()
        }

        var isOpen: Bool { channel.isActive }

        func begin() throws {
            channel.read()
            let head = HTTPRequest(method: .post, scheme: "http", authority: "localhost", path: "/")
            _ = try channel.writeInbound(HTTPRequestPart.head(head))
        }

        func end() throws { _ = try channel.writeInbound(HTTPRequestPart.end(nil)) }

        /// Delivers bytes; unless the service is slow, it asks for more at once.
        func receive(_ count: Int, readsOn: Bool = true) throws {
            _ = try channel.writeInbound(HTTPRequestPart.body(ByteBuffer(repeating: 0, count: count)))
            if readsOn { channel.read() }
        }

        func wait(_ seconds: Int64) { channel.embeddedEventLoop.advanceTime(by: .seconds(seconds)) }

        deinit { _ = try? channel.finish(acceptAlreadyClosed: true) }
    }

    @Test(
        "`MinimumRateHandler` closes a connection below the least rate after 45 to 60 seconds",
        arguments: [0, 1, 100, 900, 990])
    func dripping(bytesPerSecond: Int) throws {
        let line = try Line()
        var seconds = 0
        while line.isOpen, seconds < 120 {
            line.channel.read()
            if bytesPerSecond > 0 { try line.receive(bytesPerSecond) }
            line.wait(1)
            seconds += 1
        }
        #expect((45...60).contains(seconds), "after \(seconds) s")
    }

    @Test(
        "`MinimumRateHandler` keeps a connection at the least rate, evenly or in bursts",
        arguments: [(1000, 1), (1100, 1), (100_000, 40), (30_000, 20)])
    func steady(bytes: Int, everySeconds: Int64) throws {
        let line = try Line()
        for _ in 0..<(600 / everySeconds) {
            line.channel.read()
            try line.receive(bytes)
            line.wait(everySeconds)
        }
        #expect(line.isOpen)
    }

    @Test("`MinimumRateHandler` closes a connection whose client begins fast and then stops")
    func stopping() throws {
        let line = try Line()
        try line.receive(40_000)
        line.wait(60)
        #expect(!line.isOpen)
    }

    @Test("`MinimumRateHandler` expects nothing of the client while the service does not read", arguments: [0, 10])
    func ownSlowness(bytes: Int) throws {
        let line = try Line()
        for _ in 0..<20 {
            try line.receive(bytes, readsOn: false)
            line.wait(60)  // the service does not read
        }
        #expect(line.isOpen)
        line.channel.read()
        line.wait(60)
        #expect(!line.isOpen, "the service reads now")
    }

    @Test("`MinimumRateHandler` ignores the time between requests and begins anew with the next one")
    func between() throws {
        let line = try Line()
        line.wait(40)
        try line.end()
        line.channel.read()
        line.wait(600)
        #expect(line.isOpen, "the idle timeout is another handler")
        try line.begin()
        line.channel.read()
        line.wait(40)
        #expect(line.isOpen, "the time of the first request does not count")
        line.wait(20)
        #expect(!line.isOpen)
    }

    @Test("`MinimumRateHandler` with a least rate of 0 closes no connection")
    func none() throws {
        let line = try Line(least: 0)
        line.channel.read()
        line.wait(3600)
        #expect(line.isOpen)
    }

    @Test("`MinimumRateHandler` passes on every part and every read")
    func passing() throws {
        let line = try Line()
        try line.receive(7)
        try line.end()
        var parts = 0
        while try line.channel.readInbound(as: HTTPRequestPart.self) != nil { parts += 1 }
        #expect(parts == 3)
    }
}
