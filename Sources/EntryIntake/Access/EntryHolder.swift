/// The contest and the owner of an entry, which never change.
public struct EntryHolder: Sendable, Hashable {
    /// Id of the contest that the entry was submitted to.
    public var contest: String
    /// Id of the principal that submitted the entry; nil when no key was needed.
    public var owner: String?

    /// Makes a holder.
    public init(contest: String, owner: String?) {
        self.contest = contest
        self.owner = owner
    }
}
