import Foundation
import Hummingbird
import TestSupport
import Testing

/// Tests of `Expect: 100-continue` with curl. With `--expect100-timeout 600` curl sends no byte of the body before the
/// answer `100 Continue`.
@Suite("Expect: 100-continue", .timeLimit(.minutes(10)))
struct ExpectationTests {
    private static func curl(_ port: Int, _ uri: String, _ arguments: String...) async throws -> Program.Outcome {
        try await Program.run(
            "curl",
            [
                "-sSv", "--expect100-timeout", "600", "--max-time", "120", "-H", "Expect: 100-continue", "-w",
                "\nsent=%{size_upload} status=%{http_code}",
            ] + arguments + ["http://127.0.0.1:\(port)\(uri)"])
    }

    @Test(
        "A refusal comes instead of `100 Continue`, and curl sends nothing of its 32 MiB",
        arguments: [
            ("/v1/checks?contest=xian-2042", 422), ("/v1/checks?contest=xian-2024&depth=deep", 400),
            ("/v1/checks?contest=xian-2024", 413), ("/v1/nothing", 404),
        ])
    func refused(uri: String, status: Int) async throws {
        let service = try TestService(mostBodyBytes: 100_000)
        let folder = try TemporaryFolder()
        let big = try folder.write(Data(count: 32 << 20), to: "big.mp4")
        try await service.listening { port in
            let answer = try await Self.curl(
                port, uri, "-H", "Content-Type: video/mp4", "-X", "POST", "-T", big)
            #expect(answer.text.hasSuffix("sent=0 status=\(status)"), "\(answer.text) \(answer.errors)")
            #expect(!answer.errors.contains("< HTTP/1.1 100"), "\(answer.errors)")
            #expect(answer.errors.lowercased().contains("< connection: close"), "\(answer.errors)")
        }
        try await service.expectEmpty()
    }

    @Test("A refused client may send its next request on a new connection while the old one is closed")
    func closes() async throws {
        try await TestService().listening { port in
            let line = try RawConnection(port: port)
            try await line.send(
                "POST /v1/checks?contest=no HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\nExpect: 100-continue\r\n\r\n"
            )
            let answer = try await line.readAnswer()
            #expect(answer.status == 422)
            #expect(answer.headers[.connection] == "close")
            #expect(try await line.readAnswer().status == 0, "the service has closed its side")
        }
    }

    @Test("A client that sends without waiting gets its answer and no `100 Continue` behind it")
    func impatient() async throws {
        try await TestService().listening { port in
            let line = try RawConnection(port: port)
            let body = Form(.field("contest", "xian-2024"), .media("a.mp4", Clip.short)).bytes
            let head =
                "POST /v1/entries HTTP/1.1\r\nHost: localhost\r\nContent-Length: \(body.count)\r\n"
                + "Content-Type: multipart/form-data; boundary=\(Form.boundary)\r\nExpect: 100-continue\r\n\r\n"
            try await line.send(Array(head.utf8) + body)
            var answer = try await line.readAnswer()
            // The service may read the head before the body has arrived.
            if answer.status == 100 { answer = try await line.readAnswer() }
            #expect(answer.status == 201)
            #expect(answer.headers[.connection] == nil)
            try await line.send("GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n")
            #expect(try await line.readAnswer().status == 200)
        }
    }
}
