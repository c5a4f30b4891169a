public import MediaFacts

/// One field of a contest's form.
public struct FormField: Sendable, Hashable {
    /// Stable within the form: ASCII letters and digits, perhaps joined by hyphens.
    public var name: String
    /// The words of the notice for the field, which may be sent under either label as well as under its name.
    public var label: LocalizedText
    /// The kind of value that the field takes.
    public var kind: Kind
    /// Whether the field must be filled in.
    public var isRequired: Bool
    /// Most 字 of a text, as `CharacterCount` counts them; nil for no limit.
    public var mostCharacters: Int?
    /// The values of a choice; empty for every other kind.
    public var choices: [String]
    /// Whether a person judges a value outside the choices; such a value fails otherwise.
    public var allowsOtherChoice: Bool
    /// Whether the value tells who or where a person is. Telephone numbers and e-mail addresses always do.
    public var isPersonal: Bool
    /// Largest difference between a declared length and the measured one, included; zero unless the kind is `duration`.
    public var tolerance: Duration
    /// The limits that `clipcheck.contest/2` adds.
    var limits = FieldLimits()

    /// The kinds of values.
    public enum Kind: String, Sendable, Hashable, Codable, CaseIterable {
        case text
        case phone
        case email
        case choice
        case duration
        /// A web address, or a shared text with one web address in it.
        case url
        case number
        case date
        /// An attachment of the entry. The value lies in a file of its own, so nothing is written into the field.
        case file
    }

    /// Makes a field.
    public init(
        name: String, label: LocalizedText, kind: Kind, isRequired: Bool = true, mostCharacters: Int? = nil,
        choices: [String] = [], allowsOtherChoice: Bool = false, isPersonal: Bool = false, tolerance: Duration = .zero
    ) {
        self.name = name
        self.label = label
        self.kind = kind
        self.isRequired = isRequired
        self.mostCharacters = mostCharacters
        self.choices = choices
        self.allowsOtherChoice = allowsOtherChoice
        self.isPersonal = isPersonal || kind == .phone || kind == .email
        self.tolerance = tolerance
    }

    /// The keys that the field may be sent under.
    public var keys: Set<String> { [name, label.zh, label.en] }
}

extension FormField: Encodable {
    private enum CodingKeys: String, CodingKey {
        case name, label, kind, required, maxCharacters, choices, others, personal, toleranceMilliseconds
    }

    /// Writes the wire form. A member of `clipcheck.contest/1` that the kind has no use for is `null`; a member of
    /// `FieldLimits` is absent then.
    public func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(name, forKey: .name)
        try values.encode(label, forKey: .label)
        try values.encode(kind, forKey: .kind)
        try values.encode(isRequired, forKey: .required)
        try values.encode(mostCharacters, forKey: .maxCharacters)
        try values.encode(kind == .choice ? choices : nil, forKey: .choices)
        let others: ContainerRule.Others = allowsOtherChoice ? .review : .fail
        try values.encode(kind == .choice ? others : nil, forKey: .others)
        try values.encode(isPersonal, forKey: .personal)
        try values.encode(kind == .duration ? tolerance.wholeMilliseconds : nil, forKey: .toleranceMilliseconds)
        try limits.encode(to: encoder)
    }
}
