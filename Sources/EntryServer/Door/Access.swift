internal import EntryIntake

/// The right that a route demands of the principal before its handler runs.
enum Access: Hashable {
    /// No right, and no key: contests, health, the OpenAPI document, the first page.
    case anybody
    /// A key with at least one of these scopes.
    case scope([Scope])
    /// The right to this action on the entry that `{id}` names.
    case entry(EntryAction)
    /// The right to continue the upload that `{id}` names.
    case upload
}
