import EntryIntake
import Testing

@testable import WebhookDelivery

@Suite("`RetrySchedule` and `AttemptAnswer`")
struct RetryScheduleTests {
    @Test("`RetrySchedule` makes eleven attempts over 23.7 hours, a tenth more or less", arguments: [0.0, 0.5, 1.0])
    func day(random: Double) {
        let schedule = RetrySchedule { random }
        let pauses = (1...20).compactMap { schedule.pause(after: $0) }
        #expect(pauses.count == 10)
        let sum = pauses.reduce(Duration.zero, +)
        let expected = Duration.seconds(85_355) * (0.9 + 0.2 * random)
        #expect(abs((sum - expected) / .milliseconds(1)) < 1)
        #expect(schedule.pause(after: 11) == nil)
    }

    @Test(
        "`RetrySchedule` waits for what the target asks for, up to an hour, and never less than its own pause",
        arguments: [(1, 0, 5), (1, 4, 5), (1, 60, 60), (1, 3600, 3600), (1, 86_400, 3600), (7, 60, 7200)])
    func requested(attempts: Int, seconds: Int, expected: Int) {
        let pause = RetrySchedule { 0.5 }.pause(after: attempts, requested: .seconds(seconds))
        #expect(pause == .seconds(expected))
    }

    @Test("`RetrySchedule` spreads the pauses of many deliveries over a fifth")
    func jitter() {
        let pauses = Set((0..<100).compactMap { _ in RetrySchedule().pause(after: 4) })
        #expect(pauses.count > 90)
        #expect(pauses.allSatisfy { $0 >= .seconds(540) && $0 <= .seconds(660) })
    }

    @Test(
        "`AttemptAnswer` counts 2xx as success, and every other status as a failure",
        arguments: [
            (200, nil), (204, nil), (299, nil), (199, .refusedByTarget), (301, .redirected), (307, .redirected),
            (400, .refusedByTarget), (404, .refusedByTarget), (410, .gone), (429, .refusedByTarget),
            (500, .refusedByTarget), (503, .refusedByTarget),
        ] as [(Int, WebhookFailure?)])
    func judged(status: Int, failure: WebhookFailure?) {
        #expect(AttemptAnswer(status: status).failure == failure)
    }

    @Test(
        "`AttemptAnswer` reads `Retry-After` of 429 and 503, in seconds",
        arguments: [
            (429, "7", .seconds(7)), (503, "120", .seconds(120)), (500, "7", nil), (429, "-1", nil),
            (429, "Wed, 21 Oct 2026 07:28:00 GMT", nil), (503, "99999999999999999999", nil), (429, nil, nil),
        ] as [(Int, String?, Duration?)])
    func retryAfter(status: Int, header: String?, expected: Duration?) {
        #expect(AttemptAnswer(status: status, retryAfter: header).retryAfter == expected)
    }
}
