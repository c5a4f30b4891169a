/// An action of a request on an existing entry.
public enum EntryAction: Sendable, Hashable, CaseIterable {
    /// Reading the entry, its reports, its stills or its file.
    case read
    /// Replacing the media, correcting the form, or withdrawing the entry.
    case change
    /// Checking the media again, or answering an item that is left to a person.
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
