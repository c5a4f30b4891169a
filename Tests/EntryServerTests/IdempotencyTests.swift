import EntryIntake
import EntryStore
import Foundation
import Hummingbird
import Testing

@testable import EntryServer

@Suite("An Idempotency-Key")
struct IdempotencyTests {
    private static let key: HTTPFields = [.idempotencyKey: "3f0e6b3a-0001"]

    @Test("A form sent again with its Idempotency-Key gets the first answer, even with another boundary")
    func sameForm() async throws {
        let service = try TestService(clock: .system)
        let first = try await service.send(.post, "/v1/entries", form: CompleteForm.form(), Self.key)
        #expect(first.status == 201)
        for boundary in [Form.boundary, "another-boundary-9876543210", "x"] {
            let again = try await service.sendForm(CompleteForm.form(), boundary: boundary, Self.key)
            #expect(again.status == 201)
            #expect(again.body == first.body)
            #expect(again.headers[.location] == first.headers[.location])
            #expect(again.headers[.contentType] == first.headers[.contentType])
        }
        #expect(try await service.entryIDs().count == 1)
        #expect(service.mediaFiles.count == 1)
        #expect(try await service.reports(of: first) == 1)
    }

    @Test("An Idempotency-Key is remembered when the clock of the service shows another year")
    func otherClock() async throws {
        let service = try TestService(clock: .whileOpen)
        let first = try await service.send(.post, "/v1/entries", form: CompleteForm.form(), Self.key)
        let again = try await service.send(.post, "/v1/entries", form: CompleteForm.form(), Self.key)
        #expect(again.status == 201)
        #expect(again.body == first.body)
        #expect(try await service.entryIDs().count == 1)
    }

    @Test("An Idempotency-Key gets the first answer even after the entry has changed, without contacts")
    func asItWas() async throws {
        let service = try TestService(clock: .system)
        let first = try await service.send(.post, "/v1/entries", form: CompleteForm.form(), Self.key)
        let uri = try #require(first.headers[.location])
        #expect(try await service.send(.put, "\(uri)/media", body: Clip.short).status == 200)
        let again = try await service.send(.post, "/v1/entries", form: CompleteForm.form(), Self.key)
        #expect(again.body == first.body)
        #expect(!again.text.contains(CompleteForm.phone))
        #expect(try await service.send(.get, uri).json["media"]?["sha256"] == .text(Clip.short.sha256))
    }

    @Test(
        "An Idempotency-Key with another content is refused with 422 and changes nothing",
        arguments: [
            CompleteForm.form(["title": "另一个标题"]), CompleteForm.form(["title": nil]),
            CompleteForm.form(["phone": "13800138001"]), CompleteForm.form([:], "another.mp4"),
            CompleteForm.form([:], Clip.compliantName, Clip.short), CompleteForm.form(["honours": "字段"]),
        ])
    func otherForm(form: Form) async throws {
        let service = try TestService(clock: .system)
        let first = try await service.send(.post, "/v1/entries", form: CompleteForm.form(), Self.key)
        try await service.send(.post, "/v1/entries", form: form, Self.key).expectProblem(422, "idempotency-key-reused")
        #expect(try await service.entryIDs().count == 1)
        #expect(service.mediaFiles.count == 1)
        let again = try await service.send(.post, "/v1/entries", form: CompleteForm.form(), Self.key)
        #expect(again.body == first.body, "and the first request is still answered")
        let other = try await service.send(.post, "/v1/entries", form: form, [.idempotencyKey: "3f0e6b3a-0002"])
        #expect(other.status == 201)
    }

    @Test("An Idempotency-Key with another address or method is refused with 422")
    func otherRequest() async throws {
        let service = try TestService(clock: .system)
        let first = try await service.send(.post, "/v1/entries", form: CompleteForm.form(), Self.key)
        let uri = try #require(first.headers[.location])
        let uploading = HTTPFields(Array(Tus.creation(5)) + Array(Self.key))
        for answer in [
            try await service.send(.put, "\(uri)/media", Self.key, body: Clip.compliant),
            try await service.send(.post, "\(uri)/checks", Self.key),
            try await service.sign(uri, "originality", Self.key),
            try await service.tus(.post, "/v1/uploads", uploading),
        ] {
            try answer.expectProblem(422, "idempotency-key-reused")
        }
        #expect(try await service.reports(of: first) == 1)
        #expect(try await service.send(.get, uri).body == first.body)
    }

    @Test("An Idempotency-Key is remembered after the service has started again")
    func reopened() async throws {
        let folder = try LastingFolder()
        let first = try await folder.open().sendForm(CompleteForm.form(), Self.key)
        #expect(first.status == 201)
        let service = try folder.open()
        let again = try await service.sendForm(CompleteForm.form(), boundary: "another", Self.key)
        #expect(again.status == 201)
        #expect(again.body == first.body)
        try await service.sendForm(CompleteForm.form(["title": "另"]), Self.key)
            .expectProblem(422, "idempotency-key-reused")
        #expect(try await service.store.entries(EntryQuery()).entries.count == 1)
    }

    @Test("Simultaneous requests with one Idempotency-Key make one entry")
    func atOnce() async throws {
        let service = try TestService(clock: .system)
        let answers = try await withThrowingTaskGroup(of: Answer.self) { group in
            for number in 0..<8 {
                group.addTask {
                    try await service.sendForm(CompleteForm.form(), boundary: "boundary-\(number)", Self.key)
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(Set(answers.map(\.status)) == [201])
        #expect(Set(answers.map(\.body)).count == 1)
        #expect(try await service.entryIDs().count == 1)
        #expect(service.mediaFiles.count == 1)
    }

    @Test(
        "An Idempotency-Key of 1 to 255 visible ASCII characters is accepted",
        arguments: ["x", "~!\"#,;=", String(repeating: "k", count: 255)])
    func taken(key: String) async throws {
        let service = try TestService(clock: .system)
        let body = Array(#"{"contest": "xian-2024"}"#.utf8)
        let headers: HTTPFields = [.idempotencyKey: key, .contentType: "application/json"]
        let first = try await service.send(.post, "/v1/entries", headers, body: body)
        #expect(first.status == 201)
        #expect(try await service.send(.post, "/v1/entries", headers, body: body).body == first.body)
    }

    @Test(
        "An invalid Idempotency-Key is refused with 400 by every request that takes one",
        arguments: ["", "two words", "钥匙", "caf\u{e9}", String(repeating: "k", count: 256)])
    func refused(key: String) async throws {
        let service = try TestService(clock: .system)
        let entry = try await service.submit()
        let (uri, headers) = ("/v1/entries/\(entry["id"]?.string ?? "")", [.idempotencyKey: key] as HTTPFields)
        for answer in [
            try await service.send(.post, "/v1/entries", form: CompleteForm.form(), headers),
            try await service.send(.put, "\(uri)/media", headers, body: Clip.compliant),
            try await service.send(.post, "\(uri)/checks", headers),
            try await service.sign(uri, "originality", headers),
            try await service.tus(.post, "/v1/uploads", HTTPFields(Array(Tus.creation(5)) + Array(headers))),
        ] {
            try answer.expectProblem(400, "idempotency-key-invalid")
        }
        #expect(try await service.entryIDs().count == 1)
        #expect(try await service.send(.get, uri).json == entry)
    }

    @Test("An Idempotency-Key works for a JSON form")
    func json() async throws {
        let service = try TestService(clock: .system)
        let headers = HTTPFields(Array(Self.key) + [.init(name: .contentType, value: "application/json")])
        let bodies = [
            #"{"contest": "xian-2024", "fields": {"phone": "13800138000", "title": "a"}}"#,
            #"{ "fields": { "title": "a", "phone": "13800138000" }, "contest": "xian-2024" }"#,
        ]
        let answers = try await [bodies[0], bodies[1], bodies[0]].asyncMap {
            try await service.send(.post, "/v1/entries", headers, body: Array($0.utf8))
        }
        #expect(answers.map(\.status) == [201, 201, 201])
        #expect(Set(answers.map(\.body)).count == 1, "spaces and the order of members mean nothing")
        #expect(try await service.entryIDs().count == 1)
        try await service.send(.post, "/v1/entries", headers, body: Array(#"{"contest": "xian-2024"}"#.utf8))
            .expectProblem(422, "idempotency-key-reused")
    }

    /// A request about one entry, and the status of its answer when it succeeds.
    static let requests: [(method: HTTPRequest.Method, path: String, body: String?, status: Int)] = [
        (.put, "/media?filename=b.mp4", nil, 200),
        (.post, "/signoffs", #"{"rule": "originality", "answer": "approved", "who": "李老师"}"#, 201),
    ]

    @Test(
        "An Idempotency-Key works for new media and a sign-off: the change happens once, the answer comes twice",
        arguments: requests.indices)
    func changes(index: Int) async throws {
        let service = try TestService(clock: .system)
        let created = try await service.send(.post, "/v1/entries", form: CompleteForm.form())
        let (uri, request) = (try #require(created.headers[.location]), Self.requests[index])
        let body = request.body.map { Array($0.utf8) } ?? Clip.short
        let type: HTTPFields = request.body == nil ? [:] : [.contentType: "application/json"]
        let keyed = HTTPFields(Array(Self.key) + Array(type))
        let first = try await service.send(request.method, uri + request.path, keyed, body: body)
        #expect(first.status == request.status, "\(first.text)")
        let done = try await service.send(.get, uri).body
        for _ in 0..<2 {
            let again = try await service.send(request.method, uri + request.path, keyed, body: body)
            #expect(again.status == request.status)
            #expect(again.body == first.body)
            #expect(again.headers[.location] == first.headers[.location])
        }
        #expect(try await service.send(.get, uri).body == done, "no second report or sign-off")
        let without = try await service.send(request.method, uri + request.path, type, body: body)
        #expect(without.status == request.status)
        #expect(without.body != first.body, "without the key it is done anew")
    }

    @Test("An Idempotency-Key works for an upload: one upload is made and its address comes again")
    func upload() async throws {
        let service = try TestService(clock: .system)
        let headers = HTTPFields(Array(Tus.creation(Clip.compliant.count)) + Array(Self.key))
        let locations = try await (0..<3).asyncMap { _ in
            try await service.tus(.post, "/v1/uploads", headers).uploadPath
        }
        #expect(Set(locations).count == 1)
        #expect(service.mediaFiles.count == 1)
        let uri = try #require(locations.first ?? nil)
        #expect(try await service.patch(uri, at: 0, Clip.compliant).status == 204)
        #expect(try await service.tus(.post, "/v1/uploads", headers).uploadPath == uri)
        #expect(try await service.entryIDs().count == 1)
        let longer = HTTPFields(Array(Tus.creation(Clip.compliant.count + 1)) + Array(Self.key))
        try await service.tus(.post, "/v1/uploads", longer).expectProblem(422, "idempotency-key-reused")
    }

    @Test("An Idempotency-Key is free again when its request was refused")
    func afterRefusal() async throws {
        let service = try TestService(clock: .system)
        let wrong = Form(.field("contest", "xian-2024"), .field("title", "a"))
        try await service.send(.post, "/v1/entries", form: wrong, Self.key).expectProblem(422, "media-expected")
        #expect(try await service.send(.post, "/v1/entries", form: CompleteForm.form(), Self.key).status == 201)
    }

    @Test("An Idempotency-Key is free again when its entry is deleted")
    func deleted() async throws {
        let service = try TestService(clock: .system)
        let first = try await service.send(.post, "/v1/entries", form: CompleteForm.form(), Self.key)
        let uri = try #require(first.headers[.location])
        #expect(try await service.send(.delete, uri).status == 204)
        let again = try await service.send(.post, "/v1/entries", form: CompleteForm.form(), Self.key)
        #expect(again.status == 201)
        #expect(again.headers[.location] != uri)
        #expect(try await service.entryIDs().count == 1)
    }
}

extension RequestTaking {
    /// Sends `form` to `/v1/entries` with this boundary.
    func sendForm(
        _ form: Form, boundary: String = Form.boundary, _ headers: HTTPFields = [:]
    ) async throws -> Answer {
        let type: HTTPFields = [.contentType: "multipart/form-data; boundary=\(boundary)"]
        let bytes = form.bytes.replacing(Array(Form.boundary.utf8), with: Array(boundary.utf8))
        return try await send(.post, "/v1/entries", HTTPFields(Array(headers) + Array(type)), body: bytes)
    }

    /// Signs off an item of the entry at `uri`.
    func sign(
        _ uri: String, _ rule: String, field: String? = nil, _ headers: HTTPFields = [:], answer: String = "approved",
        who: String = "李老师", why: String = ""
    ) async throws -> Answer {
        var form = ["rule": rule, "answer": answer, "who": who, "why": why]
        form["field"] = field
        let body = Array(try JSONEncoder().encode(form))
        let all = HTTPFields(Array(headers) + Array([.contentType: "application/json"] as HTTPFields))
        return try await send(.post, "\(uri)/signoffs", all, body: body)
    }

    /// Number of reports on the entry that was created with `answer`.
    fileprivate func reports(of answer: Answer) async throws -> Int? {
        let uri = try #require(answer.headers[.location])
        return try await send(.get, "\(uri)/reports", [:], body: nil).json["reports"]?.elements.count
    }
}

extension Sequence {
    /// The results of `work`, run on one element after the other.
    fileprivate func asyncMap<Value>(_ work: (Element) async throws -> Value) async rethrows -> [Value] {
        var values: [Value] = []
        for element in self { values.append(try await work(element)) }
        return values
    }
}
