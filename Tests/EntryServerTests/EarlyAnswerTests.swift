import Hummingbird
import Testing

@Suite("A refusal before the end of the body", .timeLimit(.minutes(10)))
struct EarlyAnswerTests {
    private static func head(_ uri: String, type: String = "multipart/form-data; boundary=\(Form.boundary)") -> String {
        "POST \(uri) HTTP/1.1\r\nHost: localhost\r\nContent-Type: \(type)\r\nContent-Length: 1000000000\r\n\r\n"
    }

    /// The beginning of a form with the id of no contest, up to the first bytes of the file.
    private static let form = Array(
        Form(.field("contest", "xian-2042"), .media("a.mp4", [1, 2, 3])).bytes.dropLast(Form.boundary.utf8.count + 8))

    @Test(
        "A form, a raw file and a type that are refused get `Connection: close`, and the socket closes without the rest",
        arguments: [
            (head("/v1/entries"), form, 422), (head("/v1/checks?contest=no", type: "video/mp4"), [7], 422),
            (head("/v1/entries?contest=xian-2024", type: "text/html"), [7], 415),
        ] as [(String, [UInt8], Int)])
    func closes(head: String, body: [UInt8], status: Int) async throws {
        let service = try TestService()
        try await service.listening { port in
            let connection = try RawConnection(port: port)
            try await connection.send(Array(head.utf8) + body)
            let answer = try await connection.readAnswer()
            #expect(answer.status == status, "\(answer.text)")
            #expect(answer.headers[.connection] == "close")
            let start = ContinuousClock.now
            #expect(try await connection.readAnswer().status == 0, "the service has closed its sending side")
            #expect(ContinuousClock.now - start < .seconds(40), "the idle timeout is 60 s")
            await #expect(throws: RawConnection.Failure.self, "the socket is shut") {
                for _ in 0..<100 { try await connection.send([UInt8](repeating: 7, count: 1 << 20)) }
            }
        }
        try await service.expectEmpty()
    }

    @Test("A refusal after the whole body leaves the connection open")
    func whole() async throws {
        try await TestService().listening { port in
            let connection = try RawConnection(port: port)
            let body = Form(.field("contest", "xian-2042"), .media("a.mp4", [1])).bytes
            let head =
                "POST /v1/entries HTTP/1.1\r\nHost: localhost\r\nContent-Length: \(body.count)\r\n"
                + "Content-Type: multipart/form-data; boundary=\(Form.boundary)\r\n\r\n"
            try await connection.send(Array(head.utf8) + body)
            let answer = try await connection.readAnswer()
            #expect(answer.status == 422)
            #expect(answer.headers[.connection] == nil)
            try await connection.send("GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n")
            #expect(try await connection.readAnswer().status == 200)
        }
    }
}
