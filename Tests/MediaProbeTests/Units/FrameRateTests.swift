import MediaFacts
import Testing

@testable import MediaProbe

/// Frame rates of packets whose timestamps the tests make.
struct FrameRateTests {
    /// Steps of a stream at `rate` pictures a second, whose timestamps are rounded to `ticksPerSecond`, with every
    /// `dropped`-th picture left out.
    private static func steps(
        _ rate: Double, ticksPerSecond: Double, pictures: Int, dropped: Int = .max
    ) -> StepCounter {
        var counter = StepCounter(ticksPerSecond: ticksPerSecond)
        var last: Int64?
        for number in 0..<pictures where number == 0 || number % dropped != 0 {
            let time = Int64((Double(number) * ticksPerSecond / rate).rounded())
            if let last { counter.add(time - last, stated: 0) }
            last = time
        }
        return counter
    }

    private static func isBorneOut(
        _ claimed: Ratio?, by rate: Double, ticksPerSecond: Double = 1000, pictures: Int = 3000, dropped: Int = .max
    ) -> Bool {
        let shown = (0..<pictures).count { $0 == 0 || $0 % dropped != 0 }
        return FrameRate.isBorneOut(
            claimed ?? .one, pictures: shown, seconds: Double(pictures) / rate,
            steps: steps(rate, ticksPerSecond: ticksPerSecond, pictures: pictures, dropped: dropped),
            ticksPerSecond: ticksPerSecond)
    }

    @Test(
        "`FrameRate.isBorneOut` accepts a claimed rate that differs from the packets' by at most 0.05 %",
        arguments: [
            (25.0, true), (25.012, true), (25.013, false), (24.988, true), (24.987, false), (25.5, false),
            (25.8, false), (24.2, false),
        ])
    func tolerance(rate: Double, isBelieved: Bool) {
        #expect(Self.isBorneOut(Ratio(25, 1), by: rate, ticksPerSecond: 90_000) == isBelieved)
    }

    @Test(
        "`FrameRate.isBorneOut` distinguishes 24 from 23.976, 30 from 29.97 and 60 from 59.94 by times in milliseconds",
        arguments: [(24, 24_000), (30, 30_000), (60, 60_000)] as [(Int64, Int64)])
    func neighbours(whole: Int64, thousands: Int64) {
        let slow = Double(thousands) / 1001
        #expect(!Self.isBorneOut(Ratio(whole, 1), by: slow))
        #expect(Self.isBorneOut(Ratio(thousands, 1001), by: slow))
        #expect(Self.isBorneOut(Ratio(whole, 1), by: Double(whole)))
        #expect(FrameRate.nearest(to: slow) == Ratio(thousands, 1001))
    }

    @Test("`FrameRate.isBorneOut` accepts a constant rate of which every tenth picture was dropped")
    func dropped() {
        #expect(Self.isBorneOut(Ratio(25, 1), by: 25, dropped: 10))
        #expect(!Self.isBorneOut(Ratio(30, 1), by: 25, dropped: 10))
    }

    @Test(
        "`FrameRate.nearest` gives the customary rate within 0.1 %, else a simple fraction",
        arguments: [
            (24.99, Ratio(25, 1)), (25.02, Ratio(25, 1)), (29.97, Ratio(30_000, 1001)), (29.99, Ratio(30, 1)),
            (7.5, Ratio(15, 2)), (12.5, Ratio(25, 2)),
        ])
    func customary(rate: Double, nearest: Ratio?) {
        #expect(FrameRate.nearest(to: rate) == nearest)
    }
}
