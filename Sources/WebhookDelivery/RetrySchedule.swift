/// The times of the attempts to deliver one message: eleven over about 24 hours.
public struct RetrySchedule: Sendable {
    /// Pauses after the first, second, … failed attempt. After the last pause one more attempt is made.
    public static let pauses: [Duration] = [
        .seconds(5), .seconds(30), .seconds(120), .seconds(600), .seconds(1800), .seconds(3600), .seconds(7200),
        .seconds(14_400), .seconds(21_600), .seconds(36_000),
    ]

    /// Longest time that a target can ask for with `Retry-After`.
    public static let longestRequest = Duration.seconds(3600)

    private let random: @Sendable () -> Double

    /// Makes a schedule.
    ///
    /// - Parameter random: a number in 0…1 for each pause, so that many deliveries do not come back at once.
    public init(random: @escaping @Sendable () -> Double = { Double.random(in: 0...1) }) { self.random = random }

    /// The pause before the next attempt: up to a tenth shorter or longer than in `pauses`, and at least what the target
    /// asked for, up to `longestRequest`. Nil after the last attempt.
    ///
    /// - Parameters:
    ///   - attempts: failed attempts so far, at least 1.
    ///   - requested: `Retry-After` of the answer; nil without one.
    public func pause(after attempts: Int, requested: Duration? = nil) -> Duration? {
        guard attempts <= Self.pauses.count else { return nil }
        let pause = Self.pauses[attempts - 1] * (0.9 + 0.2 * random())
        return max(pause, min(requested ?? .zero, Self.longestRequest))
    }
}
