/// A kind of event that webhook targets are told about. The raw value is `type` of the payload.
public enum WebhookEvent: String, Sendable, Hashable, CaseIterable {
    /// An entry arrived, with or without media.
    case entryCreated = "entry.created"
    /// The entry has a new report in which nothing is pending.
    case reportCompleted = "report.completed"
    /// A person answered an item of the entry.
    case entrySignedOff = "entry.signed-off"
    /// The entry was withdrawn.
    case entryDeleted = "entry.deleted"
}
