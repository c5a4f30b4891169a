/// The personal part of a submission: never logged or listed, and shown only to principals with a scope for it.
public struct Contacts: Sendable, Hashable, Codable {
    /// Personal form fields, as sent.
    public var fields: [String: String]
    /// The file's name as sent; nil when it has no part that `PersonalText` masks.
    public var filename: String?

    /// Makes the personal part of a submission.
    public init(fields: [String: String] = [:], filename: String? = nil) {
        self.fields = fields
        self.filename = filename
    }

    /// Whether there is no personal field and no personal file name.
    public var isEmpty: Bool { fields.isEmpty && filename == nil }
}
