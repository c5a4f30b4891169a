import Hummingbird
import Testing

@Suite("POST /v1/entries")
struct EntrySubmissionTests {
    static let entryKeys: Set<String> = [
        "schema", "id", "createdAt", "receivedAt", "contest", "fields", "contacts", "media", "standing", "admission",
        "sameMedia", "signoffs", "lookAgain", "corrections", "report", "check",
    ]

    @Test("`POST /v1/entries` answers 201 with the entry, its address and its report")
    func compliant() async throws {
        let service = try TestService()
        let form = Form(
            .field("contest", "xian-2024"), .field("作品名称", "守信 & \"诚实\""), .field("联系电话", "13800138000"),
            .media(Clip.compliantName, Clip.compliant))
        let answer = try await service.send(.post, "/v1/entries", form: form)
        #expect(answer.status == 201)
        let entry = try answer.json
        let id = try #require(entry["id"]?.string)
        #expect(answer.headers[.location] == "/v1/entries/\(id)")
        #expect(entry.keys == Self.entryKeys)
        #expect(entry["schema"] == "clipcheck.entry/1")
        #expect(entry["contest"] == "xian-2024")
        #expect(entry["fields"] == ["作品名称": "守信 & \"诚实\"", "联系电话": "138****8000"])
        #expect(entry["contacts"] == "masked")
        #expect(
            entry["media"] == [
                "filename": .text(Clip.compliantName), "bytes": .number(Double(Clip.compliant.count)),
                "sha256": .text(Clip.compliant.sha256),
            ])
        #expect(entry["standing"] == "rejected", "the rest of the form is missing")
        #expect(entry["report"]?["verdict"] == "compliant")
        #expect(entry["report"]?.keys == CheckRoutesTests.reportKeys)
        let time = try #require(entry["createdAt"]?.string)
        #expect(time.wholeMatch(of: /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d/) != nil)
    }

    @Test("`POST /v1/entries` answers 201 for a video whatever its verdict", arguments: CheckRoutesTests.cases)
    func everyVerdict(clip: CheckRoutesTests.Case) async throws {
        let service = try TestService()
        let entry = try await service.submit(clip.clip, Clip.bytes(clip.clip))
        #expect(entry["report"]?["verdict"] == clip.verdict)
        #expect(entry["standing"] == (clip.verdict == "non-compliant" ? "rejected" : "open"))
        #expect(entry["report"]?.finding("readable")?["outcome"] == clip.readable)
        #expect(entry["report"]?.finding("readable")?["reason"] == clip.reason)
        let sum = Clip.bytes(clip.clip).sha256
        #expect(service.mediaFiles == ["media/\(sum.prefix(2))/\(sum)"])
    }

    @Test("`POST /v1/entries` finds the contest in the address, and in a field before or after the file")
    func contest() async throws {
        let service = try TestService()
        let (field, media) = (Form.Part.field("contest", "xian-2024"), Form.Part.media("a.mp4", Clip.short))
        for (query, form) in [("?contest=xian-2024", Form(media)), ("", Form(field, media)), ("", Form(media, field))] {
            let answer = try await service.send(.post, "/v1/entries\(query)", form: form)
            #expect(answer.status == 201)
            #expect(try answer.json["contest"] == "xian-2024")
            #expect(try answer.json["fields"] == [:], "the contest is not a form field")
        }
    }

    @Test("`POST /v1/entries` takes a JSON form without media; media and report of the entry are null")
    func withoutMedia() async throws {
        let service = try TestService()
        let answer = try await service.send(
            .post, "/v1/entries", [.contentType: "application/json; charset=utf-8"],
            body: Array(#"{"contest": "xian-2024", "fields": {"联系人": "王芳"}}"#.utf8))
        #expect(answer.status == 201)
        let entry = try answer.json
        #expect(entry.keys == Self.entryKeys)
        #expect(entry["media"] == .null)
        #expect(entry["report"] == .null)
        #expect(entry["standing"] == "rejected", "the rest of the form is missing")
        #expect(entry["fields"] == ["联系人": "王**"])
        let id = try #require(entry["id"]?.string)
        #expect(answer.headers[.location] == "/v1/entries/\(id)")
        #expect(try await service.send(.get, "/v1/entries/\(id)").json == entry)
        for gone in ["report", "media"] {
            try await service.send(.get, "/v1/entries/\(id)/\(gone)").expectProblem(404, "media-missing")
        }
        try await service.send(.post, "/v1/entries/\(id)/checks").expectProblem(404, "media-missing")
    }

    @Test(
        "`POST /v1/entries` takes the contest from the address before that of a JSON form, as openapi.json says",
        arguments: [
            #"{}"#, #"{"fields": {}}"#, #"{"contest": "weifang-2023"}"#,
        ])
    func contestOfJSON(body: String) async throws {
        let answer = try await TestService().send(
            .post, "/v1/entries?contest=xian-2024", [.contentType: "application/json"], body: Array(body.utf8))
        #expect(answer.status == 201)
        #expect(try answer.json["contest"] == "xian-2024")
    }

    @Test("`POST /v1/entries` stores equal files of two entries once")
    func sameBytes() async throws {
        let service = try TestService()
        _ = try await service.submit("a.mp4")
        _ = try await service.submit("b.mp4")
        #expect(service.mediaFiles.count == 1)
        #expect(try await service.entryIDs().count == 2)
    }

    @Test("`POST /v1/entries` keeps every one of many simultaneous entries")
    func manyAtOnce() async throws {
        let service = try TestService()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<20 {
                group.addTask { _ = try await service.submit("\(number).mp4", Clip.short + [UInt8(number % 4)]) }
            }
            try await group.waitForAll()
        }
        #expect(Set(try await service.entryIDs()).count == 20)
        #expect(service.mediaFiles.count == 4)
    }
}

@Suite("GET /v1/entries/{id}")
struct EntryReadingTests {
    @Test("`GET /v1/entries/{id}` gives the entry as its creation did, with the id in either case")
    func entry() async throws {
        let service = try TestService()
        let entry = try await service.submit()
        let id = try #require(entry["id"]?.string)
        for spelling in [id, id.uppercased()] {
            let answer = try await service.send(.get, "/v1/entries/\(spelling)")
            #expect(answer.status == 200)
            #expect(try answer.json == entry)
            #expect(answer.headers[.cacheControl] == "no-store", "contacts are personal")
        }
    }

    @Test(
        "`GET /v1/entries/{id}/report` gives JSON unless `Accept` names HTML first",
        arguments: [
            nil, "*/*", "application/json", "application/json, text/html", "application/xml, application/json;q=0.9",
        ])
    func jsonReport(accept: String?) async throws {
        let service = try TestService()
        let entry = try await service.submit()
        var headers: HTTPFields = [:]
        headers[.accept] = accept
        let answer = try await service.send(.get, "/v1/entries/\(entry["id"]?.string ?? "")/report", headers)
        #expect(answer.headers[.contentType] == "application/json")
        #expect(answer.headers[.vary]?.contains("Accept") == true)
        #expect(try answer.json == entry["report"])
    }

    @Test(
        "`GET /v1/entries/{id}/report` gives a page in the client's language that runs and loads nothing",
        arguments: [
            ("text/html", nil, "zh"), ("text/html,application/xhtml+xml,*/*;q=0.8", "zh-CN,zh;q=0.9,en;q=0.8", "zh"),
            ("Text/HTML; charset=utf-8", "en-GB,en;q=0.9", "en"), ("application/xhtml+xml, text/html", "en", "en"),
        ])
    func page(accept: String, acceptLanguage: String?, language: String) async throws {
        let service = try TestService()
        let entry = try await service.submit("<script>.mp4")
        var headers: HTTPFields = [.accept: accept]
        headers[.acceptLanguage] = acceptLanguage
        let answer = try await service.send(.get, "/v1/entries/\(entry["id"]?.string ?? "")/report", headers)
        #expect(answer.status == 200)
        #expect(answer.headers[.contentType] == "text/html; charset=utf-8")
        #expect(answer.headers[.xContentTypeOptions] == "nosniff")
        #expect(answer.headers[.contentSecurityPolicy]?.hasPrefix("default-src 'none'") == true)
        #expect(answer.headers[.vary]?.contains("Accept") == true)
        #expect(answer.text == "page in \(language) of <script>.mp4", "the page's author escapes: HTMLReport")
    }

    @Test(
        "`GET /v1/entries/{id}/media` gives the exact bytes as a download with its name and `nosniff`",
        arguments: [
            (Clip.compliantName, "%E4%BD%9C%E5%93%81.mp4"), ("a \"b\";x.mp4", "a%20%22b%22%3Bx.mp4"),
            ("<script>.mp4", "%3Cscript%3E.mp4"), ("100%.mp4", "100%25.mp4"),
        ])
    func media(filename: String, encoded: String) async throws {
        let service = try TestService()
        let entry = try await service.submit(filename, Clip.compliant)
        let answer = try await service.send(.get, "/v1/entries/\(entry["id"]?.string ?? "")/media")
        #expect(answer.status == 200)
        #expect(answer.body == Clip.compliant)
        #expect(answer.headers[.contentType] == "application/octet-stream")
        #expect(answer.headers[.xContentTypeOptions] == "nosniff")
        #expect(answer.headers[.contentDisposition] == "attachment; filename*=UTF-8''\(encoded)")
    }

    @Test(
        "`GET /v1/entries/{id}/media` gives a file of many pieces, and one of no bytes, whole",
        arguments: [0, 1, 256 * 1024, 1_000_003])
    func sizes(count: Int) async throws {
        let service = try TestService()
        let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 8) }
        let entry = try await service.submit("a.mp4", bytes)
        let answer = try await service.send(.get, "/v1/entries/\(entry["id"]?.string ?? "")/media")
        #expect(answer.status == 200)
        #expect(answer.body == bytes)
    }
}
