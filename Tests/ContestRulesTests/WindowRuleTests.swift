import MediaFacts
import TestSupport
import Testing

@testable import ContestRules

@Suite("window")
struct WindowRuleTests {
    private static let cup = Contest.admitting(
        WindowRule(), window: ("2019-07-10T00:00+08:00", "2019-08-11T17:00+08:00"))
    private static let endOfDay = Contest.admitting(
        WindowRule(), window: ("2024-02-27T00:00+08:00", "2024-04-23T24:00+08:00"))
    private static let opens: Int64 = 1_562_688_000_000  // 2019-07-10 00:00 in Beijing
    private static let closes: Int64 = 1_565_514_000_000  // 2019-08-11 17:00 in Beijing
    private static let midnight: Int64 = 1_713_888_000_000  // 2024-04-24 00:00 in Beijing

    private static func judge(_ milliseconds: Int64?, _ contest: Contest) throws -> Judgement {
        let submission = Submission(receivedMilliseconds: milliseconds, hasMedia: milliseconds != nil)
        let judgements = WindowRule().judge(submission, in: contest)
        #expect(judgements.count == 1)
        return try #require(judgements.first)
    }

    @Test(
        "includes both ends to the millisecond",
        arguments: [
            (opens - 1, .fail, "too-early"), (opens, .pass, nil), (opens + 1, .pass, nil), (closes - 1, .pass, nil),
            (closes, .pass, nil), (closes + 1, .fail, "too-late"), (closes + 999, .fail, "too-late"),
            (closes + 1000, .fail, "too-late"), (opens - 1000, .fail, "too-early"), (0, .fail, "too-early"),
            (-1, .fail, "too-early"), (1_800_000_000_000, .fail, "too-late"),
        ] as [(Int64, Finding.Outcome, String?)])
    func ends(milliseconds: Int64, outcome: Finding.Outcome, reason: String?) throws {
        let judgement = try Self.judge(milliseconds, Self.cup)
        judgement.expect(outcome, reason)
        #expect(judgement.required == "2019-07-10T00:00+08:00–2019-08-11T17:00+08:00")
    }

    @Test("ends at 24:00 with its day, and says both times as the notice writes them")
    func endOfDay() throws {
        try Self.judge(Self.midnight, Self.endOfDay).expect(.pass, zh: ["2024-04-24 00:00:00（北京时间）"])
        try Self.judge(Self.midnight - 1, Self.endOfDay).expect(.pass, zh: ["2024-04-23 23:59:59.999（北京时间）"])
        let late = try Self.judge(Self.midnight + 1, Self.endOfDay)
        late.expect(
            .fail, "too-late", zh: ["2024-04-24 00:00:00.001", "截止时间 2024-04-23 24:00（北京时间）", "联系主办方"],
            en: ["2024-04-24 00:00:00.001", "closing time 2024-04-23 24:00 (Beijing time)", "Ask the organiser"])
        #expect(late.measured == "2024-04-24T00:00:00.001+08:00")
    }

    @Test("says how early it is")
    func early() throws {
        let early = try Self.judge(Self.opens - 60_000, Self.cup)
        early.expect(
            .fail, "too-early", zh: ["2019-07-09 23:59:00", "开始时间 2019-07-10 00:00（北京时间）", "重新提交"],
            en: ["2019-07-09 23:59:00", "opening time 2019-07-10 00:00 (Beijing time)"])
        #expect(early.measured == "2019-07-09T23:59:00+08:00")
    }

    @Test(
        "writes times in the zone of the notice",
        arguments: [
            ("2026-01-01T12:00Z", "2026-01-01 12:00:00.500", "UTC"),
            ("2026-01-01T12:00+00:00", "2026-01-01 12:00:00.500", "UTC+00:00"),
            ("2026-01-01T12:00-03:30", "2026-01-01 12:00:00.500", "UTC-03:30"),
            ("2026-01-01T12:00+08:00", "2026-01-01 12:00:00.500", "北京时间"),
        ])
    func zones(closes: String, arrival: String, zone: String) throws {
        let contest = Contest.admitting(WindowRule(), window: ("2025-01-01T00:00Z", closes))
        let end = try #require(ContestTime(closes)).secondsSinceEpoch * 1000
        try Self.judge(end + 500, contest).expect(.fail, "too-late", zh: [arrival, "2026-01-01 12:00（\(zone)）"])
    }

    @Test("waits for the media, and is not judged without a window")
    func missing() throws {
        try Self.judge(nil, Self.cup).expect(.pending, "no-media")
        try Self.judge(Self.closes, .admitting(WindowRule(), window: nil)).expect(.undetermined, "no-window")
    }

    @Test("judges absurd times without trapping")
    func absurd() async {
        await #expect(processExitsWith: .success) {
            let contest = Contest.admitting(WindowRule())
            for milliseconds in [Int64.min, .min + 1, -1, .max - 1, .max] {
                let judgements = WindowRule().judge(Submission(receivedMilliseconds: milliseconds), in: contest)
                #expect(judgements.map(\.outcome) == [.fail])
            }
        }
    }

    @Test(
        "knows whether it is open, and for how long",
        arguments: [
            (opens - 1, .notYetOpen(seconds: 1)), (opens - 1000, .notYetOpen(seconds: 1)),
            (opens - 1001, .notYetOpen(seconds: 2)), (opens, .open(seconds: 2_826_000)),
            (opens + 1, .open(seconds: 2_825_999)), (closes - 1000, .open(seconds: 1)),
            (closes - 999, .open(seconds: 0)),
            (closes - 1, .open(seconds: 0)), (closes, .open(seconds: 0)), (closes + 1, .closed), (.max, .closed),
            (-1, .notYetOpen(seconds: 1_562_688_001)), (.min, .notYetOpen(seconds: 9_223_373_599_542_776)),
        ] as [(Int64, Contest.WindowState)])
    func state(milliseconds: Int64, state: Contest.WindowState) throws {
        #expect(try #require(Self.cup.window).state(at: milliseconds) == state)
    }

    @Test("is in time whenever it is open, and only then", arguments: 1...10)
    func agreement(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let window = try #require(Self.cup.window)
        for _ in 0..<200 {
            let end = Bool.random(using: &random) ? Self.opens : Self.closes
            let moment = end + Int64.random(in: -2000...2000, using: &random)
            let isOpen = if case .open = window.state(at: moment) { true } else { false }
            #expect(isOpen == (Self.opens...Self.closes).contains(moment))
            #expect(try Self.judge(moment, Self.cup).outcome == (isOpen ? .pass : .fail))
        }
    }
}
