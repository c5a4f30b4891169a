import EntryIntake
import EntryStore
import Foundation
import TestSupport
import Testing

@testable import WebhookDelivery

@Suite("`DeliveryService` and targets that mean harm", .timeLimit(.minutes(5)))
struct HostileTargetTests {
    @Test("A target that does not answer times out, and the attempt counts as failed")
    func silent() async throws {
        let receiver = try HTTPReceiver { _, _ in .silence }
        let rig = try DeliveryRig(timeout: .milliseconds(300))
        try rig.add(receiver.url())
        try await rig.arrive(["e1"])
        let time = await ContinuousClock().measure { await rig.deliver() }
        #expect(time < .seconds(30))
        #expect(try rig.delivery().lastFailure == .timedOut)
        #expect(try rig.delivery().lastStatus == nil)
        try await eventually { receiver.openConnections == 0 }
    }

    @Test("A target that does not answer holds four connections at most, and does not hold up another target")
    func hanging() async throws {
        let (silent, other) = (try HTTPReceiver { _, _ in .silence }, try HTTPReceiver())
        let rig = try DeliveryRig(timeout: .seconds(120))
        for receiver in [silent, other] { try rig.add(receiver.url()) }
        try await rig.arrive((1...40).map { "e\($0)" })
        try await rig.withRunningService {
            try await eventually {
                try rig.registry.deliveries(.delivered).count == 40 && silent.openConnections == 4
            }
        }
        #expect(Set(other.requests.map { $0.headers["webhook-id"] }).count == 40)
        #expect(other.requests.count == 40 && silent.requests.count == 4)
    }

    @Test("A shutdown cuts attempts without an answer off; their rows wait, with no attempt counted")
    func shutdown() async throws {
        let receiver = try HTTPReceiver { _, _ in .silence }
        let rig = try DeliveryRig(timeout: .seconds(120))
        try rig.add(receiver.url())
        try await rig.arrive(["e1"])
        let time = try await ContinuousClock().measure {
            try await rig.withRunningService { try await eventually { receiver.openConnections == 1 } }
        }
        #expect(time < .seconds(60))
        #expect(try rig.delivery().state == .waiting)
        #expect(try rig.delivery().attempts == 0)
        #expect(rig.observer.outcomes.isEmpty)
    }

    @Test("A body without an end is cut off, and the status counts")
    func endless() async throws {
        let receiver = try HTTPReceiver { _, _ in .endlessBody }
        let rig = try DeliveryRig()
        try rig.add(receiver.url())
        try await rig.arrive(["e1"])
        await rig.deliver()
        #expect(try rig.delivery().state == .delivered)
        try await eventually { receiver.openConnections == 0 }
    }

    @Test(
        "A target without `--allow-private` whose name leads to this machine gets no connection",
        arguments: [
            ["127.0.0.1"], ["::1"], ["::ffff:127.0.0.1"], ["64:ff9b::7f00:1"], ["8.8.8.8", "127.0.0.1"],
            ["169.254.169.254"],
        ])
    func refused(addresses: [String]) async throws {
        let receiver = try HTTPReceiver()
        let rig = try DeliveryRig(resolver: PreparedResolver(addresses))
        try rig.add("http://portal.example.cn:\(receiver.port)/", allowsPrivate: false)
        try await rig.arrive(["e1"])
        await rig.deliver()
        #expect(receiver.requests.isEmpty)
        #expect(try rig.delivery().lastFailure == .addressRefused)
        #expect(rig.observer.outcomes == [.refused])
    }

    @Test("A name that leads to 127.0.0.1 at the second look-up gets no connection at the second attempt")
    func secondLookUp() async throws {
        let receiver = try HTTPReceiver()
        let rig = try DeliveryRig(resolver: PreparedResolver([], ["127.0.0.1"]))
        try rig.add("http://portal.example.cn:\(receiver.port)/", allowsPrivate: false)
        try await rig.arrive(["e1"])
        await rig.deliver()
        #expect(try rig.delivery().lastFailure == .nameUnknown)
        rig.clock.advance(to: try rig.delivery())
        await rig.deliver()
        #expect(try rig.delivery().lastFailure == .addressRefused)
        #expect(receiver.requests.isEmpty)
    }

    @Test("One attempt looks the name up once, connects to that address, and keeps the name in `Host`")
    func pinned() async throws {
        let receiver = try HTTPReceiver()
        let resolver = PreparedResolver(["127.0.0.1"], ["127.0.0.2"])
        let rig = try DeliveryRig(resolver: resolver)
        try rig.add("http://Portal.Example.CN:\(receiver.port)/")
        try await rig.arrive(["e1"])
        await rig.deliver()
        #expect(resolver.lookUps == 1)
        #expect(receiver.requests.map { $0.headers["host"] } == ["portal.example.cn:\(receiver.port)"])
        #expect(try rig.delivery().state == .delivered)
    }

    @Test("An address that takes no connection is passed over for the next one of the same name")
    func nextAddress() async throws {
        let receiver = try HTTPReceiver()
        let rig = try DeliveryRig(resolver: PreparedResolver(["::1", "127.0.0.1"]))
        try rig.add("http://portal.example.cn:\(receiver.port)/")
        try await rig.arrive(["e1"])
        await rig.deliver()
        #expect(receiver.requests.count == 1)
        #expect(try rig.delivery().state == .delivered)
    }

    @Test("A target where nothing listens, and one without TLS, fail with a reason that says so")
    func noConnection() async throws {
        let receiver = try HTTPReceiver()
        let rig = try DeliveryRig()
        try rig.add("https://127.0.0.1:\(receiver.port)/")
        try await rig.arrive(["e1"])
        await rig.deliver()
        #expect(try rig.delivery().lastFailure == .tlsFailed)
        receiver.stop()
        rig.clock.advance(to: try rig.delivery())
        await rig.deliver()
        #expect(try rig.delivery().lastFailure == .connectionFailed)
    }
}
