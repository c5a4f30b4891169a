/// A correction of an entry's form after it was submitted. The time of receipt stays that of the media.
public struct FieldCorrection: Sendable, Hashable, Codable {
    /// When it came, RFC 3339 with offset.
    public var createdAt: String
    /// The entry's version that it made.
    public var version: Int
    /// Names of the fields whose value changed, in alphabetical order; values are not part of the history's public form.
    public var fields: [String]
    /// The changed fields' values before the correction, kept under seal; nil when the key is not at hand.
    public var before: [String: String]?

    /// Describes a correction.
    public init(createdAt: String, version: Int, fields: [String], before: [String: String]?) {
        self.createdAt = createdAt
        self.version = version
        self.fields = fields
        self.before = before
    }
}
