internal import EntryIntake

/// What a route demands of the principal before its handler runs.
enum Access: Hashable {
    /// Nothing: contests, health, the contract, the page.
    case anybody
    /// One of these scopes.
    case scope([Scope])
    /// The right to do this with the entry that `{id}` names.
    case entry(EntryAction)
    /// The right to go on with the upload that `{id}` names.
    case upload
}
