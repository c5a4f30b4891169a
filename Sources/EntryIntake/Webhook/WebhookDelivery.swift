public import ContestRules

/// An event for a target, with the progress of its delivery. It holds nothing personal.
public struct WebhookDelivery: Sendable, Hashable {
    /// `msg_` and 32 hexadecimal digits: the header `webhook-id`, the same at every attempt.
    public var id: String
    /// Id of the target.
    public var target: String
    /// The event.
    public var event: WebhookEvent
    /// Id of the entry.
    public var entry: String
    /// Id of the entry's contest.
    public var contest: String
    /// Version of the entry after the change. A receiver that sees a lower number than before has an older event.
    public var version: Int
    /// Verdict of the entry's report at that time; nil without a complete report, and for a deleted entry.
    public var verdict: Verdict?
    /// Standing of the entry at that time; nil for a deleted entry.
    public var standing: Standing?
    /// Id of the complete report; nil without one, and for a deleted entry.
    public var report: String?
    /// Time of the change, RFC 3339 with offset.
    public var occurredAt: String
    /// Value of the header `traceparent`: the request that made the change; nil when that continued no trace.
    public var traceparent: String?
    /// Where the delivery stands.
    public var state: State = .waiting
    /// Attempts that failed or succeeded since the delivery was made, or since it was last sent again by hand.
    public var attempts: Int = 0
    /// Milliseconds since 1970-01-01T00:00Z: while it waits, the time of the next attempt, otherwise the time of its end.
    public var dueMilliseconds: Int64
    /// HTTP status of the last attempt; nil when there was no answer.
    public var lastStatus: Int?
    /// Why the last attempt failed; nil before the first attempt and after a success.
    public var lastFailure: WebhookFailure?

    /// The states of a delivery.
    public enum State: String, Sendable, Hashable, CaseIterable {
        /// An attempt is still to come.
        case waiting
        /// The target answered 2xx.
        case delivered
        /// Every attempt failed: the operator decides.
        case dead
    }

    /// Makes a delivery that is due at once.
    public init(
        id: String, target: String, event: WebhookEvent, entry: String, contest: String, version: Int,
        verdict: Verdict? = nil, standing: Standing? = nil, report: String? = nil, occurredAt moment: Moment,
        traceparent: String? = nil
    ) {
        self.id = id
        self.target = target
        self.event = event
        self.entry = entry
        self.contest = contest
        self.version = version
        self.verdict = verdict
        self.standing = standing
        self.report = report
        occurredAt = moment.text
        dueMilliseconds = moment.milliseconds
        self.traceparent = traceparent
    }

    /// Makes the delivery of an event of `change`.
    ///
    /// - Parameter entry: the entry after the change; for `.entryDeleted`, the entry before the change.
    public init(id: String, target: String, _ event: WebhookEvent, of entry: Entry, by change: EntryChange) {
        let isDeleted = event == .entryDeleted
        let report = isDeleted || entry.report?.isPending == true ? nil : entry.report
        self.init(
            id: id, target: target, event: event, entry: entry.id, contest: entry.contest,
            version: isDeleted ? entry.version + 1 : entry.version, verdict: report?.verdict,
            standing: isDeleted ? nil : entry.standing, report: report?.id, occurredAt: change.at,
            traceparent: change.traceparent)
    }
}
