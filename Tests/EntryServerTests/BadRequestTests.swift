import Hummingbird
import Testing

/// A request that the service refuses, and the status and code of the problem.
struct BadRequest: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var method = HTTPRequest.Method.post
    var uri: String
    var type: String?
    var body: [UInt8]
    var status: Int
    var code: String

    /// A request with a form, to `/v1/entries` unless `uri` is given.
    static func form(
        _ name: String, to uri: String = "/v1/entries", _ parts: Form.Part..., status: Int, _ code: String
    ) -> BadRequest {
        var form = Form()
        form.parts = parts
        return raw(name, uri, "multipart/form-data; boundary=\(Form.boundary)", form.bytes, status: status, code)
    }

    static func raw(
        _ name: String, _ uri: String, _ type: String?, _ body: [UInt8], status: Int, _ code: String
    ) -> BadRequest {
        BadRequest(testDescription: name, uri: uri, type: type, body: body, status: status, code: code)
    }

    /// A request whose body has these lines, a form that no browser would write.
    static func lines(_ name: String, _ text: String, type: String? = nil, _ code: String) -> BadRequest {
        raw(
            name, "/v1/entries?contest=xian-2024", type ?? "multipart/form-data; boundary=b", Array(text.utf8),
            status: 400, "multipart-\(code)")
    }

    static func json(_ name: String, _ text: String, status: Int, _ code: String) -> BadRequest {
        raw(name, "/v1/entries", "application/json", Array(text.utf8), status: status, code)
    }
}

@Suite("A bad request")
struct BadRequestTests {
    private static let media = Form.Part.media("a.mp4", Clip.short)
    private static let contest = Form.Part.field("contest", "xian-2024")
    private static let unknown = Form.Part.field("contest", "xian-2042")
    private static let notUTF8 = Form.Part(name: "标题", bytes: [0xB9, 0xCA, 0xCA, 0xC2])
    private static let checks = "/v1/checks?contest=xian-2024"

    static let contests: [BadRequest] = [
        .form(
            "unknown contest in the address", to: "/v1/entries?contest=x", contest, media, status: 422,
            "contest-unknown"),
        .form("unknown contest before the file", unknown, media, status: 422, "contest-unknown"),
        .form("unknown contest after the file", media, unknown, status: 422, "contest-unknown"),
        .form("unknown contest, checked only", to: "/v1/checks", media, unknown, status: 422, "contest-unknown"),
        .raw("unknown contest, raw", "/v1/checks?contest=x", "video/mp4", Clip.short, status: 422, "contest-unknown"),
        .form("no contest", media, status: 422, "contest-missing"),
        .form("no contest, checked only", to: "/v1/checks", media, status: 422, "contest-missing"),
        .raw("no contest, raw", "/v1/checks", "video/mp4", Clip.short, status: 422, "contest-missing"),
        .form("contest twice", contest, .field("contest", "weifang-2023"), media, status: 400, "field-repeated"),
        .json("unknown contest, JSON", #"{"contest": "x"}"#, status: 422, "contest-unknown"),
        .json("no contest, JSON", #"{"fields": {}}"#, status: 422, "contest-missing"),
    ]

    static let forms: [BadRequest] = [
        .form("no media", contest, .field("标题", "守信"), status: 422, "media-expected"),
        .form("no media, checked only", to: checks, contest, status: 422, "media-expected"),
        .form("no file chosen", contest, .media("", []), status: 422, "media-expected"),
        .form("media twice", contest, media, media, status: 422, "media-repeated"),
        .form("field twice", contest, .field("a", "1"), .field("a", "2"), media, status: 400, "field-repeated"),
        .form("field not UTF-8", contest, notUTF8, media, status: 400, "field-encoding"),
        .form("field not UTF-8, after the file", contest, media, notUTF8, status: 400, "field-encoding"),
        .form(
            "text over 1 MiB", contest, .field("a", String(repeating: "a", count: 1 << 20)), .field("b", "b"), media,
            status: 413, "fields-too-large"),
        .raw("text/plain", checks, "text/plain", Clip.short, status: 415, "media-type-unsupported"),
        .raw(
            "an urlencoded form", "/v1/entries", "application/x-www-form-urlencoded", Array("contest=xian-2024".utf8),
            status: 415, "media-type-unsupported"),
        .raw(
            "a raw video as an entry", "/v1/entries?contest=xian-2024", "video/mp4", Clip.short,
            status: 415, "media-type-unsupported"),
        .raw("no type", "/v1/entries?contest=xian-2024", nil, Clip.short, status: 415, "media-type-unsupported"),
        .raw("no body", "/v1/entries?contest=xian-2024", nil, [], status: 415, "media-type-unsupported"),
        .json("broken JSON", #"{"contest": "xian-2024""#, status: 400, "json-invalid"),
        .json("no JSON", "", status: 400, "json-invalid"),
        .json("a list", "[]", status: 400, "json-invalid"),
        .json("a number as a field", #"{"contest": "xian-2024", "fields": {"a": 1}}"#, status: 400, "json-invalid"),
        .json(
            "JSON over 1 MiB", "{\"contest\": \"\(String(repeating: "a", count: 1 << 20))\"}", status: 413,
            "fields-too-large"),
        .raw(
            "JSON that is not UTF-8", "/v1/entries", "application/json", [0x7B, 0x22, 0xFF, 0x22, 0x7D],
            status: 400, "json-invalid"),
    ]

    private static let head = "--b\r\nContent-Disposition: form-data; name=\"media\"; filename=\"a.mp4\"\r\n\r\n"

    static let broken: [BadRequest] = [
        .lines("an empty body", "", "truncated"),
        .lines("an upload cut in the file", head + "abc", "truncated"),
        .lines("an upload cut in the closing boundary", head + "abc\r\n--b-", "truncated"),
        .lines("an upload cut in a head", "--b\r\nContent-Disp", "truncated"),
        .lines(
            "lines that end with LF", "--b\nContent-Disposition: form-data; name=\"media\"\n\n\n--b--\n", "bad-line-end"
        ),
        .lines("a part without a name", "--b\r\nContent-Disposition: form-data\r\n\r\n\r\n--b--\r\n", "missing-name"),
        .lines("a part without a head", "--b\r\n\r\n\r\n--b--\r\n", "missing-name"),
        .lines("a head without a colon", "--b\r\nmedia\r\n\r\n\r\n--b--\r\n", "malformed-header"),
        .lines(
            "a head of 20 kB", "--b\r\nX: \(String(repeating: "x", count: 20_000))\r\n\r\n\r\n--b--\r\n",
            "header-too-long"),
        .lines(
            "a head of 50 lines", "--b\r\n\(String(repeating: "X: y\r\n", count: 50))\r\n\r\n--b--\r\n",
            "too-many-headers"),
        .lines("a type without a boundary", head, type: "multipart/form-data", "bad-boundary"),
        .lines(
            "a boundary of 71", head, type: "multipart/form-data; boundary=\(String(repeating: "b", count: 71))",
            "bad-boundary"),
    ]

    @Test(
        "A bad request gets a problem in the client's language, keeps nothing and does not affect the next request",
        arguments: contests + forms + broken
    )
    func refused(request: BadRequest) async throws {
        let service = try TestService()
        for (acceptLanguage, language) in [(nil, "zh"), ("zh-CN,zh;q=0.9,en;q=0.8", "zh"), ("en-GB, zh;q=0.5", "en")] {
            var headers: HTTPFields = [:]
            headers[.contentType] = request.type
            headers[.acceptLanguage] = acceptLanguage
            let answer = try await service.send(request.method, request.uri, headers, body: request.body)
            try answer.expectProblem(request.status, request.code, in: language)
        }
        let document = try await service.send(.get, "/openapi.json").text
        #expect(document.contains("\"urn:clipcheck:problem:\(request.code)\""), "documented")
        try await service.expectEmpty()
        #expect(service.log.errors == [], "a caller's fault is no error of ours")
        _ = try await service.submit()
    }

    @Test(
        "A request to an unknown address is answered 404 `route-unknown`",
        arguments: [
            (HTTPRequest.Method.get, "/v1"), (.get, "/v1/entry"), (.get, "/../etc/passwd"), (.get, "/v1/entries/a/b/c"),
            (.get, "/%00"), (.trace, "/v1"),
        ])
    func noRoute(method: HTTPRequest.Method, uri: String) async throws {
        try await TestService().send(method, uri).expectProblem(404, "route-unknown")
    }

    @Test(
        "`PUT` of media with an unsupported type is refused and leaves the entry unchanged",
        arguments: [
            ("multipart/form-data; boundary=\(Form.boundary)", 415, "media-type-unsupported"),
            ("application/json", 415, "media-type-unsupported"), ("image/png", 415, "media-type-unsupported"),
        ])
    func attachRefused(type: String, status: Int, code: String) async throws {
        let service = try TestService()
        let entry = try await service.submit()
        let path = "/v1/entries/\(entry["id"]?.string ?? "")"
        let answer = try await service.send(
            .put, "\(path)/media", [.contentType: type], body: Form(.media("a.mp4", Clip.compliant)).bytes)
        try answer.expectProblem(status, code)
        #expect(try await service.send(.get, path).json == entry)
        #expect(service.mediaFiles.count == 1)
    }

    @Test("A form with a file part without a name before the real one is judged by the real file or refused")
    func emptyPartFirst() async throws {
        let service = try TestService()
        let form = Form(.media("", Array("junk".utf8)), .media("a.mp4", Clip.compliant))
        let answer = try await service.send(.post, "/v1/checks?contest=xian-2024", form: form)
        if answer.status == 200 {
            #expect(try answer.json["media"]?["sha256"] == .text(Clip.compliant.sha256))
        } else {
            try answer.expectProblem(422, "media-repeated")
        }
    }
}
