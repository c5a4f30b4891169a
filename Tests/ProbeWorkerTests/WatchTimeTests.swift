import Testing

@testable import ProbeWorker

@Suite("WatchTime")
struct WatchTimeTests {
    @Test(
        "`WatchTime` counts each step as at most one second and never as less than zero",
        arguments: [
            ([10, 10, 10], 30), ([999, 1000, 1001], 2999), ([60_000], 1000), ([5500, 5500], 2000), ([-5000, 10], 10),
            ([], 0),
        ])
    func steps(milliseconds: [Int], counted: Int) {
        let start = ContinuousClock.now
        var (time, now) = (WatchTime(limit: .seconds(3600), from: start), start)
        for step in milliseconds {
            now += .milliseconds(step)
            _ = time.isOver(at: now)
        }
        #expect(time.elapsed == .milliseconds(counted))
    }

    @Test("`WatchTime.isOver` is true once the counted time reaches the limit")
    func limit() {
        let start = ContinuousClock.now
        var time = WatchTime(limit: .seconds(2), from: start)
        let looks = [1000, 1999, 2000].map { time.isOver(at: start + .milliseconds($0)) }
        #expect(looks == [false, false, true])
    }

    @Test("`WatchTime` counts one second of the hour for which its parent was stopped")
    func stopped() {
        let start = ContinuousClock.now
        var time = WatchTime(limit: .seconds(120), from: start)
        let isOver = time.isOver(at: start + .seconds(3600))
        #expect(!isOver)
        #expect(time.elapsed == .seconds(1))
    }
}
