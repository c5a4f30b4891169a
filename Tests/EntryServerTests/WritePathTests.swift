import EntryIntake
import Foundation
import Hummingbird
import TestSupport
import Testing

@testable import EntryServer

/// Requests that change an entry. Every answer must be the entry in its new state.
@Suite("The write path over HTTP", .timeLimit(.minutes(30)))
struct WritePathTests {
    private static let json: HTTPFields = [.contentType: "application/json"]

    private static func unique(_ entry: WireValue?) -> WireValue? {
        entry?["admission"]?.elements.first { $0["rule"] == "unique-media" }
    }

    @Test("The answer to a duplicate entry is the same as a later GET, and so is the repeated answer")
    func duplicate() async throws {
        let service = try TestService()
        let first = try await service.send(.post, "/v1/entries", form: CompleteForm.form())
        let key: HTTPFields = [.idempotencyKey: "k"]
        let second = try await service.send(.post, "/v1/entries", form: CompleteForm.form(), key)
        let (one, two) = (try #require(first.headers[.location]), try #require(second.headers[.location]))
        #expect(Self.unique(try second.json)?["outcome"] == "review")
        #expect(Self.unique(try second.json)?["measured"] == "1")
        #expect(try await service.send(.get, two).json == second.json)
        #expect(Self.unique(try first.json)?["outcome"] == "pass")
        let earlier = Self.unique(try await service.send(.get, one).json)
        #expect(earlier?["outcome"] == "pass" && earlier?["reason"] == "sent-again" && earlier?["measured"] == "1")
        // After the first entry is deleted the second is no longer a duplicate. The repeated answer still is the one
        // from before.
        #expect(try await service.send(.delete, one).status == 204)
        #expect(Self.unique(try await service.send(.get, two).json)?["outcome"] == "pass")
        let repeated = try await service.send(.post, "/v1/entries", form: CompleteForm.form(), key)
        #expect(repeated.body == second.body)
        #expect(repeated.headers[.location] == two)
        #expect(repeated.headers[.idempotencyReplayed] == "true" && second.headers[.idempotencyReplayed] == nil)
    }

    @Test("`unique-media` counts the entries that held the file before", arguments: [2, 5])
    func count(entries: Int) async throws {
        let service = try TestService()
        for index in 0..<entries {
            let answer = try await service.send(.post, "/v1/entries", form: CompleteForm.form())
            #expect(Self.unique(try answer.json)?["measured"] == .text("\(index)"))
        }
    }

    @Test("An accepted entry stays accepted when the same file is sent again")
    func accepted() async throws {
        let service = try TestService()
        let first = try await service.send(.post, "/v1/entries", form: CompleteForm.form())
        let uri = try #require(first.headers[.location])
        for item in ["originality", "content"] { #expect(try await service.sign(uri, item).status == 201) }
        #expect(try await service.send(.get, uri).json["standing"] == "accepted")
        let again = try await service.send(.post, "/v1/entries", form: CompleteForm.form())
        #expect(try again.json["standing"] == "open")
        #expect(try await service.send(.get, uri).json["standing"] == "accepted")
    }

    @Test("A refusal about the form survives new media; a refusal about the content becomes open again")
    func refusals() async throws {
        let other = Clip.compliant + [UInt8](repeating: 0, count: 8)
        let service = try TestService()
        let form = CompleteForm.form(["category": "科幻类"])
        let uri = try #require(try await service.send(.post, "/v1/entries", form: form).headers[.location])
        #expect(try await service.sign(uri, "form", field: "category", answer: "refused").status == 201)
        #expect(try await service.send(.get, uri).json["standing"] == "rejected")
        #expect(try await service.send(.put, "\(uri)/media", body: other).json["standing"] == "rejected")

        let second = try #require(
            try await service.send(.post, "/v1/entries", form: CompleteForm.form()).headers[.location])
        #expect(try await service.sign(second, "originality", answer: "refused").status == 201)
        let replaced = try await service.send(.put, "\(second)/media", body: other).json
        #expect(replaced["standing"] == "open")
        #expect(
            replaced["lookAgain"]
                == .list([
                    ["rule": "originality", "name": ["zh": "人工判断", "en": "Judged by a person"], "field": nil]
                ]))
        let line = try await service.send(.get, "/v1/entries").json["entries"]?.elements
            .first { $0["id"] == replaced["id"] }
        #expect(line?["mustLookAgain"] == .bool(true))
        #expect(try await service.sign(second, "originality").json["lookAgain"] == .list([]))
    }

    @Test("A form can be corrected: the time of receipt stays, and the history names the changed fields")
    func correction() async throws {
        let hand = try HandClock("2024-03-01T09:00:00+08:00")
        let service = try TestService(clock: hand.clock)
        let uri = try #require(
            try await service.send(.post, "/v1/entries", form: CompleteForm.form(["title": nil])).headers[.location])
        #expect(try await service.send(.get, uri).json["standing"] == "rejected")
        hand.advance(by: .seconds(3600))
        let body = try JSONEncoder().encode(["fields": CompleteForm.fields])
        let answer = try await service.send(.put, "\(uri)/fields", Self.json, body: Array(body))
        #expect(answer.status == 200)
        let entry = try answer.json
        #expect(entry == (try await service.send(.get, uri).json))
        #expect(entry["standing"] == "open")
        #expect(entry["fields"]?["title"] == "守信的一天" && entry["fields"]?["phone"] == "138****8000")
        #expect(entry["receivedAt"] == "2024-03-01T09:00:00+08:00")
        #expect(
            entry["corrections"] == .list([["createdAt": "2024-03-01T10:00:00+08:00", "fields": .list(["title"])]]))
    }

    @Test(
        "A field that the form does not have is refused, with the field that is most like it",
        arguments: [("titel", "title"), ("作品名", "作品名称"), ("xyz", nil)] as [(String, String?)])
    func unknownField(name: String, nearest: String?) async throws {
        let service = try TestService()
        let form = Form([.field("contest", "xian-2024"), .field(name, "x"), .media("a.mp4", Clip.short)])
        let body = try JSONSerialization.data(withJSONObject: ["contest": "xian-2024", "fields": [name: "x"]])
        for answer in [
            try await service.send(.post, "/v1/entries", form: form),
            try await service.send(.post, "/v1/entries", Self.json, body: Array(body)),
        ] {
            try answer.expectProblem(422, "field-unknown")
            #expect(answer.text.contains(name))
            if let nearest {
                #expect(answer.text.contains("“\(nearest)”"))
            } else {
                #expect(!answer.text.contains("是否"))
            }
        }
        try await service.expectEmpty()
    }

    @Test("JSON with an unknown key, or as another media type, is refused and changes nothing")
    func strictJSON() async throws {
        let service = try TestService()
        let flat = Array(#"{"contest": "xian-2024", "title": "守信"}"#.utf8)
        try await service.send(.post, "/v1/entries", Self.json, body: flat).expectProblem(400, "json-key-unknown")
        let uri = try #require(
            try await service.send(.post, "/v1/entries", form: CompleteForm.form()).headers[.location])
        let refusal = Array(#"{"rule": "originality", "answer": "refused", "who": "局长"}"#.utf8)
        for type in ["text/plain", "application/x-www-form-urlencoded", ""] {
            let headers: HTTPFields = type.isEmpty ? [:] : [.contentType: type]
            try await service.send(.post, "\(uri)/signoffs", headers, body: refusal).expectProblem(415, "json-expected")
        }
        #expect(try await service.send(.get, uri).json["standing"] == "open")
    }

    @Test(
        "Unknown and repeated query parameters are refused",
        arguments: [
            ("verdit=compliant", "parameter-unknown"), ("limit=1&limit=999", "parameter-repeated"),
            ("standing=great", "standing-unknown"), ("day=yesterday", "day-invalid"), ("day=2024-13-01", "day-invalid"),
        ])
    func query(text: String, code: String) async throws {
        try await TestService().send(.get, "/v1/entries?\(text)").expectProblem(400, code)
    }

    @Test("A file part with another name than media is refused, and the problem names media")
    func filePart() async throws {
        let service = try TestService()
        let part = Form.Part(name: "file", filename: "a.mp4", bytes: Clip.compliant)
        let answer = try await service.send(.post, "/v1/entries", form: Form([.field("contest", "xian-2024"), part]))
        try answer.expectProblem(422, "file-part-unknown")
        #expect(answer.text.contains("media"))
        try await service.expectEmpty()
    }

    @Test("An upload's metadata is not given back once its entry exists")
    func uploadMetadata() async throws {
        let service = try TestService()
        let uri = try await service.beginUpload(Clip.compliant.count, CompleteForm.metadata())
        #expect(try await service.tus(.head, uri).headers[.uploadMetadata] != nil)
        let last = try await service.patch(uri, at: 0, Clip.compliant)
        #expect(last.status == 204 && last.headers[.contentLocation] != nil && last.headers[.uploadMetadata] == nil)
        let head = try await service.tus(.head, uri)
        #expect(head.status == 200 && head.headers[.uploadMetadata] == nil)
        #expect(head.headers[.contentLocation] == last.headers[.contentLocation])
    }

    @Test("A person's name in the file's name is masked in entry, list, report and download")
    func names() async throws {
        let service = try TestService()
        let name = "张三丰（诚信公司）+守信的一天+13800138000.mp4"
        let made = try await service.send(.post, "/v1/entries", form: CompleteForm.form([:], name))
        let uri = try #require(made.headers[.location])
        let shown = "张**（诚信公司）+守信的一天+138****8000.mp4"
        #expect(try made.json["media"]?["filename"] == .text(shown))
        for address in [uri, "\(uri)/report", "/v1/entries"] {
            let text = try await service.send(.get, address).text
            #expect(text.contains(shown) && !text.contains("张三丰"), "\(address)")
        }
        let download = try await service.send(.get, "\(uri)/media").headers[.contentDisposition] ?? ""
        #expect(!download.contains("张三丰".percentEncoded) && !download.contains("13800138000"))
        #expect(!service.log.lines.contains { $0.contains("张三丰") })
    }

    /// Several clients replace the media by two files of different lengths, while others ask for checks. Each report
    /// must describe the file that it names. `make soak` runs the test for ten minutes.
    @Test("No report has facts of a file other than the one that it names")
    func alternatingFiles() async throws {
        let seconds = ProcessInfo.processInfo.environment["CLIPCHECK_ALTERNATE_SECONDS"].flatMap(Double.init) ?? 10
        let service = try TestService(running: 2)
        let clips = [Clip.compliant, Clip.short]
        let made = try await service.send(.post, "/v1/entries", form: CompleteForm.form())
        let uri = try #require(made.headers[.location])
        var expected: [String: (bytes: Double, length: WireValue?)] = [:]
        for clip in clips {
            let report = try await service.send(.post, "/v1/checks?contest=xian-2024", body: clip).json
            expected[clip.sha256] = (Double(clip.count), report["facts"]?["durationMilliseconds"])
        }
        #expect(Set(expected.values.map(\.length)).count == 2)
        let end = ContinuousClock.now + .seconds(seconds)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for sender in 0..<4 {
                group.addTask {
                    var turn = sender
                    while ContinuousClock.now < end {
                        turn += 1
                        _ = try await service.send(.put, "\(uri)/media", body: clips[turn % 2])
                    }
                }
            }
            for _ in 0..<4 {
                group.addTask {
                    while ContinuousClock.now < end {
                        _ = try await service.send(.post, "\(uri)/checks")
                    }
                }
            }
            try await group.waitForAll()
        }
        var (cursor, count): (String?, Int) = (nil, 0)
        repeat {
            let page = try await service.send(
                .get, "\(uri)/reports?limit=200\(cursor.map { "&cursor=\($0.percentEncoded)" } ?? "")"
            ).json
            for line in page["reports"]?.elements ?? [] {
                let report = try await service.send(.get, "\(uri)/reports/\(line["id"]?.string ?? "")").json
                let media = report["media"]
                let truth = expected[media?["sha256"]?.string ?? ""]
                #expect(media?["bytes"] == truth.map { .number($0.bytes) })
                #expect(report["facts"]?["bytes"] == truth.map { .number($0.bytes) })
                #expect(report["facts"]?["durationMilliseconds"] == truth?.length)
                count += 1
            }
            cursor = page["nextCursor"]?.string
        } while cursor != nil
        #expect(count > 10, "\(count) reports")
    }
}
