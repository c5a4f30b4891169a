import EntryIntake
import Foundation
import Hummingbird
import Testing

@testable import EntryServer

/// Findings of the rules about a submission, over HTTP. They decide the standing of an entry, never the verdict on its
/// file.
@Suite("The admission of an entry")
struct AdmissionRoutesTests {
    private static func submit(to service: TestService, _ changes: [String: String?] = [:]) async throws -> WireValue {
        try await service.send(.post, "/v1/entries", form: CompleteForm.form(changes)).json
    }

    @Test("A complete form in time passes every rule of admission, and its standing is open")
    func complete() async throws {
        let entry = try await Self.submit(to: try TestService())
        let found = entry["admission"]?.elements ?? []
        #expect(found.map { $0["rule"] } == ["window", "form", "unique-media"])
        #expect(found.map { $0["outcome"] } == ["pass", "pass", "pass"])
        #expect(found.allSatisfy { $0["clause"]?.string?.isEmpty == false && $0["message"]?.keys == ["zh", "en"] })
        #expect(entry["standing"] == "open")
        #expect(entry["report"]?["verdict"] == "compliant")
        #expect(entry["report"]?.finding("window") == nil, "a report is about the file")
    }

    @Test(
        "The admission names each form field that breaks a rule, with the reason",
        arguments: [
            ("title", nil, "missing"), ("title", " \u{3000}", "missing"), ("phone", nil, "missing"),
            ("phone", "12345", "phone"), ("synopsis", String(repeating: "字", count: 101), "too-long"),
            ("introduction", String(repeating: "字", count: 801), "too-long"), ("duration", "两三分钟吧", "duration-format"),
            ("duration", "3分钟", "length-contradiction"), ("duration", "2分28.9秒", "length-contradiction"),
        ] as [(String, String?, String)])
    func field(name: String, value: String?, reason: String) async throws {
        let entry = try await Self.submit(to: try TestService(), [name: value])
        let found = entry["admission"]?.elements.filter { $0["rule"] == "form" } ?? []
        #expect(found.map { $0["field"] } == [.text(name)])
        #expect(found.map { $0["reason"] } == [.text(reason)])
        #expect(found.map { $0["outcome"] } == ["fail"])
        #expect(entry["standing"] == "rejected")
        #expect(entry["report"]?["verdict"] == "compliant", "the file is as good as ever")
    }

    @Test(
        "The admission passes form values that the notice does not restrict",
        arguments: [
            ("duration", "2分29秒"), ("duration", "2:31"), ("synopsis", String(repeating: "字", count: 100)),
            ("honours", "2023 年区级一等奖"), ("category", "动画类"),
        ])
    func takes(name: String, value: String) async throws {
        let entry = try await Self.submit(to: try TestService(), [name: value])
        #expect(entry["admission"]?.elements.map { $0["outcome"] } == ["pass", "pass", "pass"])
    }

    @Test("The admission rejects a declared length that the file contradicts, until a file of that length replaces it")
    func declaredLength() async throws {
        let service = try TestService()
        let entry = try await Self.submit(to: service, ["duration": "3分20秒"])
        let found = entry["admission"]?.elements.first { $0["field"] == "duration" }
        #expect(found?["reason"] == "length-contradiction")
        #expect(found?["measured"] == "200.000 s / 150.000 s")
        #expect(entry["standing"] == "rejected")
        let uri = "/v1/entries/\(entry["id"]?.string ?? "")"
        let replaced = try await service.send(.put, "\(uri)/media", body: Clip.bytes("rotated-90.mp4")).json
        #expect(replaced["admission"]?.elements.map { $0["outcome"] } == ["pass", "pass", "pass"])
        #expect(replaced["standing"] == "open")
    }

    /// The time of the last byte, and the outcome of the rule `window`.
    static let arrivals: [(at: String, reason: String?, words: [String])] = [
        ("2024-02-26T23:59:59.999+08:00", "too-early", ["2024-02-26 23:59:59.999", "2024-02-27 00:00"]),
        ("2024-02-27T00:00:00+08:00", nil, ["2024-02-27 00:00:00"]),
        ("2024-04-23T23:59:59.999+08:00", nil, ["2024-04-23 23:59:59.999"]),
        ("2024-04-24T00:00:00+08:00", nil, ["2024-04-24 00:00:00"]),
        ("2024-04-24T00:00:00.001+08:00", "too-late", ["2024-04-24 00:00:00.001", "2024-04-23 24:00"]),
        ("2024-04-23T16:00:00.001Z", "too-late", ["2024-04-24 00:00:00.001", "2024-04-23 24:00"]),
        ("2026-11-21T09:00:00+08:00", "too-late", ["2026-11-21 09:00:00", "2024-04-23 24:00"]),
    ]

    @Test(
        "The rule `window` judges the time of the last byte, names both times and leaves the verdict alone",
        arguments: arrivals)
    func window(at: String, reason: String?, words: [String]) async throws {
        let service = try TestService(clock: try HandClock(at).clock)
        let entry = try await Self.submit(to: service)
        let found = entry["admission"]?.elements.first { $0["rule"] == "window" }
        #expect(found?["outcome"] == (reason == nil ? "pass" : "fail"))
        #expect(found?["reason"] == (reason.map { .text($0) } ?? .null))
        for word in words {
            #expect(found?["message"]?["zh"]?.string?.contains(word) == true)
            #expect(found?["message"]?["en"]?.string?.contains(word) == true)
        }
        #expect(entry["standing"] == (reason == nil ? "open" : "rejected"))
        #expect(entry["report"]?["verdict"] == "compliant")
        let uri = "/v1/entries/\(entry["id"]?.string ?? "")"
        for rule in ["originality", "content"] { #expect(try await service.sign(uri, rule).status == 201) }
        let signed = try await service.send(.get, uri).json["standing"]
        #expect(signed == (reason == nil ? "accepted" : "rejected"), "people can approve, but not make it earlier")
    }

    @Test(
        "An entry whose media arrives late is late, although its form was in time; another check does not change this")
    func lateMedia() async throws {
        let hand = try HandClock("2024-04-23T23:59:00+08:00")
        let service = try TestService(clock: hand.clock)
        let json = try JSONEncoder().encode(["fields": CompleteForm.fields])
        let created = try await service.send(
            .post, "/v1/entries?contest=xian-2024", [.contentType: "application/json"], body: Array(json))
        let uri = try #require(created.headers[.location])
        #expect(try Self.window(created)?["outcome"] == "pending")
        #expect(try created.json["standing"] == "open")
        let early = try await service.send(.put, "\(uri)/media", body: Clip.compliant)
        #expect(try Self.window(early)?["outcome"] == "pass")
        hand.advance(by: .seconds(61))
        let again = try await service.send(.post, "\(uri)/checks")
        #expect(try Self.window(again)?["outcome"] == "pass")
        #expect(try again.json["receivedAt"] == "2024-04-23T23:59:00+08:00")
        let late = try await service.send(.put, "\(uri)/media", body: Clip.compliant)
        #expect(try Self.window(late)?["reason"] == "too-late")
        #expect(try late.json["receivedAt"] == "2024-04-24T00:00:01+08:00")
        #expect(try late.json["standing"] == "rejected")
    }

    private static func window(_ answer: Answer) throws -> WireValue? {
        try answer.json["admission"]?.elements.first { $0["rule"] == "window" }
    }

    @Test("`unique-media` asks people about the later of two entries with one file, until the earlier one is gone")
    func uniqueMedia() async throws {
        let service = try TestService()
        let first = "/v1/entries/\(try await Self.submit(to: service)["id"]?.string ?? "")"
        for rule in ["originality", "content"] { _ = try await service.sign(first, rule) }
        #expect(try await unique(first, service) == ["pass", "accepted"])
        let second = "/v1/entries/\(try await Self.submit(to: service, ["title": "另一个"])["id"]?.string ?? "")"
        #expect(try await unique(first, service) == ["pass", "accepted"])
        #expect(try await unique(second, service) == ["review", "open"])
        for rule in ["originality", "content", "unique-media"] { _ = try await service.sign(second, rule) }
        #expect(try await unique(second, service) == ["review", "accepted"], "a person said whose it is")
        let third = "/v1/entries/\(try await Self.submit(to: service)["id"]?.string ?? "")"
        #expect(try await unique(third, service) == ["review", "open"])
        #expect(try await service.send(.put, "\(third)/media", body: Clip.short).status == 200)
        #expect(try await unique(third, service) == ["pass", "rejected"])
        #expect(try await service.send(.delete, first).status == 204)
        #expect(try await unique(second, service) == ["pass", "accepted"])
    }

    @Test("`unique-media` does not compare entries of two contests")
    func otherContest() async throws {
        let service = try TestService()
        let first = "/v1/entries/\(try await Self.submit(to: service)["id"]?.string ?? "")"
        let form = Form(.field("contest", "weifang-2023"), .media("a.mp4", Clip.compliant))
        #expect(try await service.send(.post, "/v1/entries", form: form).status == 201)
        #expect(try await unique(first, service) == ["pass", "open"])
    }

    /// The outcome of `unique-media` for an entry and the entry's standing, read from its own address. The list must
    /// say the same.
    private func unique(_ uri: String, _ service: TestService) async throws -> [WireValue?] {
        let entry = try await service.send(.get, uri).json
        let lines = try await service.send(.get, "/v1/entries").json["entries"]?.elements
        #expect(lines?.first { $0["id"] == entry["id"] }?["standing"] == entry["standing"], "the list says the same")
        let found = entry["admission"]?.elements.first { $0["rule"] == "unique-media" }
        return [found?["outcome"], entry["standing"]]
    }
}

@Suite("GET /v1/contests, state of the window")
struct ContestWindowTests {
    @Test(
        "`GET /v1/contests` says whether a contest takes entries now, and in how many seconds that changes",
        arguments: [
            ("2024-02-26T23:59:59.500+08:00", "not-yet-open", 1, nil),
            ("2024-02-20T00:00:00+08:00", "not-yet-open", 604_800, nil),
            ("2024-02-27T00:00:00+08:00", "open", nil, 4_924_800), ("2024-04-23T23:59:58.500+08:00", "open", nil, 1),
            ("2024-04-24T00:00:00+08:00", "open", nil, 0), ("2024-04-24T00:00:00.001+08:00", "closed", nil, nil),
        ] as [(String, String, Int?, Int?)])
    func window(at: String, state: String, untilOpen: Int?, untilClosed: Int?) async throws {
        let service = try TestService(clock: try HandClock(at).clock)
        let listed = try await service.send(.get, "/v1/contests").json["contests"]?.elements
            .first { $0["id"] == "xian-2024" }
        let single = try await service.send(.get, "/v1/contests/xian-2024").json
        for contest in [listed, single] {
            let window = contest?["windowState"]
            #expect(window?["state"] == .text(state))
            #expect(window?["isOpen"] == .bool(state == "open"))
            #expect(window?.keys == ["state", "isOpen", "secondsUntilOpen", "secondsUntilClosed"], "absent is null")
            for (key, seconds) in [("secondsUntilOpen", untilOpen), ("secondsUntilClosed", untilClosed)] {
                #expect(window?[key] ?? .null == (seconds.map { .number(Double($0)) } ?? .null))
            }
        }
    }
}

@Suite("The reports on an entry")
struct ReportHistoryTests {
    @Test("`GET /v1/entries/{id}/reports` lists every report, the newest first, and each has an address")
    func history() async throws {
        let service = try TestService()
        let entry = try await service.submit()
        let uri = "/v1/entries/\(entry["id"]?.string ?? "")"
        var reports = [entry["report"]]
        for clip in [Clip.text, Clip.compliant] {
            reports.insert(try await service.send(.put, "\(uri)/media", body: clip).json["report"], at: 0)
        }
        let list = try await service.send(.get, "\(uri)/reports").json
        #expect(list["schema"] == "clipcheck.reports/1")
        #expect(list["reports"]?.elements.map { $0["id"] } == reports.map { $0?["id"] })
        #expect(list["reports"]?.elements.map { $0["verdict"] } == ["compliant", "non-compliant", "non-compliant"])
        for report in reports {
            let id = try #require(report?["id"]?.string)
            for spelling in [id, id.uppercased()] {
                #expect(try await service.send(.get, "\(uri)/reports/\(spelling)").json == report)
            }
            let page = try await service.send(.get, "\(uri)/reports/\(id)", [.accept: "text/html"])
            #expect(page.headers[.contentType] == "text/html; charset=utf-8")
        }
    }

    @Test("A report is found under its own entry only")
    func otherEntry() async throws {
        let service = try TestService()
        let (first, second) = (try await service.submit(), try await service.submit("b.mp4"))
        let (uri, report) = ("/v1/entries/\(first["id"]?.string ?? "")", second["report"]?["id"]?.string ?? "")
        for id in [report, "x", "00000000-0000-0000-0000-000000000000"] {
            try await service.send(.get, "\(uri)/reports/\(id)").expectProblem(404, "report-unknown")
        }
        try await service.send(.get, "/v1/entries/\(UUID())/reports").expectProblem(404, "entry-unknown")
    }

    @Test("The list of reports is empty before an entry has media")
    func none() async throws {
        let service = try TestService()
        let body = Array(#"{"contest": "xian-2024"}"#.utf8)
        let created = try await service.send(.post, "/v1/entries", [.contentType: "application/json"], body: body)
        let uri = try #require(created.headers[.location])
        #expect(try await service.send(.get, "\(uri)/reports").json["reports"] == .list([]))
    }
}
