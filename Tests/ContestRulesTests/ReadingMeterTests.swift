import BlockingLanes
import Testing

@testable import ContestRules

@Suite("ReadingMeter")
struct ReadingMeterTests {
    /// A clock that the test sets.
    private final class SetClock: ReadingClock {
        var now = Duration.seconds(1000)
    }

    private static func meter(
        bytes: Int = 0, events: Int = 0, time: Duration = .zero, clock: any ReadingClock = SetClock()
    ) -> ReadingMeter {
        ReadingMeter(ReadingBudget(bytes: bytes, events: events, time: time), clock: clock)
    }

    @Test("`ReadingMeter` admits as many bytes as the budget has, in one portion or several, and refuses one more")
    func bytes() throws {
        let meter = Self.meter(bytes: 10)
        try meter.spend(bytes: 4)
        try meter.spend(bytes: 6)
        try meter.spend(bytes: 0)
        #expect(throws: ReadingBudget.Excess.bytes) { try meter.spend(bytes: 1) }
        #expect(throws: ReadingBudget.Excess.bytes) { try meter.spend(bytes: .max) }
        #expect(throws: ReadingBudget.Excess.bytes) { try Self.meter(bytes: 10).spend(bytes: 11) }
    }

    @Test("`ReadingMeter` admits as many events as the budget has and refuses every further one")
    func events() throws {
        let meter = Self.meter(events: 3)
        for _ in 0..<3 { try meter.spendEvent() }
        for _ in 0..<2 { #expect(throws: ReadingBudget.Excess.events) { try meter.spendEvent() } }
    }

    @Test("`ReadingMeter` compares the time since its own start and admits the last nanosecond of the budget")
    func time() throws {
        let clock = SetClock()
        let meter = Self.meter(time: .seconds(5), clock: clock)
        clock.now += .seconds(5)
        try meter.spend(bytes: 0)
        clock.now += .nanoseconds(1)
        #expect(throws: ReadingBudget.Excess.time) { try meter.spend(bytes: 0) }
    }

    @Test("`ReadingMeter` looks at the clock at every 1024th event")
    func looks() throws {
        let clock = SetClock()
        let meter = Self.meter(events: 2000, time: .seconds(5), clock: clock)
        clock.now += .seconds(6)
        for _ in 1..<1024 { try meter.spendEvent() }
        #expect(throws: ReadingBudget.Excess.time) { try meter.spendEvent() }
    }

    @Test("`ReadingMeter` refuses the next portion once the caller has withdrawn, within the budget as well")
    func withdrawn() throws {
        let flag = CancelFlag()
        let meter = ReadingMeter(ReadingBudget(bytes: 10, events: 10, time: .seconds(60))) { flag.isRaised }
        try meter.spend(bytes: 1)
        flag.raise()
        #expect(throws: ReadingBudget.Excess.withdrawn) { try meter.spend(bytes: 1) }
    }

    @Test("`ThreadClock` advances with the work of its thread")
    func threadClock() {
        let start = ThreadClock().now
        var sum = 0
        while ThreadClock().now == start { sum &+= 1 }
        #expect(ThreadClock().now > start)
    }
}
