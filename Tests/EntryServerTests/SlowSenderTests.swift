import Foundation
import Hummingbird
import Testing

@testable import EntryServer

/// Slow clients with the real clock. `MinimumRateHandlerTests` and `SlowReaderHandlerTests` cover the orders of events.
@Suite("Slow clients over a socket")
struct SlowSenderTests {
    private static let least = 1024

    @Test(
        "A client that sends below the least rate is disconnected, one at the least rate is not",
        .timeLimit(.minutes(10)))
    func rates() async throws {
        let service = try TestService(idleTimeout: .seconds(120))
        try await service.listening { port in
            async let dripping = Self.send(1, every: .milliseconds(250), to: port, until: .seconds(100))
            async let steady = Self.send(Self.least * 4, every: .milliseconds(250), to: port, until: .seconds(65))
            let (dripped, kept) = try await (dripping, steady)
            #expect(dripped.answer.status == 0, "no answer")
            #expect((.seconds(40)...(.seconds(70))).contains(dripped.elapsed), "\(dripped.elapsed)")
            #expect(kept.answer.status == 200, "\(kept.answer.text)")
            #expect(kept.elapsed >= .seconds(65))
        }
        #expect(try await service.isIncomingEmpty())
        #expect(service.log.errors == [], "a caller's fault is no error of ours")
    }

    @Test(
        "A client that reads nothing is disconnected within 75 s, one that reads 8 KiB/s is not",
        .timeLimit(.minutes(10)))
    func readers() async throws {
        let service = try TestService()
        // The body is larger than the buffers of both kernels.
        let entry = try await service.submit("a.mp4", .init(repeating: 7, count: 4 << 20))
        let uri = "/v1/entries/\(entry["id"]?.string ?? "")/media"
        try await service.listening { port in
            // With small buffers the service soon notices a read of the client.
            let idle = try RawConnection(port: port, receiveBuffer: 4096)
            let steady = try RawConnection(port: port, receiveBuffer: 4096)
            for line in [idle, steady] { try await line.send("GET \(uri) HTTP/1.1\r\nHost: localhost\r\n\r\n") }
            let start = ContinuousClock.now
            var cut: Duration?
            while ContinuousClock.now - start < .seconds(90) {
                #expect(try await steady.readSome(2048) > 0, "after \(ContinuousClock.now - start)")
                let open = try await service.openConnections()
                if cut == nil, open == 1 { cut = ContinuousClock.now - start }
                try await Task.sleep(for: .milliseconds(250))
            }
            #expect((.seconds(40)...(.seconds(75))).contains(cut ?? .zero), "\(cut ?? .zero)")
            #expect(try await service.openConnections() == 1)
        }
        #expect(service.log.errors == [], "a slow client is no error of ours")
    }

    /// Sends a check `count` bytes at a time, and ends the body after `limit`. Returns the answer, with status 0 when
    /// the service closed the connection, and the time that passed.
    private static func send(
        _ count: Int, every pause: Duration, to port: Int, until limit: Duration
    ) async throws -> (answer: Answer, elapsed: Duration) {
        let (line, start) = (try RawConnection(port: port), ContinuousClock.now)
        try await line.send(
            "POST /v1/checks?contest=xian-2024 HTTP/1.1\r\nHost: localhost\r\nContent-Type: video/mp4\r\n"
                + "Transfer-Encoding: chunked\r\n\r\n")
        let chunk = "\(String(count, radix: 16))\r\n\(String(repeating: "x", count: count))\r\n"
        do {
            while ContinuousClock.now - start < limit {
                try await line.send(chunk)
                try await Task.sleep(for: pause)
            }
            try await line.send("0\r\n\r\n")
            return (try await line.readAnswer(), ContinuousClock.now - start)
        } catch is RawConnection.Failure {
            return (Answer(status: 0, headers: [:], body: []), ContinuousClock.now - start)
        }
    }
}

extension TestService {
    /// The gauge of open connections. A request through `send` has no connection.
    fileprivate func openConnections() async throws -> Int? {
        try await send(.get, "/metrics").text.firstMatch(of: /\nclipcheck_open_connections (\d+)\n/)
            .flatMap { Int($0.1) }
    }
}
