/// A correction of an entry's form after it was submitted. The time of receipt stays that of the media.
public struct FieldCorrection: Sendable, Hashable, Codable {
    /// Time of the correction, RFC 3339 with offset.
    public var createdAt: String
    /// Version of the entry after the correction.
    public var version: Int
    /// Names of the changed fields, sorted. Responses show these names, but not the values.
    public var fields: [String]
    /// Earlier values of the changed fields, stored encrypted; nil when the encryption key is not available.
    public var before: [String: String]?

    /// Describes a correction.
    public init(createdAt: String, version: Int, fields: [String], before: [String: String]?) {
        self.createdAt = createdAt
        self.version = version
        self.fields = fields
        self.before = before
    }
}
