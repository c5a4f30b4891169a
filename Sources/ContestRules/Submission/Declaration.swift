/// What is declared about a work beside its file, as far as measured rules read it: the category, and values of the form.
///
/// A report keeps the declaration that it was judged with as its `scope`. No personal field is part of it.
public struct Declaration: Sendable, Hashable {
    /// The category in the contest's own spelling; nil when none is known.
    public var category: String?
    /// Where the category comes from; nil when nothing names one.
    public var source: Source?
    /// What is written where the category should be, if the contest has no such category; nil otherwise.
    public var unknownCategory: String?
    /// Values of the form by field name, without white space at their ends; only fields that a measured rule reads.
    public var fields: [String: String]

    /// Makes a declaration; without arguments, that of a work of which nothing is declared.
    public init(
        category: String? = nil, source: Source? = nil, unknownCategory: String? = nil, fields: [String: String] = [:]
    ) {
        self.category = category
        self.source = source
        self.unknownCategory = unknownCategory
        self.fields = fields
    }

    /// Whether the rules read the same in both, wherever the category comes from.
    public func saysTheSame(as other: Declaration) -> Bool {
        (category, unknownCategory) == (other.category, other.unknownCategory) && fields == other.fields
    }

    /// Where a category comes from.
    public enum Source: String, Sendable, Hashable, Codable, CaseIterable {
        /// The entry's form.
        case form
        /// The file's row in the organiser's table of works.
        case manifest
        /// The folder that the file lies in.
        case folder
        /// The option `--category`.
        case option
        /// The request of a check that stores nothing.
        case request
    }
}

extension Declaration: Codable {
    private enum CodingKeys: String, CodingKey { case category, source, unknownCategory, fields }

    /// Reads the wire form.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            category: try values.decodeIfPresent(String.self, forKey: .category),
            source: try values.decodeIfPresent(Source.self, forKey: .source),
            unknownCategory: try values.decodeIfPresent(String.self, forKey: .unknownCategory),
            fields: try values.decodeIfPresent([String: String].self, forKey: .fields) ?? [:])
    }

    /// Writes the wire form: `category` and `source` are always there, null when unknown.
    public func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(category, forKey: .category)
        try values.encode(source, forKey: .source)
        try values.encodeIfPresent(unknownCategory, forKey: .unknownCategory)
        if !fields.isEmpty { try values.encode(fields, forKey: .fields) }
    }
}
