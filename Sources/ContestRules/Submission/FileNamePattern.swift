public import MediaFacts

/// The form of file names that a contest asks for: a template with parts, or the convention of notices.
public struct FileNamePattern: Sendable, Hashable {
    /// The parts of the name in their order. A part that the contest's form has is that field; every other part is a field
    /// that names the part.
    public let parts: [FormField]
    /// The form of the name for people: `【地区】--【作品名称】--【参赛者】`, `[Region]--[Title]--[Entrant]`.
    public let text: LocalizedText
    /// The texts around the parts; nil for the convention, whose brackets are optional.
    private let literals: [String]?

    /// The convention `参赛者姓名（单位名称）+作品名称+联系电话`, which `FileNameConvention` reads.
    public static let convention = FileNamePattern(
        parts: ["entrant", "organisation", "title", "phone"].compactMap { namedPart($0, categories: []) },
        text: LocalizedText(zh: FileNameConvention.form, en: "entrant (organisation)+title+telephone"), literals: nil)

    private init(parts: [FormField], text: LocalizedText, literals: [String]?) {
        (self.parts, self.text, self.literals) = (parts, text, literals)
    }

    /// Gives the parts of `template` the fields of `form`. A name without meaning is read as a text; the loader refuses it.
    init(_ template: FileNameTemplate, form: FormRule?, categories: [String]) {
        let parts = template.names.map { name in
            form?.fields.first { $0.name == name } ?? Self.namedPart(name, categories: categories)
                ?? FormField(name: name, label: LocalizedText(zh: name, en: name), kind: .text)
        }
        let (zh, en) = (parts.map { "【\($0.label.zh)】" }, parts.map { "[\($0.label.en)]" })
        self.init(
            parts: parts,
            text: LocalizedText(
                zh: Self.joined(template.literals, zh), en: Self.joined(template.literals, en)),
            literals: template.literals)
    }

    private static func joined(_ literals: [String], _ parts: [String]) -> String {
        zip(literals, parts + [""]).map { $0 + $1 }.joined()
    }

    /// The values of the parts in `filename` by the names of the parts, without its extension.
    ///
    /// Text between the parts may be full- or half-width, with white space in and around it, and the name composed or
    /// decomposed. Where a name can be divided in several ways, the division with the fewest values that their fields refuse
    /// counts, then the one with the longest title, then the one whose first parts are shortest.
    ///
    /// - Returns: nil when the name does not have the form. Values need not be valid.
    public func values(of filename: String) -> [String: String]? {
        guard literals != nil else { return FileNameConvention.parse(filename)?.values }
        guard let stem = FileNameStem(filename), let found = division(of: stem.text) else { return nil }
        return Dictionary(
            uniqueKeysWithValues: zip(parts, found.ranges).map { part, range in
                let value = found.matcher.value(range)
                return (part.name, part.kind == .phone ? HalfWidth.trimmed(HalfWidth.folded(value)) : value)
            })
    }

    /// The division of a name without extension into the parts of the template.
    func division(of stem: String, acceptingMasked: Bool = false) -> (matcher: FileNameMatcher, ranges: [Range<Int>])? {
        guard let literals else { return nil }
        let matcher = FileNameMatcher(stem)
        let hasTitle = parts.contains { $0.name == "title" }
        let ranges = matcher.ranges(
            between: literals,
            cost: { index, value in
                if acceptingMasked, PersonalText.isMasked(value) { return 0 }
                return mistake(in: value, as: parts[index], Submission()) == nil ? 0 : 1
            }, isShort: { hasTitle && parts[$0].name != "title" })
        return ranges.map { (matcher, $0) }
    }

    /// The judgement of a value by the field of its part; nil when the field accepts the value. Text of the name never
    /// stands in it, because a wrongly divided name puts a person's name into any part.
    func mistake(in value: String, as part: FormField, _ submission: Submission) -> Judgement? {
        var field = part
        field.isPersonal = true
        let judgement = FieldCheck(field: field, submission: submission).judge(value)
        return judgement.flatMap { [.fail, .review].contains($0.outcome) ? $0 : nil }
    }
}

extension FileNamePattern {
    /// `filename` with its personal parts masked, and with every telephone number masked where the name does not have the
    /// form; nil for the convention.
    func masked(_ filename: String) -> String? {
        guard literals != nil else { return nil }
        guard let stem = FileNameStem(filename), let found = division(of: stem.text, acceptingMasked: true) else {
            return PersonalText.maskingPhones(in: filename)
        }
        var (masked, place) = ("", 0)
        for (part, range) in zip(parts, found.ranges) {
            let value = found.matcher.value(range)
            let isShown = !(part.isPersonal || part.name == "entrant") || PersonalText.isMasked(value)
            masked += found.matcher.text(place..<range.lowerBound)
            masked += isShown ? found.matcher.text(range) : PersonalText.masked(value, as: part.kind)
            place = range.upperBound
        }
        return PersonalText.maskingPhones(in: masked + found.matcher.text(place..<found.matcher.count) + stem.ending)
    }
}

extension FileNamePattern {
    /// Names of parts that have a meaning without a field of the form, with their labels.
    static let knownNames: [(name: String, label: LocalizedText, kind: FormField.Kind)] = [
        ("entrant", LocalizedText(zh: "参赛者", en: "Entrant"), .text),
        ("organisation", LocalizedText(zh: "单位", en: "Organisation"), .text),
        ("title", LocalizedText(zh: "作品名称", en: "Title"), .text),
        ("phone", LocalizedText(zh: "联系电话", en: "Telephone"), .phone),
        ("category", LocalizedText(zh: "类别", en: "Category"), .text),
        ("region", LocalizedText(zh: "地区", en: "Region"), .text),
        ("unit", LocalizedText(zh: "报送单位", en: "Unit"), .text),
        ("number", LocalizedText(zh: "编号", en: "Number"), .text),
    ]

    /// The field for a known name; nil for every other name. The name of a person is personal, and a category is one of
    /// those of the contest.
    private static func namedPart(_ name: String, categories: [String]) -> FormField? {
        guard let known = knownNames.first(where: { $0.name == name }) else { return nil }
        let isChoice = name == "category" && !categories.isEmpty
        return FormField(
            name: name, label: known.label, kind: isChoice ? .choice : known.kind,
            choices: isChoice ? categories : [], isPersonal: name == "entrant")
    }
}

extension FileNameConvention {
    /// The parts by name, those that the name lacks left out.
    var values: [String: String] {
        let all = ["entrant": entrant, "organisation": organisation, "title": title, "phone": phone]
        return all.compactMapValues(\.self)
    }
}

extension Contest {
    /// The form of file names that the contest asks for; nil when no rule asks for one.
    public var fileNamePattern: FileNamePattern? {
        for rule in rules {
            if case .admission(let kind) = rule.kind, let names = kind as? FileNameRule {
                return names.pattern(in: self)
            }
        }
        return nil
    }

    /// A file's name with the parts masked that are personal by the contest's form of file names.
    public func maskingFilename(_ filename: String) -> String {
        PersonalText.maskingFilename(filename, by: fileNamePattern)
    }
}
