import Testing

@testable import ServiceMetrics

@Suite("HistogramSeries")
struct HistogramSeriesTests {
    @Test(
        "A value falls into the first bucket whose bound it does not exceed",
        arguments: [
            (-1.0, [1, 1, 1]), (0, [1, 1, 1]), (0.1, [1, 1, 1]), (0.1.nextUp, [0, 1, 1]), (1, [0, 1, 1]),
            (1.0.nextUp, [0, 0, 1]), (.infinity, [0, 0, 1]), (.nan, [0, 0, 0]),
        ])
    func buckets(value: Double, cumulated: [Int]) {
        let series = HistogramSeries(bounds: [0.1, 1])
        series.record(value)
        #expect(series.state.cumulated == cumulated)
        #expect(series.state.sum == (value.isNaN ? 0 : value))
    }

    @Test("A time in nanoseconds counts in seconds")
    func nanoseconds() {
        let series = HistogramSeries(bounds: [0.1, 1])
        series.recordNanoseconds(250_000_000)
        #expect(series.state.cumulated == [0, 1, 1])
        #expect(series.state.sum == 0.25)
    }
}
