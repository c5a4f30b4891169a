/// The personal part of a submission: never logged or listed, and shown only to principals with a scope for it.
public struct Contacts: Sendable, Hashable, Codable {
    /// Personal form fields as they were given.
    public var fields: [String: String]
    /// The file's name as it was sent, where `PersonalText` masks a part of it; else nil.
    public var filename: String?

    /// Gathers the personal part.
    public init(fields: [String: String] = [:], filename: String? = nil) {
        self.fields = fields
        self.filename = filename
    }

    /// Whether there is nothing to protect.
    public var isEmpty: Bool { fields.isEmpty && filename == nil }
}
