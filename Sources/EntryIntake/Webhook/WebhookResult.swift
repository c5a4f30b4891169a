/// The changes that an attempt makes to a delivery. `WebhookKeeping.record(_:)` stores them.
public struct WebhookResult: Sendable, Hashable {
    /// Id of the delivery.
    public var delivery: String
    /// Where the delivery stands after the attempt.
    public var state: WebhookDelivery.State
    /// Attempts so far, this one included.
    public var attempts: Int
    /// Milliseconds since 1970-01-01T00:00Z: time of the next attempt, or of the end.
    public var dueMilliseconds: Int64
    /// HTTP status of the answer; nil without one.
    public var status: Int?
    /// Why the attempt failed; nil for a success.
    public var failure: WebhookFailure?

    /// Describes the result of an attempt.
    public init(
        delivery: String, state: WebhookDelivery.State, attempts: Int, dueMilliseconds: Int64, status: Int?,
        failure: WebhookFailure?
    ) {
        self.delivery = delivery
        self.state = state
        self.attempts = attempts
        self.dueMilliseconds = dueMilliseconds
        self.status = status
        self.failure = failure
    }
}
