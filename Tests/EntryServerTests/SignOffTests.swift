import EntryIntake
import Foundation
import Hummingbird
import Testing

@testable import EntryServer

@Suite("POST /v1/entries/{id}/signoffs")
struct SignOffTests {
    /// `Clip.compliant` followed by an empty box: the same video in other bytes.
    private static let sameLength = Clip.compliant + [0, 0, 0, 8] + Array("free".utf8)

    private static func submit(to service: TestService, _ changes: [String: String?] = [:]) async throws -> String {
        let answer = try await service.send(.post, "/v1/entries", form: CompleteForm.form(changes))
        return try #require(answer.headers[.location])
    }

    /// The standing of the entry, from its own address; the list must give the same.
    private static func standing(_ uri: String, _ service: TestService) async throws -> WireValue? {
        let entry = try await service.send(.get, uri).json
        let lines = try await service.send(.get, "/v1/entries").json["entries"]?.elements
        #expect(lines?.first { $0["id"] == entry["id"] }?["standing"] == entry["standing"], "the list says the same")
        return entry["standing"]
    }

    @Test("A sign-off keeps person, answer, reason, time and file, and is answered 201 with the entry")
    func kept() async throws {
        let hand = try HandClock("2024-03-01T09:00:00+08:00")
        let service = try TestService(clock: hand.clock)
        let uri = try await Self.submit(to: service)
        hand.advance(by: .seconds(60))
        let answer = try await service.sign(uri, "originality", answer: "refused", who: " 李老师 ", why: " 与去年作品雷同 ")
        #expect(answer.status == 201)
        #expect(answer.headers[.location] == uri)
        #expect(try await service.send(.get, uri).json == answer.json)
        #expect(
            try answer.json["signoffs"]
                == .list([
                    [
                        "rule": "originality", "name": ["zh": "人工判断", "en": "Judged by a person"], "field": nil,
                        "answer": "refused", "who": "李老师", "why": "与去年作品雷同",
                        "createdAt": "2024-03-01T09:01:00+08:00", "mediaSha256": .text(Clip.compliant.sha256),
                        "isCurrent": .bool(true),
                    ]
                ]))
    }

    @Test("Sign-offs change the standing from open to accepted once every item is approved")
    func accepted() async throws {
        let service = try TestService()
        let uri = try await Self.submit(to: service)
        #expect(try await Self.standing(uri, service) == "open")
        #expect(try await service.sign(uri, "originality").status == 201)
        #expect(try await Self.standing(uri, service) == "open", "the content has not been looked at")
        #expect(try await service.sign(uri, "content").status == 201)
        #expect(try await Self.standing(uri, service) == "accepted")
    }

    @Test("The newest sign-off on an item counts, and the older ones stay in their order")
    func history() async throws {
        let service = try TestService()
        let uri = try await Self.submit(to: service)
        _ = try await service.sign(uri, "content")
        for (answer, standing) in [("refused", "rejected"), ("approved", "accepted"), ("refused", "rejected")] {
            #expect(try await service.sign(uri, "originality", answer: answer, why: "第 \(answer) 次").status == 201)
            #expect(try await Self.standing(uri, service) == .text(standing))
        }
        let history = try await service.send(.get, uri).json["signoffs"]?.elements ?? []
        #expect(history.map { $0["rule"] } == ["content", "originality", "originality", "originality"])
        #expect(history.map { $0["answer"] } == ["approved", "refused", "approved", "refused"])
        #expect(history.map { $0["why"] } == ["", "第 refused 次", "第 approved 次", "第 refused 次"])
    }

    @Test("A sign-off by rule and field settles a finding that the notice leaves to a person")
    func review() async throws {
        let service = try TestService()
        let uri = try await Self.submit(to: service, ["category": "访谈类"])
        for rule in ["originality", "content"] { _ = try await service.sign(uri, rule) }
        #expect(try await Self.standing(uri, service) == "open")
        try await service.sign(uri, "form").expectProblem(422, "item-unknown", "the field is missing")
        let body = Array(#"{"rule": "form", "field": "category", "answer": "approved", "who": "李老师"}"#.utf8)
        let answer = try await service.send(.post, "\(uri)/signoffs", [.contentType: "application/json"], body: body)
        #expect(answer.status == 201)
        #expect(try answer.json["signoffs"]?.elements.last?["field"] == "category")
        #expect(try await Self.standing(uri, service) == "accepted")
    }

    @Test("Sign-offs on a replaced file no longer count but stay in the history")
    func replaced() async throws {
        let service = try TestService()
        let uri = try await Self.submit(to: service)
        for rule in ["originality", "content"] { _ = try await service.sign(uri, rule) }
        #expect(try await service.send(.put, "\(uri)/media", body: Self.sameLength).status == 200)
        #expect(try await service.send(.get, uri).json["report"]?["verdict"] == "compliant")
        #expect(try await Self.standing(uri, service) == "open")
        let sums = try await service.send(.get, uri).json["signoffs"]?.elements.map { $0["mediaSha256"] }
        #expect(sums == [.text(Clip.compliant.sha256), .text(Clip.compliant.sha256)])
        for rule in ["originality", "content"] { _ = try await service.sign(uri, rule) }
        #expect(try await Self.standing(uri, service) == "accepted")
        #expect(try await service.send(.get, uri).json["signoffs"]?.elements.count == 4)
    }

    @Test("Sign-offs do not accept an entry that a measured rule rejects")
    func measured() async throws {
        let service = try TestService()
        let uri = "/v1/entries/\(try await service.submit()["id"]?.string ?? "")"
        for rule in ["originality", "content"] { #expect(try await service.sign(uri, rule).status == 201) }
        #expect(try await Self.standing(uri, service) == "rejected")
    }

    @Test(
        "A sign-off on an item that no person judges is refused with 422",
        arguments: ["nonsense", "", "duration", "window", "form", "unique-media", "Originality", "has-audio"])
    func unknownItem(rule: String) async throws {
        let service = try TestService()
        let uri = try await Self.submit(to: service)
        try await service.sign(uri, rule).expectProblem(422, "item-unknown")
        #expect(try await service.send(.get, uri).json["signoffs"] == .list([]))
    }

    @Test(
        "A sign-off without a name, or with a name or reason that is too long, is refused with 422",
        arguments: [
            ("", ""), (" \t\n", ""), (String(repeating: "李", count: 101), ""),
            ("李", String(repeating: "由", count: 2001)),
        ])
    func signer(who: String, why: String) async throws {
        let service = try TestService()
        let uri = try await Self.submit(to: service)
        try await service.sign(uri, "originality", who: who, why: why).expectProblem(422, "signer-missing")
        #expect(try await service.send(.get, uri).json["signoffs"] == .list([]))
        let (longName, longReason) = (String(repeating: "李", count: 100), String(repeating: "由", count: 2000))
        #expect(try await service.sign(uri, "originality", who: longName, why: longReason).status == 201)
    }

    @Test(
        "A sign-off that is malformed is refused with 400",
        arguments: [
            "", "{}", "[]", #"{"rule": "originality", "answer": "maybe", "who": "李"}"#,
            #"{"rule": "originality", "answer": "Approved", "who": "李"}"#, #"{"rule": "originality", "who": "李"}"#,
            #"{"answer": "approved", "who": "李"}"#, #"{"rule": "originality", "answer": "approved"}"#,
            #"{"rule": 1, "answer": "approved", "who": "李"}"#, #"{"rule": "originality", "answer": true, "who": "李"}"#,
        ])
    func malformed(body: String) async throws {
        let service = try TestService()
        let uri = try await Self.submit(to: service)
        let answer = try await service.send(
            .post, "\(uri)/signoffs", [.contentType: "application/json"], body: Array(body.utf8))
        try answer.expectProblem(400, "json-invalid")
        #expect(answer.text.contains("approved"), "it says what one looks like")
        #expect(try await service.send(.get, uri).json["signoffs"] == .list([]))
    }

    @Test("A sign-off on an unknown entry is answered 404, and on a deleted one 410")
    func unknownEntry() async throws {
        let service = try TestService()
        try await service.sign("/v1/entries/\(UUID())", "originality").expectProblem(404, "entry-unknown")
        let uri = try await Self.submit(to: service)
        #expect(try await service.send(.delete, uri).status == 204)
        try await service.sign(uri, "originality").expectProblem(410, "entry-deleted")
    }
}
