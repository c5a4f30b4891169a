import Hummingbird
import MediaFacts
import Testing

@Suite("Places of checks that keep nothing", .timeLimit(.minutes(10)))
struct CheckPlaceTests {
    private static func head(_ uri: String, _ type: String = "video/mp4") -> String {
        "POST \(uri) HTTP/1.1\r\nHost: localhost\r\nContent-Type: \(type)\r\n"
            + "Content-Length: \(Clip.compliant.count)\r\nExpect: 100-continue\r\n\r\n"
    }

    private static let raw = head("/v1/checks?contest=xian-2024")

    @Test(
        "`POST /v1/checks` answers 429 with `Retry-After` before it asks for the body, while another client sends its own",
        arguments: [
            raw, head("/v1/checks?contest=xian-2024&depth=full"),
            head("/v1/checks", "multipart/form-data; boundary=\(Form.boundary)"),
        ])
    func refused(head: String) async throws {
        let service = try TestService(running: 1, waiting: 0)
        try await service.listening { port in
            let sending = try RawConnection(port: port)
            try await sending.send(Self.raw)
            #expect(try await sending.readHead().hasPrefix("HTTP/1.1 100 "))
            try await sending.send(Array(Clip.compliant.prefix(1000)))
            let refused = try RawConnection(port: port)
            try await refused.send(head)
            let answer = try await refused.readAnswer()
            try answer.expectProblem(429, "queue-full")
            #expect(answer.headers[.retryAfter] == "10")
            try await sending.send(Array(Clip.compliant.dropFirst(1000)))
            #expect(try await sending.readAnswer().status == 200)
        }
        try await service.expectEmpty()
    }

    @Test("A client that leaves while it sends gives its place back")
    func left() async throws {
        let service = try TestService(running: 1, waiting: 0)
        try await service.listening { port in
            var sending: RawConnection? = try RawConnection(port: port)
            try await sending?.send(Self.raw)
            #expect(try await sending?.readHead().hasPrefix("HTTP/1.1 100 ") == true)
            sending = nil
            var status = 429
            for _ in 0..<500 where status == 429 {
                try await Task.sleep(for: .milliseconds(10))
                status = try await service.send(
                    .post, "/v1/checks?contest=xian-2024", body: Clip.compliant
                ).status
            }
            #expect(status == 200)
        }
    }

    @Test("A check that has a place is not refused after its body, though entries fill the queue of probes")
    func admitted() async throws {
        let prober = HeldProber()
        let service = try TestService(prober: prober, running: 1, waiting: 0)
        async let entry = service.submit()
        try await prober.waitForProbes(1)
        async let check = service.send(.post, "/v1/checks?contest=xian-2024", body: Clip.short)
        // The pause lets the check arrive; it then waits behind the entry.
        try await Task.sleep(for: .milliseconds(100))
        prober.release()
        #expect(try await check.status == 200)
        _ = try await entry
    }
}
