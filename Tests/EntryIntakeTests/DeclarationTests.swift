import ContestRules
import Foundation
import MediaFacts
import TestSupport
import Testing

@testable import EntryIntake

@Suite("The intake and what works declare", .timeLimit(.minutes(5)))
struct DeclarationTests {
    private let keeper: KeeperDouble

    init() throws { keeper = try KeeperDouble() }

    /// A contest whose short films last a minute at most; the sample facts last 150 seconds.
    private static func contest() throws -> Contest {
        try ContestFile.load(
            """
            schema: clipcheck.contest/2
            id: two-kinds
            revision: 1
            name: {zh: 两类, en: Two kinds}
            source: {document: 通知, issued: 2024-02-27}
            general: none
            categories: [短视频, 微电影]
            rules:
              - {id: short, kind: duration, level: required, clause: 短视频 60 秒以内, for: [短视频], max: 60s}
              - {id: film, kind: duration, level: required, clause: 微电影 10 分钟以内, for: [微电影], max: 10m}
            """, file: "two.yaml")
    }

    private func intake(_ prober: ProbeDouble = ProbeDouble()) throws -> Intake {
        Intake(
            contests: ContestCatalogue([try Self.contest()]),
            inspector: Inspector(prober: prober, running: 2, waiting: 10, clock: .stopped), keeper: keeper,
            vault: keeper, clock: .stopped)
    }

    @Test(
        "`Intake.submit` judges by the category of the form and stores it unprotected",
        arguments: [
            ("微电影", Verdict.compliant, ["readable", "film"]), ("短视频", .nonCompliant, ["readable", "short"]),
            ("纪录片", .needsReview, ["readable", "short", "film"]), ("", .needsReview, ["readable", "short", "film"]),
        ])
    func submit(category: String, verdict: Verdict, rules: [String]) async throws {
        let entry = try await intake().submit(
            contest: "two-kinds", fields: ["category": category], media: keeper.staged([1]), named: "a.mp4"
        ).entry
        #expect(entry.report?.verdict == verdict)
        #expect(entry.report?.findings.map(\.rule) == rules)
        #expect(entry.fields == ["category": category])
    }

    @Test("`Intake.correct` judges the media anew when the category changes, and keeps the report when it does not")
    func correct() async throws {
        let prober = ProbeDouble()
        let intake = try intake(prober)
        let first = try await intake.submit(
            contest: "two-kinds", fields: ["category": "短视频"], media: keeper.staged([1]), named: "a.mp4"
        ).entry
        #expect(first.standing == .rejected)
        let same = try await intake.correct(["category": "短视频", "title": "甲"], ofEntry: first.id).entry
        #expect(same.report == first.report)
        #expect(prober.questions.count == 1)
        let film = try await intake.correct(["category": "微电影"], ofEntry: first.id).entry
        #expect(film.report?.verdict == .compliant)
        #expect(film.report?.scope == Declaration(category: "微电影", source: .form))
        #expect(film.standing == .accepted)
        #expect(prober.questions.count == 2)
        #expect(keeper.reports.count == 2)
    }

    @Test("an entry whose category changes has no report until its media can be judged anew")
    func correctWithoutReader() async throws {
        let first = try await intake().submit(
            contest: "two-kinds", fields: ["category": "微电影"], media: keeper.staged([1]), named: "a.mp4"
        ).entry
        #expect(first.standing == .accepted)
        let later = try await intake(ProbeDouble(.error(.noWorker))).correct(
            ["category": "短视频"], ofEntry: first.id
        ).entry
        #expect(later.report == nil && later.standing == .open)
        try await intake().completeReport(of: first.id)
        #expect(try await intake().entry(first.id).standing == .rejected)
    }

    @Test("`Intake.check` takes the category from the request before that of the form")
    func check() async throws {
        let intake = try intake()
        let ofForm = try await intake.check(
            keeper.staged([1]), named: nil, contest: "two-kinds", fields: ["category": "短视频"])
        #expect(ofForm.verdict == .nonCompliant)
        let ofRequest = try await intake.check(
            keeper.staged([1]), named: nil, contest: "two-kinds", fields: ["category": "短视频"], category: "微电影")
        #expect(ofRequest.verdict == .compliant)
        #expect(ofRequest.scope == Declaration(category: "微电影", source: .request))
    }

    @Test("`Intake.recheck` makes no new report while media, rules and category stay")
    func recheck() async throws {
        let prober = ProbeDouble()
        let intake = try intake(prober)
        let entry = try await intake.submit(
            contest: "two-kinds", fields: ["category": "微电影"], media: keeper.staged([1]), named: "a.mp4"
        ).entry
        #expect(try await intake.recheck(entry: entry.id).entry.report == entry.report)
        #expect(prober.questions.count == 1)
    }
}
