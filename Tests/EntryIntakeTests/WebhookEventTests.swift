import ContestRules
import MediaFacts
import TestSupport
import Testing

@testable import EntryIntake

@Suite("The webhook events of a change")
struct WebhookEventTests {
    /// A change of an entry, by the reports before and after it.
    struct Case: Sendable, CustomTestStringConvertible {
        var testDescription: String
        /// The entry before; nil for none.
        var before: Shown?
        /// The entry after.
        var after: Shown
        var change: Change = .other
        var events: [WebhookEvent]
    }

    /// What an entry shows: no report, or one of two complete ones, or a pending one.
    enum Shown: Sendable { case noReport, first, second, pending }
    enum Change: Sendable { case signed, deleted, other }

    @Test(
        "`EntryChange.webhookEvents(before:after:)` tells of arrivals, complete reports, answers and deletions",
        arguments: [
            Case(testDescription: "a form without media arrives", after: .noReport, events: [.entryCreated]),
            Case(
                testDescription: "a work arrives with its report", after: .first,
                events: [.entryCreated, .reportCompleted]),
            Case(testDescription: "a work arrives and is looked at later", after: .pending, events: [.entryCreated]),
            Case(testDescription: "the first check ends", before: .noReport, after: .first, events: [.reportCompleted]),
            Case(
                testDescription: "the content check ends", before: .pending, after: .first, events: [.reportCompleted]),
            Case(testDescription: "a check is pending again", before: .first, after: .pending, events: []),
            Case(
                testDescription: "other media has its report", before: .first, after: .second,
                events: [.reportCompleted]),
            Case(testDescription: "other media waits for its report", before: .first, after: .noReport, events: []),
            Case(testDescription: "a correction keeps the report", before: .first, after: .first, events: []),
            Case(
                testDescription: "a person answers", before: .first, after: .first, change: .signed,
                events: [.entrySignedOff]),
            Case(
                testDescription: "the entry is withdrawn", before: .first, after: .first, change: .deleted,
                events: [.entryDeleted]),
        ])
    func events(sample: Case) throws {
        let event: EntryChange.Event =
            switch sample.change {
            case .signed: .signed(.init(rule: "originality"), .approved, who: "李", why: "")
            case .deleted: .deleted
            case .other: .corrected([:])
            }
        let change = EntryChange(entry: "1", at: Self.moment, event)
        #expect(
            change.webhookEvents(before: try sample.before.map(Self.entry), after: try Self.entry(sample.after))
                == sample.events)
    }

    @Test(
        "`WebhookTarget.takes(_:ofContest:)` asks for the event, the contest, and that the target is not disabled",
        arguments: [
            ("a", WebhookEvent.entryCreated, nil, true), ("b", .entryCreated, nil, false),
            ("a", .entryDeleted, nil, false),
            ("a", .entryCreated, "2026-11-21T09:00:00+08:00", false),
        ] as [(String, WebhookEvent, String?, Bool)])
    func taken(contest: String, event: WebhookEvent, disabledAt: String?, expected: Bool) {
        let target = WebhookTarget(
            id: "wh_1", url: "https://a.cn", contest: "a", events: [.entryCreated], createdAt: "",
            disabledAt: disabledAt)
        #expect(target.takes(event, ofContest: contest) == expected)
        let every = WebhookTarget(id: "wh_1", url: "https://a.cn", createdAt: "")
        #expect(every.takes(event, ofContest: contest))
    }

    @Test("A delivery names no report while one is pending")
    func pending() throws {
        let delivery = WebhookDelivery(
            id: "msg_1", target: "wh_1", .entryCreated, of: try Self.entry(.pending),
            by: EntryChange(entry: "1", at: Self.moment, .corrected([:])))
        #expect(delivery.report == nil && delivery.verdict == nil && delivery.standing == .open)
    }

    @Test("`WakeUp` keeps a ring from before the wait, and ends the wait of a cancelled task")
    func wakeUp() async {
        let bell = WakeUp()
        bell.ring()
        bell.ring()
        await bell.wait(atMost: .seconds(600))
        let waiting = Task { await bell.wait(atMost: .seconds(600)) }
        waiting.cancel()
        await waiting.value
        await bell.wait(atMost: .milliseconds(1))
    }

    private static let moment = Moment(milliseconds: 0, text: "1970-01-01T00:00:00+00:00")

    private static func entry(_ shown: Shown) throws -> Entry {
        let media = MediaReference(filename: "作品.mp4", bytes: 1, sha256: nil)
        func report(_ id: String, _ contest: Contest) -> Report {
            Report(
                id: id, createdAt: moment.text, contest: contest, media: media, outcome: .facts(.sample()),
                tool: ToolVersions(clipcheck: "0.1.0", ffmpeg: [:]))
        }
        return Entry(
            id: "1", createdAt: moment.text, contest: "sample", fields: [:], media: media,
            report: try {
                switch shown {
                case .noReport: nil
                case .first: report("r1", try .sample())
                case .second: report("r2", try .sample())
                case .pending: report("r3", try .content()).awaitingCloserLook
                }
            }())
    }
}
