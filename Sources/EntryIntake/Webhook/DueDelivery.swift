/// A delivery that is due, with everything that one attempt needs.
public struct DueDelivery: Sendable, Hashable {
    /// The delivery.
    public var delivery: WebhookDelivery
    /// The target that it goes to.
    public var target: WebhookTarget
    /// The secrets that sign it, the newest first; empty when the key file does not open them.
    public var secrets: [WebhookSecret]

    /// Puts a delivery, its target and the secrets together.
    public init(_ delivery: WebhookDelivery, to target: WebhookTarget, secrets: [WebhookSecret]) {
        self.delivery = delivery
        self.target = target
        self.secrets = secrets
    }
}

/// The deliveries that are due at one moment.
public struct DueDeliveries: Sendable, Hashable {
    /// The due deliveries, the oldest of each target first.
    public var due: [DueDelivery]
    /// Milliseconds since 1970-01-01T00:00Z at which the next one is due; nil when none waits for its time.
    public var nextMilliseconds: Int64?

    /// Makes the answer.
    public init(due: [DueDelivery] = [], nextMilliseconds: Int64? = nil) {
        self.due = due
        self.nextMilliseconds = nextMilliseconds
    }
}
