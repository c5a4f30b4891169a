import EntryIntake
import EntryStore
import HTTPTypes
import Hummingbird
import Testing

@testable import EntryServer

@Suite("Pages of other sites")
struct OriginTests {
    @Test(
        "`ServedNames` accepts the service's own names and addresses, and no name of another site",
        arguments: [
            ("localhost", true), ("localhost:8080", true), ("LOCALHOST.", true), ("clips.localhost", true),
            ("127.0.0.1:8080", true), ("127.9.9.9", true), ("[::1]:8080", true), ("10.0.0.7:8080", true),
            ("[2001:db8::7]", true), ("clips.example.cn", true), ("CLIPS.example.cn:443", true),
            ("evil.example", false), ("evil.example:8080", false), ("localhost.evil.example", false),
            ("127.0.0.1.evil.example", false), ("clips.example.cn.evil.example", false), ("a b", false),
            ("localhost:99999", false), ("user@localhost", false), ("localhost/x", false), ("[::1", false),
            ("2130706433", false), ("0x7f000001", false), ("", false), ("localhost:", false), ("localhost:0", false),
            ("localhost:+80", false), ("localhost:080", true), ("localhost:000080", false), ("localhost:80:80", false),
            ("[]", false), ("[::1]x", false), ("[::1]:", false), ("lo calhost", false),
        ])
    func hosts(host: String, isServed: Bool) throws {
        let names = ServedNames(host: "127.0.0.1", publicURLs: [try #require(WebOrigin("https://clips.example.cn"))])
        #expect(Authority(host, defaultPort: 80).map { names.contains($0.host) } ?? false == isServed)
    }

    @Test(
        "A request with a foreign `Host` is answered 421 on every method",
        arguments: ["GET", "POST", "DELETE", "HEAD", "OPTIONS"])
    func foreignHost(method: String) async throws {
        let service = try TestService()
        let answer = try await service.listening { port in
            try await Program.run(
                "curl",
                ["-s", "-o", "/dev/null", "-w", "%{http_code}", "-H", "Host: evil.example", "-m", "5"]
                    + (method == "HEAD" ? ["-I"] : ["-X", method]) + ["http://127.0.0.1:\(port)/v1/entries"])
        }
        #expect(answer.text == "421")
    }

    @Test(
        "A request from a foreign origin changes nothing; own pages, allowed origins and programs may",
        arguments: [
            (nil, true), ("http://localhost", true), ("https://clips.example.cn", true),
            ("https://portal.example.cn", true), ("http://portal.example.cn", false),
            ("https://portal.example.cn:8443", false), ("http://evil.example", false), ("null", false), ("", false),
            ("http://localhost:9", false), ("http://localhost.evil.example", false),
        ] as [(String?, Bool)])
    func origins(origin: String?, isAllowed: Bool) async throws {
        let service = try TestService(
            publicURLs: [try #require(WebOrigin("https://clips.example.cn"))],
            allowedOrigins: .some([try #require(WebOrigin("https://portal.example.cn"))]))
        var headers: HTTPFields = [.contentType: "application/json"]
        headers[.origin] = origin
        let body = Array(#"{"contest": "xian-2024"}"#.utf8)
        let answer = try await service.send(.post, "/v1/entries", headers, body: body)
        if isAllowed {
            #expect(answer.status == 201, "\(answer.text)")
        } else {
            try answer.expectProblem(403, "origin-foreign")
            #expect(try await service.entryIDs() == [])
        }
    }

    @Test(
        "A preflight request gets the permissions of an allowed origin without a key, on every route",
        arguments: ["*", "portal"])
    func preflight(allowed: String) async throws {
        let portal = try #require(WebOrigin("https://portal.example.cn"))
        let service = try TestService(allowedOrigins: allowed == "*" ? .any : .some([portal]))
        _ = try service.key(.admin)
        for path in ["/v1/entries", "/v1/uploads", "/v1/uploads/x", "/v1/entries/x/media", "/v1/checks"] {
            let answer = try await service.send(
                .options, path,
                [
                    .origin: portal.text, .accessControlRequestMethod: "PATCH",
                    .accessControlRequestHeaders: "authorization,tus-resumable,upload-offset,content-type",
                ])
            #expect(answer.status == 204, "\(path)")
            #expect(answer.headers[.accessControlAllowOrigin] == portal.text)
            #expect(answer.headers[.vary]?.contains("Origin") == true)
            let methods = answer.headers[.accessControlAllowMethods] ?? ""
            for method in ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"] { #expect(methods.contains(method)) }
            let fields = Set((answer.headers[.accessControlAllowHeaders] ?? "").lowercased().split(separator: ", "))
            // The header fields that tus-js-client sends.
            #expect(
                fields.isSuperset(of: [
                    "authorization", "tus-resumable", "upload-length", "upload-offset", "upload-metadata",
                    "content-type", "x-http-method-override", "x-request-id", "x-requested-with", "upload-checksum",
                    "idempotency-key",
                ]))
        }
    }

    @Test("An allowed origin may read the header fields of tus, also of a refusal")
    func exposed() async throws {
        let portal = try #require(WebOrigin("https://portal.example.cn"))
        let service = try TestService(allowedOrigins: .some([portal]))
        let headers = try service.key(.submit)
        let all = HTTPFields(
            Array(headers)
                + Array(
                    [
                        .origin: portal.text, .tusResumable: "1.0.0", .uploadLength: "3",
                        .uploadMetadata: "contest \("xian-2024".base64)",
                    ] as HTTPFields))
        let begun = try await service.send(.post, "/v1/uploads", all)
        #expect(begun.status == 201)
        let refused = try await service.send(.get, "/v1/entries", [.origin: portal.text])
        #expect(refused.status == 401)
        for answer in [begun, refused] {
            #expect(answer.headers[.accessControlAllowOrigin] == portal.text)
            let fields = Set((answer.headers[.accessControlExposeHeaders] ?? "").lowercased().split(separator: ", "))
            #expect(
                fields.isSuperset(of: [
                    "location", "upload-offset", "upload-length", "upload-expires", "tus-resumable", "tus-version",
                    "tus-extension", "tus-max-size", "retry-after", "clipcheck-verdict", "idempotency-replayed",
                ]))
        }
    }

    @Test("An origin that `--allow-origin` does not name gets no permission")
    func noPermission() async throws {
        let portal = try #require(WebOrigin("https://portal.example.cn"))
        for allowed in [AllowedOrigins.some([]), .some([portal])] {
            let service = try TestService(allowedOrigins: allowed)
            let preflight: HTTPFields = [.origin: "https://evil.example", .accessControlRequestMethod: "POST"]
            for answer in [
                try await service.send(.options, "/v1/entries", preflight),
                try await service.send(.get, "/v1/entries", [.origin: "https://evil.example"]),
            ] {
                #expect(answer.headers[.accessControlAllowOrigin] == nil)
                #expect(answer.headers[.accessControlAllowMethods] == nil)
            }
        }
    }

    @Test(
        "`WebOrigin` consists of scheme, host and port",
        arguments: [
            ("https://A.example", "https://a.example"), ("https://a.example/", "https://a.example"),
            ("https://a.example:443", "https://a.example"), ("http://a.example:8080", "http://a.example:8080"),
            ("http://[::1]:80", "http://[::1]"), ("a.example", nil), ("ftp://a.example", nil),
            ("https://a.example/x", nil), ("https://u@a.example", nil), ("https://", nil), ("null", nil),
            ("https://a.example:0", nil), ("https://a.example:65536", nil),
        ] as [(String, String?)])
    func parsed(text: String, origin: String?) { #expect(WebOrigin(text)?.text == origin) }
}
