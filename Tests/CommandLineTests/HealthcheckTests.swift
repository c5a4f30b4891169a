import Foundation
import TestSupport
import Testing

@Suite("`clipcheck healthcheck`")
struct HealthcheckTests {
    @Test(
        "`healthcheck` exits with 0 for a ready service that flags, variables or an address of every interface name",
        arguments: ["127.0.0.1", "localhost", "0.0.0.0"])
    func ready(host: String) async throws {
        let folder = try TemporaryFolder()
        let service = try Service(data: "data", in: folder.url)
        let port = try #require(try await service.address().split(separator: ":").last.map(String.init))
        let byFlags = try await clipcheck(["healthcheck", "--host", host, "--port", port])
        #expect(byFlags.code == 0, "\(byFlags.errorText)")
        let variables = ["CLIPCHECK_HOST": host, "CLIPCHECK_PORT": port]
        let byVariables = try await clipcheck(["healthcheck"], environment: variables)
        #expect(byVariables.code == 0, "\(byVariables.errorText)")
        #expect(byFlags.text.isEmpty && byVariables.text.isEmpty)
    }

    @Test(
        "`healthcheck` exits with 1 and one line where no service listens",
        arguments: [("zh", "请确认 clipcheck serve 正在运行"), ("en", "Make sure that clipcheck serve runs")])
    func nothingListens(language: String, advice: String) async throws {
        let server = try OneAnswerServer("")
        let port = server.port
        server.stop()
        let outcome = try await clipcheck(["healthcheck", "--port", String(port), "--lang", language])
        #expect(outcome.code == 1)
        #expect(outcome.text.isEmpty)
        #expect(outcome.errorText.split(separator: "\n").count == 1)
        #expect(outcome.errorText.contains("http://127.0.0.1:\(port)/readyz"))
        #expect(outcome.errorText.contains("Connection refused"))
        #expect(outcome.errorText.contains(advice))
    }

    @Test(
        "`healthcheck` exits with 0 for status 200 only, and with 1 for every other answer",
        arguments: [
            ("HTTP/1.1 200 OK\r\n\r\n", Int32(0), ""),
            ("HTTP/1.0 200 \r\n\r\n", 0, ""),
            ("HTTP/1.1 503 Service Unavailable\r\n\r\n", 1, "answers 503"),
            ("HTTP/1.1 204 No Content\r\n\r\n", 1, "answers 204"),
            ("HTTP/1.1 2000 OK\r\n\r\n", 1, "answers 2000"),
            ("SSH-2.0-OpenSSH_9.2\r\n", 1, "Protocol error"),
            ("HTTP/1.1 OK\r\n", 1, "Protocol error"),
            (String(repeating: "a", count: 1000), 1, "Protocol error"),
            ("HTTP/1.1 200", 1, "Connection reset"),
            ("", 1, "Connection reset"),
        ])
    func answers(bytes: String, code: Int32, message: String) async throws {
        let server = try OneAnswerServer(bytes)
        let outcome = try await clipcheck(["healthcheck", "--port", String(server.port), "--lang", "en"])
        #expect(outcome.code == code, "\(outcome.errorText)")
        #expect(message.isEmpty ? outcome.errorText.isEmpty : outcome.errorText.contains(message))
        #expect(outcome.text.isEmpty)
    }

    @Test("`healthcheck` exits with 1 when a service accepts the connection and stays silent")
    func silence() async throws {
        let server = try OneAnswerServer(nil)
        let outcome = try await clipcheck(["healthcheck", "--port", String(server.port), "--lang", "en"])
        #expect(outcome.code == 1)
        #expect(outcome.errorText.contains("timed out"), "\(outcome.errorText)")
    }

    @Test("`healthcheck` exits with 64 for a port out of range", arguments: ["0", "65536", "eighty"])
    func ports(port: String) async throws {
        #expect(try await clipcheck(["healthcheck", "--port", port]).code == 64)
        #expect(try await clipcheck(["healthcheck"], environment: ["CLIPCHECK_PORT": port]).code == 64)
    }
}
