import Foundation
import Hummingbird
import Testing

@testable import EntryServer

@Suite("The bound on connections", .timeLimit(.minutes(10)))
struct ConnectionLimitTests {
    private static let health = "GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n"

    @Test("At the bound of connections the service closes the oldest idle ones and serves a new one at once")
    func idleMakesRoom() async throws {
        let service = try TestService(mostConnections: 20)
        try await service.listening { port in
            var idle: [RawConnection] = []
            for number in 0..<40 {
                let line = try RawConnection(port: port)
                // Every other connection has sent half a head, which does not count as a request yet.
                if number.isMultiple(of: 2) { try await line.send("GET /healthz HTTP/1.1\r\nHost: lo") }
                idle.append(line)
            }
            for _ in 0..<20 {
                let start = ContinuousClock.now
                let line = try RawConnection(port: port)
                try await line.send(Self.health)
                #expect(try await line.readAnswer().status == 200)
                #expect(ContinuousClock.now - start < .seconds(10), "the idle timeout is 60 s")
            }
            #expect(try await idle[0].readAnswer().status == 0, "closed without an answer")
            let metrics = try RawConnection(port: port)
            try await metrics.send("GET /metrics HTTP/1.1\r\nHost: localhost\r\n\r\n")
            let text = try await metrics.readAnswer().text
            let open = text.firstMatch(of: /\nclipcheck_open_connections (\d+)\n/).flatMap { Int($0.1) }
            // The event loop accepts a few connections in one turn.
            #expect((1...36).contains(open ?? 0), "\(text)")
            #expect(text.contains("\nclipcheck_connections_limit 20\n"))
        }
    }

    @Test("At the bound of connections a request under way is never cut; a new connection waits until one ends")
    func busyStays() async throws {
        let prober = HeldProber()
        let service = try TestService(prober: prober, running: 8, mostConnections: 3)
        try await service.listening { port in
            let body = Form(.field("contest", "xian-2024"), .media("a.mp4", Clip.short)).bytes
            let head =
                "POST /v1/checks HTTP/1.1\r\nHost: localhost\r\nContent-Length: \(body.count)\r\n"
                + "Content-Type: multipart/form-data; boundary=\(Form.boundary)\r\n\r\n"
            var busy: [RawConnection] = []
            for _ in 0..<3 {
                let line = try RawConnection(port: port)
                try await line.send(Array(head.utf8) + body)
                busy.append(line)
            }
            try await prober.waitForProbes(3)
            let next = try RawConnection(port: port)
            try await next.send(Self.health)
            try await Task.sleep(for: .milliseconds(300))
            prober.release()
            for line in busy {
                let answer = try await line.readAnswer()
                #expect(answer.status == 200, "\(answer.text)")
            }
            #expect(try await next.readAnswer().status == 200)
        }
    }
}
