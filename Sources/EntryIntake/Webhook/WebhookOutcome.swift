/// The outcome of one attempt to deliver, for metrics: a closed set.
public enum WebhookOutcome: String, Sendable, Hashable, CaseIterable {
    /// The target answered 2xx.
    case delivered
    /// The attempt failed and another one will be made.
    case retry
    /// The attempt failed and was the last one.
    case dead
    /// No connection was made because the address is not allowed. Another attempt may be made.
    case refused
}
