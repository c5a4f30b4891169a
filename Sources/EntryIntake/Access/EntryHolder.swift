/// To whom an entry belongs. Neither ever changes.
public struct EntryHolder: Sendable, Hashable {
    /// Id of the contest it was sent to.
    public var contest: String
    /// Id of the principal that submitted it; nil when nobody had to show a key.
    public var owner: String?

    /// Names the holder of an entry.
    public init(contest: String, owner: String?) {
        self.contest = contest
        self.owner = owner
    }
}
