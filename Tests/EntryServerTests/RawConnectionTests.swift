import Hummingbird
import Testing

@Suite("A raw connection")
struct RawConnectionTests {
    private static let form = Form(.field("contest", "xian-2024"), .media(Clip.compliantName, Clip.short))

    /// The head of a request; with a nil length the body comes in chunks.
    private static func head(
        _ request: String = "POST /v1/entries", type: String? = nil, length: Int?, _ more: String...
    ) -> String {
        let type = type ?? "multipart/form-data; boundary=\(Form.boundary)"
        let length = length.map { "Content-Length: \($0)" } ?? "Transfer-Encoding: chunked"
        let lines = ["\(request) HTTP/1.1", "Host: localhost", "Content-Type: \(type)", length] + more
        return (lines + ["", ""]).joined(separator: "\r\n")
    }

    @Test("A client may send a form one byte at a time")
    func byteByByte() async throws {
        let service = try TestService()
        try await service.listening { port in
            let connection = try RawConnection(port: port)
            let body = Self.form.bytes
            try await connection.send(Array(Self.head(length: body.count).utf8) + body, piece: 1)
            let answer = try await connection.readAnswer()
            #expect(answer.status == 201)
            #expect(try answer.json["media"]?["sha256"] == .text(Clip.short.sha256))
            #expect(try answer.json["media"]?["filename"] == .text(Clip.compliantName))
        }
    }

    @Test("A client may send chunks of one byte")
    func chunkByChunk() async throws {
        try await TestService().listening { port in
            let connection = try RawConnection(port: port)
            let chunks = Self.form.bytes.flatMap { Array("1\r\n".utf8) + [$0] + Array("\r\n".utf8) }
            try await connection.send(Array(Self.head(length: nil).utf8) + chunks + Array("0\r\n\r\n".utf8))
            #expect(try await connection.readAnswer().status == 201)
        }
    }

    @Test("A client with `Expect: 100-continue` gets `100 Continue` before it sends a byte of the body")
    func expectContinue() async throws {
        try await TestService().listening { port in
            let connection = try RawConnection(port: port)
            let body = Self.form.bytes
            try await connection.send(Self.head(length: body.count, "Expect: 100-continue"))
            #expect(try await connection.readHead().hasPrefix("HTTP/1.1 100 "))
            try await connection.send(body)
            #expect(try await connection.readAnswer().status == 201)
        }
    }

    /// A request whose client stops before its end.
    struct Cut: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var head: String
        var body: [UInt8]
    }

    static let cuts = [
        Cut(testDescription: "form with a length", head: head(length: form.bytes.count), body: form.bytes.dropLast(9)),
        Cut(testDescription: "form cut at its first byte", head: head(length: form.bytes.count), body: []),
        Cut(
            testDescription: "form cut after its closing boundary", head: head(length: form.bytes.count + 100),
            body: form.bytes),
        Cut(
            testDescription: "form in chunks", head: head(length: nil),
            body: Array("\(String(form.bytes.count, radix: 16))\r\n".utf8) + form.bytes),
        Cut(
            testDescription: "raw with a length",
            head: head("POST /v1/checks?contest=xian-2024", type: "video/mp4", length: Clip.compliant.count),
            body: Clip.compliant.dropLast(1)),
        Cut(
            testDescription: "raw in chunks",
            head: head("POST /v1/checks?contest=xian-2024", type: "video/mp4", length: nil),
            body: Array("1000\r\n".utf8) + Clip.compliant.prefix(2000)),
        Cut(
            testDescription: "JSON", head: head(type: "application/json", length: 100),
            body: Array(#"{"contest": "xian-2024"}"#.utf8)),
    ]

    @Test(
        "A connection that closes inside a request leaves nothing behind and does not affect the next", arguments: cuts)
    func closed(cut: Cut) async throws {
        let service = try TestService()
        try await service.listening { port in
            var connection: RawConnection? = try RawConnection(port: port)
            try await connection?.send(Array(cut.head.utf8) + cut.body)
            // The pause lets the service receive the bytes before the connection closes.
            try await Task.sleep(for: .milliseconds(50))
            connection = nil
            #expect(try await service.isIncomingEmpty())
            let next = try RawConnection(port: port)
            try await next.send(Array(Self.head(length: Self.form.bytes.count).utf8) + Self.form.bytes)
            #expect(try await next.readAnswer().status == 201)
        }
        #expect(try await service.entryIDs().count == 1)
        #expect(service.mediaFiles.count == 1)
        #expect(service.log.errors == [], "a caller's fault is no error of ours")
    }

    @Test("A client that ends its sending inside a request gets 400", arguments: cuts)
    func halfClosed(cut: Cut) async throws {
        let service = try TestService()
        try await service.listening { port in
            let connection = try RawConnection(port: port)
            try await connection.send(Array(cut.head.utf8) + cut.body)
            connection.endSending()
            let answer = try await connection.readAnswer()
            #expect(answer.status == 400, "\(answer.text)")
            #expect(answer.headers[.contentType] == "application/problem+json", "\(answer.text)")
        }
        #expect(try await service.isIncomingEmpty())
        try await service.expectEmpty()
        #expect(service.log.errors == [], "a caller's fault is no error of ours")
    }

    @Test("A connection that closes inside a `PUT` of media leaves the entry unchanged")
    func cutReplacement() async throws {
        let service = try TestService()
        let entry = try await service.submit()
        let path = "/v1/entries/\(entry["id"]?.string ?? "")"
        try await service.listening { port in
            let connection = try RawConnection(port: port)
            try await connection.send(
                Array(Self.head("PUT \(path)/media", type: "video/mp4", length: 1 << 20).utf8) + Clip.compliant)
            connection.endSending()
            _ = try await connection.readAnswer()
        }
        #expect(try await service.isIncomingEmpty())
        #expect(try await service.send(.get, path).json == entry)
        #expect(service.mediaFiles.count == 1)
    }

    @Test(
        "A client that sends invalid chunks gets 400 and makes no entry",
        arguments: ["zz\r\n", "-1\r\nabc", "5\r\nabcdefgh"])
    func brokenChunks(chunk: String) async throws {
        let service = try TestService()
        try await service.listening { port in
            let connection = try RawConnection(port: port)
            try await connection.send(Self.head("POST /v1/checks?contest=xian-2024", type: "video/mp4", length: nil))
            try await connection.send(chunk)
            #expect(try await connection.readAnswer().status == 400)
        }
        #expect(try await service.isIncomingEmpty())
        #expect(service.log.errors == [], "a caller's fault is no error of ours")
    }

    @Test(
        "A body in chunks that exceeds a limit is answered 413",
        arguments: [
            ("POST /v1/checks?contest=xian-2024", "video/mp4", Int64(50_000), Int64(1 << 30)),
            ("POST /v1/checks?contest=xian-2024", "video/mp4", 1 << 30, 50_000),
            ("POST /v1/entries?contest=xian-2024", "multipart/form-data; boundary=\(Form.boundary)", 50_000, 1 << 30),
            ("POST /v1/entries?contest=xian-2024", "multipart/form-data; boundary=\(Form.boundary)", 1 << 30, 50_000),
        ])
    func tooLarge(request: String, type: String, mostBodyBytes: Int64, mostBytes: Int64) async throws {
        let service = try TestService(mostBytes: mostBytes, mostBodyBytes: mostBodyBytes)
        let bytes = [UInt8](repeating: 7, count: 200_000)
        let body = type.hasPrefix("multipart") ? Form(.media("a.mp4", bytes)).bytes : bytes
        try await service.listening { port in
            let connection = try RawConnection(port: port)
            try await connection.send(Self.head(request, type: type, length: nil))
            // The service closes the connection some time after its answer, so sending may fail.
            for piece in body.pieces(of: 4096) {
                try? await connection.send(
                    Array("\(String(piece.count, radix: 16))\r\n".utf8) + piece + Array("\r\n".utf8))
            }
            try? await connection.send("0\r\n\r\n")
            try await connection.readAnswer().expectProblem(413, "media-too-large")
        }
        try await service.expectEmpty()
    }

    @Test("A connection that is silent inside a request is closed after the idle time, and nothing is kept")
    func silent() async throws {
        let service = try TestService(idleTimeout: .milliseconds(300))
        try await service.listening { port in
            let connection = try RawConnection(port: port)
            try await connection.send(Self.head(length: 1000) + "--\(Form.boundary)\r\n")
            _ = try await connection.readAnswer()
            #expect(try await service.isIncomingEmpty())
        }
        try await service.expectEmpty()
    }

    @Test("A connection that waits for a long check is not closed as idle")
    func longCheck() async throws {
        let prober = HeldProber()
        let service = try TestService(prober: prober, idleTimeout: .milliseconds(200))
        try await service.listening { port in
            let connection = try RawConnection(port: port)
            let body = Self.form.bytes
            try await connection.send(Array(Self.head(length: body.count).utf8) + body)
            try await prober.waitForProbes(1)
            try await Task.sleep(for: .milliseconds(600))
            prober.release()
            #expect(try await connection.readAnswer().status == 201)
        }
    }

    @Test("One connection may carry several requests, refused ones among them")
    func keepAlive() async throws {
        try await TestService().listening { port in
            let connection = try RawConnection(port: port)
            let body = Self.form.bytes
            for (request, status) in [
                ("POST /v1/entries", 201), ("POST /v1/entries?contest=xian-2042", 422), ("POST /v1/nothing", 404),
                ("POST /v1/entries", 201),
            ] {
                try await connection.send(Array(Self.head(request, length: body.count).utf8) + body)
                #expect(try await connection.readAnswer().status == status, "\(request)")
            }
        }
    }
}
