import EntryIntake
import EntryStore
import Foundation
import TestSupport
import Testing

@testable import WebhookDelivery

@Suite("`DeliveryService`", .timeLimit(.minutes(5)))
struct DeliveryServiceTests {
    @Test("A message has the headers and the signature of Standard Webhooks, and its row is delivered afterwards")
    func message() async throws {
        let receiver = try HTTPReceiver()
        let rig = try DeliveryRig()
        let (_, secret) = try rig.add(receiver.url("/hook?a=b"))
        try await rig.arrive(["e1"])
        await rig.deliver()
        let request = try #require(receiver.requests.first)
        #expect(receiver.requests.count == 1 && request.path == "/hook?a=b")
        let delivery = try rig.delivery()
        let expected = WebhookSignature(
            id: delivery.id, timestamp: rig.clock.now.milliseconds / 1000, body: request.body, secrets: [secret])
        for (name, value) in expected.headers { #expect(request.headers[name] == value) }
        #expect(request.headers["content-type"] == "application/json")
        #expect(request.headers["host"] == "127.0.0.1:\(receiver.port)")
        #expect(String(decoding: request.body, as: UTF8.self).contains(#""type":"entry.created""#))
        #expect(delivery.state == .delivered && delivery.attempts == 1 && delivery.lastStatus == 204)
        #expect(rig.observer.outcomes == [.delivered])
    }

    @Test("A target that answers 500 for an hour gets the message at the seventh attempt, with the same id and body")
    func badHour() async throws {
        let rig = try DeliveryRig()
        let (clock, start) = (rig.clock, rig.clock.now.milliseconds)
        let receiver = try HTTPReceiver { _, _ in
            .status(clock.now.milliseconds - start < 3_600_000 ? 500 : 200)
        }
        try rig.add(receiver.url())
        try await rig.arrive(["e1"])
        var seconds: [Int64] = []
        while try rig.delivery().state == .waiting {
            clock.advance(to: try rig.delivery())
            seconds.append((clock.now.milliseconds - start) / 1000)
            await rig.deliver()
        }
        #expect(seconds == [0, 5, 35, 155, 755, 2555, 6155])
        #expect(try rig.delivery().state == .delivered)
        #expect(receiver.requests.count == 7)
        #expect(Set(receiver.requests.map { $0.headers["webhook-id"] }).count == 1)
        #expect(Set(receiver.requests.map(\.body)).count == 1)
        #expect(Set(receiver.requests.map { $0.headers["webhook-timestamp"] }).count == 7)
        #expect(rig.observer.outcomes == Array(repeating: .retry, count: 6) + [.delivered])
    }

    @Test("A message is dead after eleven attempts, is reported, and is sent again on request")
    func dead() async throws {
        let receiver = try HTTPReceiver { number, _ in .status(number <= 11 ? 500 : 204) }
        let rig = try DeliveryRig()
        try rig.add(receiver.url())
        try await rig.arrive(["e1"])
        while try rig.delivery().state == .waiting {
            rig.clock.advance(to: try rig.delivery())
            await rig.deliver()
        }
        var delivery = try rig.delivery()
        #expect(delivery.state == .dead && delivery.attempts == 11 && delivery.lastStatus == 500)
        #expect(delivery.lastFailure == .refusedByTarget)
        #expect(rig.observer.outcomes.last == .dead && rig.observer.givenUp == ["webhook e1"])
        await rig.deliver()
        #expect(receiver.requests.count == 11)
        #expect(try rig.registry.retryAllDead(at: rig.clock.now) == 1)
        await rig.deliver()
        delivery = try rig.delivery()
        #expect(delivery.state == .delivered && delivery.attempts == 1)
        #expect(Set(receiver.requests.map { $0.headers["webhook-id"] }) == [delivery.id])
    }

    @Test("A redirect is not followed and counts as a failure", arguments: [301, 302, 303, 307, 308])
    func redirect(status: Int) async throws {
        let goal = try HTTPReceiver()
        let receiver = try HTTPReceiver { _, _ in .status(status, headers: ["location: \(goal.url())"]) }
        let rig = try DeliveryRig()
        try rig.add(receiver.url())
        try await rig.arrive(["e1"])
        await rig.deliver()
        #expect(receiver.requests.count == 1 && goal.requests.isEmpty)
        #expect(try rig.delivery().lastFailure == .redirected)
        #expect(try rig.delivery().lastStatus == status)
        #expect(try rig.delivery().state == .waiting)
    }

    @Test("410 disables the target: what waits for it is dead, and later events are not kept for it")
    func gone() async throws {
        let receiver = try HTTPReceiver { _, _ in .status(410) }
        let rig = try DeliveryRig()
        let (target, _) = try rig.add(receiver.url())
        try await rig.arrive(["e1"])
        await rig.deliver()
        try await rig.arrive(["e2"])
        #expect(try rig.registry.deliveries().map(\.state) == [.dead])
        #expect(try rig.delivery().lastFailure == .gone)
        #expect(try rig.registry.targets().map(\.disabledAt) == [rig.clock.now.text])
        #expect(try rig.registry.retry(try rig.delivery().id) == .disabled(target: target.id))
        #expect(try rig.registry.enable(target.id))
        try await rig.arrive(["e3"])
        #expect(try rig.registry.deliveries(.waiting).map(\.entry) == ["e3"])
    }

    @Test("A message has the header `traceparent` of its change, and none when the change had none")
    func traceparent() async throws {
        let receiver = try HTTPReceiver()
        let rig = try DeliveryRig()
        try rig.add(receiver.url(), events: [.entryDeleted])
        let parent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
        for (id, parent) in [("e1", parent), ("e2", nil)] {
            try await rig.arrive([id])
            _ = try await rig.store.apply(
                EntryChange(entry: id, at: rig.clock.now, .deleted, traceparent: parent))
            await rig.deliver()
        }
        #expect(receiver.requests.map { $0.headers["traceparent"] } == [parent, nil])
    }

    @Test("`Retry-After` of a 429 postpones the next attempt")
    func retryAfter() async throws {
        let receiver = try HTTPReceiver { _, _ in .status(429, headers: ["retry-after: 77"]) }
        let rig = try DeliveryRig()
        try rig.add(receiver.url())
        try await rig.arrive(["e1"])
        await rig.deliver()
        #expect(try rig.delivery().dueMilliseconds - rig.clock.now.milliseconds == 77_000)
    }

    @Test("After a rotation the old secret signs beside the new one for a day, and no longer")
    func rotation() async throws {
        let receiver = try HTTPReceiver()
        let rig = try DeliveryRig()
        let (target, old) = try rig.add(receiver.url())
        let new = try #require(try rig.registry.rotate(target.id, at: rig.clock.now))
        for (id, pause) in [("e1", Duration.zero), ("e2", .seconds(86_399)), ("e3", .seconds(1))] {
            rig.clock.advance(by: pause)
            try await rig.arrive([id])
            await rig.deliver()
        }
        for (request, secrets) in zip(receiver.requests, [[new, old], [new, old], [new]]) {
            let signature = WebhookSignature(
                id: try #require(request.headers["webhook-id"]),
                timestamp: try #require(request.headers["webhook-timestamp"].flatMap { Int64($0) }), body: request.body,
                secrets: secrets)
            #expect(request.headers["webhook-signature"] == signature.signature)
        }
        #expect(receiver.requests.count == 3)
    }

    @Test("`Progress` stores results after the interval, at once when 32 have ended, and gives places back before")
    func storing() {
        let progress = Progress()
        let deliveries = (1...40).map { number in
            WebhookDelivery(
                id: "msg_\(number)", target: "wh_\(number)", event: .entryCreated, entry: "e", contest: "c", version: 1,
                occurredAt: Moment(milliseconds: 0, text: ""))
        }
        let began = deliveries.filter(progress.begin)
        #expect(began.count == 32 && progress.timeToStore(.seconds(60)) == .zero)
        for (count, delivery) in began.enumerated() {
            progress.end(
                delivery,
                WebhookResult(
                    delivery: delivery.id, state: .delivered, attempts: 1, dueMilliseconds: 0, status: 200, failure: nil
                ))
            #expect((progress.timeToStore(.seconds(60)) == .zero) == (count == 31))
            #expect(progress.timeToStore(.zero) == .zero)
        }
        #expect(deliveries.filter(progress.begin).count == 8)
        #expect(progress.running().count == 40)
        progress.forget(progress.ended())
        #expect(progress.running().count == 8 && progress.ended().isEmpty)
    }

    @Test("A result that could not be stored is stored later, and its message is not sent again in between")
    func storeFails() async throws {
        let receiver = try HTTPReceiver()
        let keeper = StubbornKeeper(url: receiver.url())
        let observer = CountingObserver()
        let service = DeliveryService(keeper: keeper, sender: WebhookSender(), observer: observer)
        let running = Task { await service.run() }
        try await eventually { keeper.stored.count == 1 }
        running.cancel()
        await running.value
        #expect(receiver.requests.count == 1)
        #expect(keeper.stored.first?.state == .delivered)
        #expect(observer.failures.map(\.work) == [.webhook])
        #expect(observer.outcomes == [.delivered])
    }
}
