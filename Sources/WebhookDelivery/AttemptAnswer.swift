public import EntryIntake

/// The end of one attempt.
public struct AttemptAnswer: Sendable, Hashable {
    /// HTTP status of the answer; nil without one.
    public var status: Int?
    /// Why the attempt failed; nil for a success.
    public var failure: WebhookFailure?
    /// `Retry-After` of a 429 or 503; nil without one.
    public var retryAfter: Duration?

    /// Describes an attempt that came to no answer.
    public init(_ failure: WebhookFailure) { self.failure = failure }

    /// Judges an answer: 2xx is success, 410 is the wish to hear no more, everything else is a failure.
    ///
    /// - Parameter retryAfter: the header's value, in seconds; nil without it, and for a date.
    public init(status: Int, retryAfter: String? = nil) {
        self.status = status
        failure =
            switch status {
            case 200...299: nil
            case 300...399: .redirected
            case 410: .gone
            default: .refusedByTarget
            }
        if status == 429 || status == 503, let seconds = retryAfter.flatMap(Int32.init), seconds >= 0 {
            self.retryAfter = .seconds(seconds)
        }
    }
}
