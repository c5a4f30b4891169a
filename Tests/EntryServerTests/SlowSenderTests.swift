import Foundation
import Hummingbird
import Testing

@testable import EntryServer

/// Over a socket and the real clock: what the handler does in every order of events is in its own tests.
@Suite("A slow sender")
struct SlowSenderTests {
    private static let least = 1024

    @Test("who drips is hung up on within a minute, one who keeps the least rate is not", .timeLimit(.minutes(3)))
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

    /// Sends `count` bytes at a time for a check, and ends the body when `limit` is over; how long it went well.
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
