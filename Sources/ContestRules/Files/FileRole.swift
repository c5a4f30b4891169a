public import MediaFacts

/// One of several videos of an entry, by its part in the entry: the main video, a preview.
public struct FileRole: Sendable, Hashable {
    /// The role that every contest has and that a rule is about unless it says otherwise.
    public static let mainName = "main"

    /// The role of an entry's only video.
    public static let main = FileRole(
        name: mainName, label: LocalizedText(zh: "正片", en: "Main video"), isRequired: true)

    /// Stable within its contest, kebab-case.
    public var name: String
    /// The name for people, which file names and columns of tables use, too.
    public var label: LocalizedText
    /// Whether an entry without this video is refused.
    public var isRequired: Bool
    /// The notice's own words; nil where the file gives none for the main video.
    public var clause: String?

    /// Makes a role.
    public init(name: String, label: LocalizedText, isRequired: Bool, clause: String? = nil) {
        self.name = name
        self.label = label
        self.isRequired = isRequired
        self.clause = clause
    }
}

extension FileRole: Encodable {
    private enum CodingKeys: String, CodingKey { case name, label, required, clause }

    /// Writes the wire form; an absent clause is left out.
    public func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(name, forKey: .name)
        try values.encode(label, forKey: .label)
        try values.encode(isRequired, forKey: .required)
        try values.encodeIfPresent(clause, forKey: .clause)
    }
}
