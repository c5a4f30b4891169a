public import MediaFacts

/// One field of a contest's form.
public struct FormField: Sendable, Hashable {
    /// Stable within the form: ASCII letters and digits, perhaps joined by hyphens.
    public var name: String
    /// What the notice calls it. The field may be sent under either label as well as under its name.
    public var label: LocalizedText
    /// What is to be written into it.
    public var kind: Kind
    /// Whether it must be filled in.
    public var isRequired: Bool
    /// Most 字 of a text, as `CharacterCount` counts them; nil for no limit.
    public var mostCharacters: Int?
    /// What can be chosen; empty unless it is a choice.
    public var choices: [String]
    /// Whether something else than the choices is for a person to judge; it fails otherwise.
    public var allowsOtherChoice: Bool
    /// Whether it tells who or where a person is. Telephone numbers and e-mail addresses always do.
    public var isPersonal: Bool
    /// Largest difference between a declared length and the measured one, included; zero unless it is a duration.
    public var tolerance: Duration

    /// What is written into a field.
    public enum Kind: String, Sendable, Hashable, Codable, CaseIterable {
        case text
        case phone
        case email
        case choice
        case duration
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

    /// Everything that the field may be sent under.
    public var keys: Set<String> { [name, label.zh, label.en] }
}

extension FormField: Encodable {
    private enum CodingKeys: String, CodingKey {
        case name, label, kind, required, maxCharacters, choices, others, personal, toleranceMilliseconds
    }

    /// Writes the wire form; what the kind of the field has no use for is `null`.
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
    }
}
