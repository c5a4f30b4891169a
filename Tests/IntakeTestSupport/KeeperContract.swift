import ContestRules
public import EntryIntake
import MediaFacts
import TestSupport
public import Testing

/// The behaviour of every `EntryKeeping`, of the store as well as of a double. A test target runs each case on its own
/// keeper.
public enum KeeperContract: String, CaseIterable, Sendable {
    case arrivals = "An arrival returns the entry that `entry(_:)` finds later, with its contest and owner"
    case unknownEntries = "A change of an entry that never existed throws `.entryUnknown`"
    case places = "A second arrival from the same place changes the existing entry"
    case media = "New media replaces the media, the report and the version of the entry"
    case deletions = "A deleted entry is not found, is known as deleted, and throws `.entryDeleted` on a change"
    case keptAnswers = "A stored answer is the entry after its request; each principal has its own answers"
    case reusedKeys = "A key that was used with other content throws `.keyReused`"
    case histories = "Reports are listed newest first, and belong to their entry only"
    case waitingEntries = "`entriesAwaitingReport` finds at most ten entries with media and no report"
    case signOffs = "An answer to an unknown item throws `.itemUnknown` and changes nothing"
    case checks = "A pending report opens a content check, and a completed report ends it"

    /// Runs the case on an empty keeper.
    public func run(on keeper: any EntryKeeping, receivingIn vault: any MediaVault) async throws {
        let sample = KeeperSample(keeper: keeper, vault: vault)
        switch self {
        case .arrivals: try await Self.arrivals(sample)
        case .unknownEntries: try await Self.unknownEntries(sample)
        case .places: try await Self.places(sample)
        case .media: try await Self.media(sample)
        case .deletions: try await Self.deletions(sample)
        case .keptAnswers: try await Self.keptAnswers(sample)
        case .reusedKeys: try await Self.reusedKeys(sample)
        case .histories: try await Self.histories(sample)
        case .waitingEntries: try await Self.waitingEntries(sample)
        case .signOffs: try await Self.signOffs(sample)
        case .checks: try await Self.checks(sample)
        }
    }

    private static func arrivals(_ sample: KeeperSample) async throws {
        let entry = try await sample.arrive("a", owner: "portal")
        #expect(try await sample.keeper.entry(entry.id) == entry)
        #expect(entry.media?.bytes == 1 && entry.report != nil && entry.standing == .open)
        #expect(try await sample.keeper.holder(of: entry.id) == EntryHolder(contest: "sample", owner: "portal"))
        #expect(try await sample.keeper.entry("nothing") == nil)
        #expect(try await sample.keeper.holder(of: "nothing") == nil)
        #expect(try await sample.keeper.isDeleted(entry.id) == false)
    }

    private static func unknownEntries(_ sample: KeeperSample) async throws {
        let media = try await sample.media("b")
        for event in [EntryChange.Event.deleted, .corrected([:]), .mediaReplaced(media), .checked(try sample.report())]
        {
            await #expect(throws: IntakeError.entryUnknown) { try await sample.apply(event, to: "nothing") }
        }
        #expect(try await sample.keeper.isDeleted("nothing") == false)
    }

    private static func places(_ sample: KeeperSample) async throws {
        let first = try await sample.arrive("a", from: "/videos/1.mp4")
        let other = try await sample.arrive("b", from: "/videos/2.mp4")
        let again = try await sample.arrive("c", from: "/videos/1.mp4")
        #expect(again.id == first.id && other.id != first.id)
        #expect(again.media?.sha256 != first.media?.sha256)
        #expect(try await sample.keeper.entry(from: "/videos/1.mp4", inContest: "sample") == again)
        #expect(try await sample.keeper.entry(from: "/videos/1.mp4", inContest: "other") == nil)
    }

    private static func media(_ sample: KeeperSample) async throws {
        let before = try await sample.arrive("a")
        let after = try await sample.apply(.mediaReplaced(try await sample.media("bb")), to: before.id)
        #expect(after.media?.bytes == 2)
        #expect(after.report?.id != before.report?.id && after.report != nil)
        #expect(after.version > before.version)
        #expect(after.createdAt == before.createdAt)
        #expect(try await sample.keeper.entry(before.id) == after)
    }

    private static func deletions(_ sample: KeeperSample) async throws {
        let entry = try await sample.arrive("a")
        #expect(try await sample.apply(.deleted, to: entry.id).id == entry.id)
        #expect(try await sample.keeper.entry(entry.id) == nil)
        #expect(try await sample.keeper.holder(of: entry.id) == nil)
        #expect(try await sample.keeper.isDeleted(entry.id))
        for event in [EntryChange.Event.deleted, .corrected([:]), .checked(try sample.report())] {
            await #expect(throws: IntakeError.entryDeleted) { try await sample.apply(event, to: entry.id) }
        }
    }

    private static func keptAnswers(_ sample: KeeperSample) async throws {
        let request = IdempotentRequest(principal: "portal", key: "k", content: [1, 2])
        #expect(try await sample.keeper.answer(to: request) == nil)
        let entry = try await sample.arrive("a", request: request)
        _ = try await sample.apply(.mediaReplaced(try await sample.media("bb")), to: entry.id)
        guard case .entry(let kept)? = try await sample.keeper.answer(to: request) else {
            Issue.record("the answer is not stored")
            return
        }
        #expect(kept.id == entry.id && kept.media == entry.media && kept.report?.id == entry.report?.id)
        let other = IdempotentRequest(principal: "another", key: "k", content: [1, 2])
        #expect(try await sample.keeper.answer(to: other) == nil)
    }

    private static func reusedKeys(_ sample: KeeperSample) async throws {
        _ = try await sample.arrive("a", request: IdempotentRequest(principal: "", key: "k", content: [1]))
        await #expect(throws: IntakeError.keyReused) {
            try await sample.keeper.answer(to: IdempotentRequest(principal: "", key: "k", content: [2]))
        }
    }

    private static func histories(_ sample: KeeperSample) async throws {
        let entry = try await sample.arrive("a")
        let newer = try sample.report(of: entry.media)
        _ = try await sample.apply(.checked(newer), to: entry.id)
        let other = try await sample.arrive("b")
        let page = try await sample.keeper.reports(of: entry.id, limit: 10, cursor: nil)
        #expect(page.reports.map(\.id) == [newer.id, try #require(entry.report).id])
        #expect(try await sample.keeper.reports(of: entry.id, limit: 1, cursor: nil).reports.map(\.id) == [newer.id])
        #expect(try await sample.keeper.report(newer.id, ofEntry: entry.id)?.id == newer.id)
        #expect(try await sample.keeper.report(newer.id, ofEntry: other.id) == nil)
        #expect(try await sample.keeper.reports(of: "nothing", limit: 10, cursor: nil).reports.isEmpty)
    }

    private static func waitingEntries(_ sample: KeeperSample) async throws {
        let waiting = try await sample.arrive("a", hasReport: false)
        let other = try await sample.arrive("b", hasReport: false)
        _ = try await sample.arrive("c")
        #expect(try await Set(sample.keeper.entriesAwaitingReport(beyond: [])) == [waiting.id, other.id])
        #expect(try await sample.keeper.entriesAwaitingReport(beyond: [waiting.id]) == [other.id])
        _ = try await sample.apply(.checked(try sample.report(of: other.media)), to: other.id)
        #expect(try await sample.keeper.entriesAwaitingReport(beyond: [waiting.id]) == [])
        for _ in 0..<11 { _ = try await sample.arrive("a", hasReport: false) }
        #expect(try await sample.keeper.entriesAwaitingReport(beyond: []).count == 10)
        #expect(try await sample.keeper.entriesAwaitingReport(beyond: [waiting.id]).count == 10)
    }

    private static func signOffs(_ sample: KeeperSample) async throws {
        let entry = try await sample.arrive("a")
        let sign = { (rule: String) async throws -> Entry in
            try await sample.apply(
                .signed(.init(rule: rule, field: nil), .approved, who: "李", why: ""), to: entry.id)
        }
        await #expect(throws: IntakeError.itemUnknown) { try await sign("nothing") }
        #expect(try await sample.keeper.entry(entry.id) == entry)
        let signed = try await sign("originality")
        #expect(signed.signOffs.map(\.item.rule) == ["originality"] && signed.standing == .accepted)
        #expect(try await sample.keeper.entry(entry.id) == signed)
    }

    private static func checks(_ sample: KeeperSample) async throws {
        let entry = try await sample.arrive("a")
        let pending = try sample.report(of: entry.media, isPending: true)
        _ = try await sample.apply(.checked(pending), to: entry.id)
        let check = try #require(try await sample.keeper.nextCheck(beyond: []))
        #expect(check.id == pending.id && check.entry == entry.id && check.state == .waiting)
        try await sample.keeper.setAttempts(2, ofCheck: check.id)
        #expect(try await sample.keeper.check(check.id, ofEntry: entry.id)?.attempts == 2)
        #expect(try await sample.keeper.nextCheck(beyond: [check.id]) == nil)
        let whole = try sample.report(of: entry.media)
        _ = try await sample.apply(.completed(check: check.id, whole, showing: []), to: entry.id)
        #expect(try await sample.keeper.check(check.id, ofEntry: entry.id)?.state == .done)
        #expect(try await sample.keeper.nextCheck(beyond: []) == nil)
        await #expect(throws: IntakeError.checkUnknown) {
            try await sample.apply(.completed(check: check.id, whole, showing: []), to: entry.id)
        }
    }
}

extension KeeperContract: CustomTestStringConvertible {
    /// The raw value, a sentence about the keeper.
    public var testDescription: String { rawValue }
}
