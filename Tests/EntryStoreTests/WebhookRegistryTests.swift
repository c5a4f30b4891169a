import EntryIntake
import Foundation
import TestSupport
import Testing

@testable import EntryStore

@Suite("`WebhookRegistry`")
struct WebhookRegistryTests {
    private let folder: TemporaryFolder
    private let store: EntryStore
    private let registry: WebhookRegistry

    init() throws {
        folder = try TemporaryFolder()
        store = try EntryStore(folder: folder.url.path)
        registry = try WebhookRegistry(folder: folder.url.path)
    }

    private func add(_ path: String = "") throws -> (target: WebhookTarget, secret: WebhookSecret) {
        try #require(try registry.add(url: "https://portal.example.cn/\(path)", at: .sample))
    }

    @Test("A target is listed as it was added, and a running store sees it with its secret")
    func added() async throws {
        let (target, secret) = try #require(
            try registry.add(
                url: "http://10.0.0.5/hook", contest: "sample", events: [.entryDeleted, .entryCreated],
                allowsPrivate: true, at: .sample))
        #expect(target.id.wholeMatch(of: /wh_[0-9a-f]{8}/) != nil)
        #expect(try registry.targets() == [target])
        try await store.arrive("1")
        let due = try await store.dueDeliveries(at: .sample, most: 4, beyond: []).due
        #expect(due.map(\.target) == [target])
        #expect(due.map(\.secrets) == [[secret]])
        #expect(try registry.deliveries() == due.map(\.delivery))
    }

    @Test("The secret of a target is in no file of the data folder")
    func secret() throws {
        let (_, secret) = try add()
        for name in folder.files where name != "clipcheck.keys" {
            let bytes = try Data(contentsOf: folder.url.appending(path: name))
            #expect(bytes.range(of: secret.bytes) == nil, "\(name)")
            #expect(bytes.range(of: Data(secret.text.dropFirst(6).utf8)) == nil, "\(name)")
        }
    }

    @Test("Without the key file a delivery is due with no secret, and a rotation gives it one")
    func lostKeys() async throws {
        let folder = try TemporaryFolder()
        let path = folder.path("data")
        let target = try #require(try WebhookRegistry(folder: path).add(url: "https://a.cn/", at: .sample)).target
        try FileManager.default.removeItem(atPath: folder.path("data/clipcheck.keys"))
        let store = try EntryStore(folder: path)
        try await store.arrive("1")
        #expect(try await store.dueDeliveries(at: .sample, most: 4, beyond: []).due.map(\.secrets) == [[]])
        let secret = try #require(try WebhookRegistry(folder: path).rotate(target.id, at: .sample))
        #expect(try await store.dueDeliveries(at: .sample, most: 4, beyond: []).due.map(\.secrets) == [[secret]])
    }

    @Test("A rotation lets the secrets before it sign for a day, an earlier one not longer than it may")
    func rotated() async throws {
        let (target, first) = try add()
        try await store.arrive("1")
        let second = try #require(try registry.rotate(target.id, at: .sample))
        let noon = Moment.sample.advanced(by: .seconds(43_200))
        let third = try #require(try registry.rotate(target.id, at: noon))
        for (seconds, secrets) in [
            (43_200, [third, second, first]), (86_399, [third, second, first]), (86_400, [third, second]),
            (129_600, [third]),
        ] {
            let moment = Moment.sample.advanced(by: .seconds(seconds))
            let due = try await store.dueDeliveries(at: moment, most: 4, beyond: []).due
            #expect(due.map(\.secrets) == [secrets], "after \(seconds) s")
        }
        #expect(try registry.rotate("wh_00000000") == nil)
    }

    @Test("A removed target takes its deliveries along, and gets none any more")
    func removed() async throws {
        let (gone, kept) = (try add("a").target, try add("b").target)
        try await store.arrive("1")
        #expect(try registry.deliveries().count == 2)
        #expect(try registry.remove(gone.id))
        #expect(try registry.remove(gone.id) == false)
        try await store.arrive("2")
        #expect(try registry.deliveries().map(\.target) == [kept.id, kept.id])
        #expect(try registry.targets() == [kept])
    }

    @Test("A delivery is sent again in every state; an unknown one is not")
    func retried() async throws {
        _ = try add()
        for id in ["1", "2", "3"] { try await store.arrive(id) }
        let due = try await store.dueDeliveries(at: .sample, most: 4, beyond: []).due.map(\.delivery.id)
        try await store.record(
            zip(due, [WebhookDelivery.State.delivered, .dead, .waiting]).map { id, state in
                WebhookResult(
                    delivery: id, state: state, attempts: 9, dueMilliseconds: Moment.sample.milliseconds + 9_000,
                    status: 500, failure: nil)
            }, at: .sample)
        #expect(try registry.deliveries(.dead).map(\.id) == [due[1]])
        #expect(try registry.retryAllDead(at: .sample) == 1)
        for id in due { #expect(try registry.retry(id, at: .sample) == .waiting) }
        let again = try await store.dueDeliveries(at: .sample, most: 4, beyond: []).due
        #expect(Set(again.map(\.delivery.id)) == Set(due))
        #expect(again.allSatisfy { $0.delivery.attempts == 0 })
        #expect(try registry.retry("msg_0") == .unknown)
    }

    @Test("A folder has 16 targets at most")
    func most() throws {
        for number in 1...16 { _ = try add("\(number)") }
        #expect(try registry.add(url: "https://portal.example.cn/") == nil)
        #expect(try registry.targets().count == 16)
    }

    @Test("The list has the newest deliveries, as many as are asked for")
    func list() async throws {
        _ = try add()
        for id in ["1", "2", "3"] { try await store.arrive(id) }
        #expect(try registry.deliveries(most: 2).map(\.entry) == ["3", "2"])
        #expect(try registry.deliveries(.waiting, most: 10).count == 3)
        #expect(try registry.deliveries(.dead) == [])
    }
}
