import ContestRules
import EntryIntake
import Foundation
import MediaFacts
import TestSupport
import Testing

@testable import EntryStore

extension EntryStore {
    /// Adds a target with the address `https://a.cn/NAME`.
    func addTarget(
        _ name: String, contest: String? = nil, events: Set<WebhookEvent> = Set(WebhookEvent.allCases)
    ) throws {
        let added = try WebhookRegistry(of: self).add(
            url: "https://a.cn/\(name)", contest: contest, events: events, at: .sample)
        try #require(added != nil)
    }

    /// Every delivery that is due at `moment`, with its target, as `event entry name`.
    func due(at moment: Moment = .sample) async throws -> [String] {
        try await dueDeliveries(at: moment, most: 1000, beyond: []).due
            .map { "\($0.delivery.event.rawValue) \($0.delivery.entry) \($0.target.url.dropFirst(13))" }
    }
}

@Suite("Webhook deliveries in the store")
struct WebhookStoreTests {
    private let test: StoreInMemory
    private var store: EntryStore { test.store }

    init() throws { test = try StoreInMemory() }

    @Test("Each change makes one delivery for each event and each target that takes it, the oldest first")
    func changes() async throws {
        try store.addTarget("wh_all")
        try store.addTarget("wh_other", contest: "other")
        try store.addTarget("wh_deleted", events: [.entryDeleted])
        let entry = try await store.arrive("1", ["title": "守信"], [1])
        try await store.sign("1")
        try await store.correct("1", ["title": "守诺"])
        #expect(try await store.delete("1"))
        #expect(
            try await store.due() == [
                "entry.created 1 wh_all", "report.completed 1 wh_all", "entry.signed-off 1 wh_all",
                "entry.deleted 1 wh_all", "entry.deleted 1 wh_deleted",
            ])
        let due = try await store.dueDeliveries(at: .sample, most: 10, beyond: []).due.map(\.delivery)
        #expect(due[0].report == entry.report?.id && due[0].verdict == .compliant && due[0].standing == .open)
        #expect(due[2].standing == .accepted && due[2].version == 2)
        #expect(due[3].report == nil && due[3].standing == nil && due[3].verdict == nil && due[3].version == 4)
        #expect(due.allSatisfy { $0.id.wholeMatch(of: /msg_[0-9a-f]{32}/) != nil })
        #expect(Set(due.map(\.id)).count == 5 && due.allSatisfy { $0.occurredAt == Moment.sample.text })
    }

    @Test("A delivery keeps the `traceparent` of its change, and the gauge counts it until it is made")
    func trace() async throws {
        try store.addTarget("wh_1")
        try await store.arrive("1", ["title": "守信"], [1])
        let parent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
        _ = try await store.apply(EntryChange(entry: "1", at: .sample, .deleted, traceparent: parent))
        let due = try await store.dueDeliveries(at: .sample, most: 10, beyond: []).due.map(\.delivery)
        #expect(due.map(\.traceparent) == [nil, nil, parent])
        #expect(try await store.storeCounts().waitingDeliveries == 3)
        try await store.record(
            due.dropFirst().map { delivery in
                WebhookResult(
                    delivery: delivery.id, state: .delivered, attempts: 1, dueMilliseconds: 0, status: 200,
                    failure: nil)
            }, at: .sample)
        #expect(try await store.storeCounts().waitingDeliveries == 1)
    }

    @Test("A change that fails leaves no delivery")
    func rollback() async throws {
        try store.addTarget("wh_1")
        let entry = try await store.arrive("1", ["title": "守信"], [1])
        let before = try await store.due()
        var report = try Report.sample(of: try #require(entry.media), verdict: .nonCompliant)
        report.id = try #require(entry.report?.id)
        await expect(.storageFailed) { try await store.add(report, toEntry: "1") }
        await expect(.itemUnknown) { try await store.sign("1", "no-such-item") }
        await expect(.entryUnknown) { try await store.apply(EntryChange(entry: "2", at: .sample, .deleted)) }
        #expect(try await store.due() == before)
    }

    @Test("A delivery that cannot be written undoes its change")
    func failingDelivery() async throws {
        let folder = try TemporaryFolder()
        let store = try EntryStore(folder: folder.url.path)
        try store.addTarget("wh_1")
        try SecondPath.run(
            "CREATE TRIGGER full BEFORE INSERT ON webhookDelivery BEGIN SELECT RAISE(ABORT, 'full'); END",
            inFolder: folder.url.path)
        await expect(.storageFailed) { try await store.arrive("1", ["title": "守信"], [1]) }
        #expect(try await store.entry("1") == nil)
        #expect(folder.kept == [])
    }

    @Test("The bell rings after a change that made deliveries, and after no other")
    func bell() async throws {
        try await store.arrive("1")
        #expect(await rings() == false)
        try store.addTarget("wh_1")
        try await store.arrive("2")
        #expect(await rings())
        try await store.correct("2", ["title": "守诺"])
        #expect(await rings() == false)
        #expect(try await store.delete("1"))
        #expect(await rings())
    }

    /// Whether the bell rang: a wait that is not woken lasts for the whole time.
    private func rings() async -> Bool {
        let time = await ContinuousClock().measure { await store.deliveryBell.wait(atMost: .milliseconds(300)) }
        return time < .milliseconds(250)
    }

    @Test("A delivery whose attempt failed is due at its new time, and running ones are left out")
    func due() async throws {
        try store.addTarget("wh_1")
        for id in ["1", "2", "3"] { try await store.arrive(id) }
        let ids = try await store.dueDeliveries(at: .sample, most: 10, beyond: []).due.map(\.delivery.id)
        let later = Moment.sample.advanced(by: .seconds(5))
        try await store.record(
            [
                WebhookResult(
                    delivery: ids[0], state: .waiting, attempts: 1, dueMilliseconds: later.milliseconds, status: 500,
                    failure: .refusedByTarget)
            ], at: .sample)
        let answer = try await store.dueDeliveries(at: .sample, most: 1, beyond: [ids[1]])
        #expect(answer.due.map(\.delivery.id) == [ids[2]])
        #expect(answer.nextMilliseconds == later.milliseconds)
        let due = try await store.dueDeliveries(at: later, most: 10, beyond: [])
        #expect(Set(due.due.map(\.delivery.id)) == Set(ids) && due.nextMilliseconds == nil)
        let first = try #require(due.due.first { $0.delivery.id == ids[0] }).delivery
        #expect(first.attempts == 1 && first.lastStatus == 500 && first.lastFailure == .refusedByTarget)
    }

    @Test("Tidying removes deliveries a week after they were made and dead ones after 30 days, and none that waits")
    func tidying() async throws {
        try store.addTarget("wh_1")
        for id in ["1", "2", "3"] { try await store.arrive(id) }
        let due = try await store.dueDeliveries(at: .sample, most: 10, beyond: []).due.map(\.delivery.id)
        let results = zip(due, [WebhookDelivery.State.delivered, .dead]).map { id, state in
            WebhookResult(
                delivery: id, state: state, attempts: 1, dueMilliseconds: Moment.sample.milliseconds, status: nil,
                failure: nil)
        }
        try await store.record(results, at: .sample)
        for (days, left) in [(7, 3), (8, 2), (30, 2), (31, 1), (365, 1)] {
            try await store.tidy(at: .sample.advanced(by: .seconds(days * 86_400)))
            #expect(try WebhookRegistry(of: store).deliveries().count == left, "after \(days) days")
        }
    }

    @Test("A row holds nothing of the form and no file name")
    func nothingPersonal() async throws {
        try store.addTarget("wh_1")
        try await store.arrive("1", ["title": "守信", "phone": "13800138000"], [1], named: "王小明.mp4", owner: "portal")
        let rows = try SecondPath.run("SELECT * FROM webhookDelivery", onWriterOf: store).joined()
        for text in ["守信", "13800138000", "王小明", "portal"] { #expect(!rows.contains(text)) }
        #expect(rows.contains("report.completed"))
    }
}
