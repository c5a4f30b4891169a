/// A kind of transaction.
public enum DatabaseAccess: String, Sendable, Hashable, CaseIterable {
    /// A transaction that changes nothing.
    case read
    /// A transaction that changes something and is on the disk when it ends.
    case write
}
