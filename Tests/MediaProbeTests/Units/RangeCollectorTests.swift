import MediaFacts
import Testing

@testable import MediaProbe

/// Boundaries of the type that collects black, frozen and silent ranges.
struct RangeCollectorTests {
    private static func ranges(shortest: Int64, _ start: Int64, _ end: Int64) -> [TimeRange] {
        var collector = RangeCollector(shortest: .milliseconds(shortest))
        collector.begin(at: .milliseconds(start))
        collector.end(at: .milliseconds(end))
        return collector.ranges
    }

    @Test(
        "`RangeCollector` keeps a range of exactly its shortest length and drops one that is 1 ms shorter",
        arguments: [(400, 399), (400, 400), (900, 899), (900, 900)] as [(Int64, Int64)])
    func shortest(shortest: Int64, length: Int64) {
        let expected = length < shortest ? [] : [TimeRange(fromMilliseconds: 1000, toMilliseconds: 1000 + length)]
        #expect(Self.ranges(shortest: shortest, 1000, 1000 + length) == expected)
    }

    @Test("`RangeCollector` cuts off the part of a range before zero, and measures the rest")
    func negative() {
        #expect(Self.ranges(shortest: 400, -500, 400) == [TimeRange(fromMilliseconds: 0, toMilliseconds: 400)])
        #expect(Self.ranges(shortest: 400, -500, 399).isEmpty)
        #expect(Self.ranges(shortest: 0, -500, -100).isEmpty)
    }

    @Test("`RangeCollector` keeps the first start of an open range, and ignores an end without a start")
    func opens() {
        var collector = RangeCollector(shortest: .milliseconds(400))
        collector.end(at: .seconds(9))
        collector.begin(at: .seconds(1))
        collector.begin(at: .seconds(2))
        #expect(collector.start == .seconds(1))
        collector.end(at: .seconds(3))
        #expect(collector.start == nil)
        collector.end(at: .seconds(5))
        #expect(collector.ranges == [TimeRange(start: .seconds(1), end: .seconds(3))])
    }

    @Test(
        "`RangeCollector` keeps the longest ranges, and reports `isFull` when it drops one of two seconds or more",
        arguments: [
            ([1, 1, 1], [0, 10], false), ([1, 1, 3], [10, 20], false), ([3, 2, 4], [0, 20], true),
            ([3, 3, 2], [0, 10], true), ([3, 4, 1], [0, 10], false),
        ] as [([Int64], [Int64], Bool)])
    func full(lengths: [Int64], starts: [Int64], isFull: Bool) {
        var collector = RangeCollector(shortest: .seconds(1), most: 2)
        for (number, length) in lengths.enumerated() {
            collector.begin(at: .seconds(number * 10))
            collector.end(at: .seconds(Int64(number) * 10 + length))
        }
        #expect(collector.isFull == isFull)
        #expect(collector.ranges.map(\.start) == starts.map { .seconds($0) })
    }
}
