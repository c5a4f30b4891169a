import BlockingLanes
import Testing

@testable import ProbeWorker

@Suite("StartAttempts")
struct StartAttemptsTests {
    @Test("`StartAttempts` allows five failures, with pauses of up to 200 ms before the later attempts")
    func failures() {
        var attempts = StartAttempts()
        var pauses: [Duration] = []
        while attempts.isAllowed {
            pauses.append(attempts.pause)
            attempts.fail()
        }
        #expect(pauses == [.zero, .zero, .milliseconds(50), .milliseconds(100), .milliseconds(200)])
        #expect(attempts.failures == 5)
    }

    @Test("`StartAttempts` allows no further attempt after ten seconds of waiting for a zygote")
    func waiting() {
        var attempts = StartAttempts()
        attempts.fail(afterWaiting: .milliseconds(9999))
        #expect(attempts.isAllowed)
        attempts.fail(afterWaiting: .milliseconds(1))
        #expect(!attempts.isAllowed)
    }

    @Test("`StartAttempts.rest` returns at once when the caller has cancelled")
    func cancelled() {
        var attempts = StartAttempts()
        for _ in 0..<4 { attempts.fail() }
        let flag = CancelFlag()
        flag.raise()
        var least = Duration.seconds(1)
        // The least of several: a busy machine may stop this thread for as long as the pause.
        for _ in 0..<20 {
            let start = ContinuousClock.now
            attempts.rest(until: flag)
            least = min(least, ContinuousClock.now - start)
        }
        #expect(least < .milliseconds(150))
    }
}
