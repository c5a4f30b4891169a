import BlockingLanes
import Testing

@testable import ProbeWorker

@Suite("StartAttempts")
struct StartAttemptsTests {
    @Test("`StartAttempts` allows five failures and pauses longer before each")
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

    @Test("`StartAttempts` ends once ten seconds went by in waiting for a zygote")
    func waiting() {
        var attempts = StartAttempts()
        attempts.fail(afterWaiting: .milliseconds(9999))
        #expect(attempts.isAllowed)
        attempts.fail(afterWaiting: .milliseconds(1))
        #expect(!attempts.isAllowed)
    }

    @Test("A pause ends at once when the caller has cancelled")
    func cancelled() {
        var attempts = StartAttempts()
        for _ in 0..<4 { attempts.fail() }
        let flag = CancelFlag()
        flag.raise()
        let start = ContinuousClock.now
        attempts.rest(until: flag)
        #expect(ContinuousClock.now - start < .milliseconds(150))
    }
}
