import MediaFacts
import Testing

@testable import MediaProbe

/// Bit rates of packets that the tests make, at a thousand ticks a second.
struct RateTallyTests {
    /// A tally of one packet a tenth of a second; each tenth of second *n* has `bytes[n]` bytes.
    private static func tally(_ bytes: [Int64], origin: Int64 = 0) -> RateTally {
        var tally = RateTally(ticksPerSecond: 1000)
        for (second, size) in bytes.enumerated() {
            for tenth in 0..<10 { tally.add(size, at: origin + Int64(second * 1000 + tenth * 100)) }
        }
        return tally
    }

    private static func even(_ seconds: Int, _ size: Int64 = 100) -> [Int64] {
        [Int64](repeating: size, count: seconds)
    }

    @Test(
        "`RateTally` sums the bytes of every whole second, counted from the first packet",
        arguments: [0, -700, 90_000])
    func seconds(origin: Int64) {
        #expect(Self.tally([1, 2, 3, 4], origin: origin).seconds == [10, 20, 30])
        #expect(Self.tally([1], origin: origin).seconds == [])
    }

    @Test("Packets of equal size have no fluctuation")
    func constant() { #expect(Self.tally(Self.even(11)).fluctuation == 0) }

    @Test("`RateTally.fluctuation` needs ten whole seconds, and bytes")
    func tooShort() {
        #expect(Self.tally(Self.even(11)).seconds.count == 10)
        #expect(Self.tally(Self.even(10)).fluctuation == nil)
        #expect(Self.tally(Self.even(20, 0)).fluctuation == nil)
    }

    @Test(
        "`RateTally.fluctuation` is the buffer in seconds of the average rate",
        arguments: [
            // Ten seconds at twice the average, then ten without bytes: the buffer holds ten seconds.
            (even(10, 200) + even(10, 0), 10), (even(10, 0) + even(10, 200), 10),
            // Seconds that alternate need one second, however long the film is.
            ((0..<20).map { $0 % 2 == 0 ? 200 : 0 }, 1), ((0..<200).map { $0 % 2 == 0 ? 200 : 0 }, 1),
            ((0..<20).map { $0 % 2 == 0 ? 110 : 90 }, 0.1),
            // Half of the film has a third of the rate of the other half.
            (even(30, 150) + even(30, 50), 15),
        ] as [([Int64], Double)])
    func buffers(bytes: [Int64], seconds: Double) throws {
        // A further second closes the last one.
        let fluctuation = try #require(Self.tally(bytes + [0]).fluctuation)
        #expect(abs(fluctuation - seconds) < 1e-9)
    }

    @Test("Groups of pictures of one second are no fluctuation, and groups of two seconds a small one")
    func groups() {
        var short = RateTally(ticksPerSecond: 1000)
        var long = RateTally(ticksPerSecond: 1000)
        for frame in 0...500 {
            short.add(frame % 25 == 0 ? 5000 : 200, at: Int64(frame * 40))
            long.add(frame % 50 == 0 ? 5000 : 200, at: Int64(frame * 40))
        }
        #expect(short.fluctuation == 0)
        #expect(abs((long.fluctuation ?? 0) - 2400.0 / 7400) < 1e-9)
    }

    @Test("A pause without packets counts as seconds without bytes")
    func pause() {
        var tally = Self.tally(Self.even(10))
        tally.add(100, at: 20_000)
        #expect(tally.seconds == Self.even(10, 1000) + Self.even(10, 0))
        #expect(tally.fluctuation == 10)
    }

    @Test("A packet without a timestamp, or with an earlier one, counts to the second of the packet before it")
    func disorder() {
        var tally = RateTally(ticksPerSecond: 1000)
        for (size, time) in [(1, 0), (2, nil), (4, 1500), (8, 900), (16, 2000)] as [(Int64, Int64?)] {
            tally.add(size, at: time)
        }
        #expect(tally.seconds == [3, 12])
    }

    @Test("A timeline that starts over drops the second in which it ends, and counts on")
    func parts() {
        var tally = Self.tally(Self.even(3))
        tally.endPart()
        for second in 0...2 { tally.add(700, at: Int64(second * 1000)) }
        #expect(tally.seconds == [1000, 1000, 700, 700])
    }

    @Test("`RateTally` keeps at most ten hours, and does not trap at the ends of the number range")
    func limits() {
        var tally = RateTally(ticksPerSecond: 1000)
        tally.add(1, at: 0)
        tally.add(1, at: .max)
        #expect(tally.seconds.count == 36_000)
        tally.add(.max, at: .min)
        tally.add(.max, at: nil)
        #expect(tally.seconds.count == 36_000)
    }
}
