/// What a request does with an entry that exists.
public enum EntryAction: Sendable, Hashable, CaseIterable {
    /// Reads the entry, its reports, its pictures or its file.
    case read
    /// Replaces its media, corrects its form, or withdraws it.
    case change
    /// Checks it again or signs one of its items.
    case review

    /// The scope that allows the action on every entry of the key's contest.
    var scope: Scope {
        switch self {
        case .read: .read
        case .change: .admin
        case .review: .review
        }
    }

    /// Whether `submit` allows the action on the key's own entries.
    var isForOwner: Bool { self != .review }
}
