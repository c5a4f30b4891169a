/// An address that the service sends events to, without its secrets.
public struct WebhookTarget: Sendable, Hashable {
    /// `wh_` and eight hexadecimal digits, which name the target to people.
    public var id: String
    /// The address that requests go to, `https://…` or, for a private target, `http://…`.
    public var url: String
    /// Id of the only contest whose events are sent; nil for every contest.
    public var contest: String?
    /// The events that are sent.
    public var events: Set<WebhookEvent>
    /// Whether the address may be on this machine or in a private network.
    public var allowsPrivate: Bool
    /// Time at which the target was added, RFC 3339 with offset.
    public var createdAt: String
    /// Time at which the target answered 410, RFC 3339 with offset; nil while it is sent to.
    public var disabledAt: String?

    /// Makes the record of a target.
    public init(
        id: String, url: String, contest: String? = nil, events: Set<WebhookEvent> = Set(WebhookEvent.allCases),
        allowsPrivate: Bool = false, createdAt: String, disabledAt: String? = nil
    ) {
        self.id = id
        self.url = url
        self.contest = contest
        self.events = events
        self.allowsPrivate = allowsPrivate
        self.createdAt = createdAt
        self.disabledAt = disabledAt
    }

    /// Whether the target is sent `event` of an entry of `contest`.
    public func takes(_ event: WebhookEvent, ofContest contest: String) -> Bool {
        disabledAt == nil && events.contains(event) && (self.contest == nil || self.contest == contest)
    }
}
