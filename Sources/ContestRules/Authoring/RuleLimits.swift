public import MediaFacts

extension Rule {
    /// Whether the rule is one that every contest has without writing it.
    public var isGeneral: Bool { clause == GeneralRules.clause }

    /// The limits of the rule in words, one text for each; empty for a rule without limits. A form's fields and what a
    /// contest file leaves at its usual value are not among them.
    public var limits: [LocalizedText] {
        guard let parameters = WireForm.tree(of: self)?["parameters"]?.mapping else { return [] }
        return RuleLimits(parameters, kind: kindName).texts
    }
}

/// The words for the parameters of one rule.
struct RuleLimits {
    /// One parameter with its values in words.
    private struct Parameter {
        var name: String
        var values: [LocalizedText]
        /// The values as contest files write them.
        var texts: [String]
    }

    /// One text for each limit.
    let texts: [LocalizedText]

    /// Reads the parameters of a rule of `kind` in the wire form.
    init(_ wire: YAMLMapping, kind: String) {
        let groups = wire["groups"]?.sequence.map(Self.groups) ?? []
        let side = wire["shortSide"]?.mapping.map { Self.bounds(Self.parameters($0, kind)) } ?? []
        let parameters = Self.parameters(wire, kind)
        let sideTexts = side.map { LocalizedText(zh: "短边 \($0.zh) 像素", en: "a short side of \($0.en) pixels") }
        let others = parameters.filter { !["min", "max"].contains($0.name) }.compactMap { Self.text($0, kind) }
        texts = Self.bounds(parameters) + sideTexts + others + groups
    }

    /// Each parameter that has a value or a list of values; the last one of a name counts, as in `WireForm`.
    private static func parameters(_ wire: YAMLMapping, _ kind: String) -> [Parameter] {
        let all = wire.pairs.compactMap { pair -> Parameter? in
            let parameter = WireParameter(pair.key, kind: kind)
            let figures = pair.value.text.map { [$0] } ?? pair.value.sequence?.compactMap(\.text) ?? []
            guard !figures.isEmpty else { return nil }
            let texts = figures.map { parameter.unit?.fileText($0) ?? $0 }
            let values = texts.map { parameter.unit?.words($0) ?? ParameterWords.value($0) }
            return Parameter(name: parameter.name, values: values, texts: texts)
        }
        return all.enumerated().filter { index, parameter in
            !all[(index + 1)...].contains { $0.name == parameter.name }
        }.map(\.element)
    }

    /// `min` and `max` in one text.
    private static func bounds(_ parameters: [Parameter]) -> [LocalizedText] {
        let limit = { (name: String) in parameters.first { $0.name == name }?.values.first }
        let (lower, upper) = (limit("min"), limit("max"))
        if let lower, lower == upper { return [lower] }
        return lower == nil && upper == nil ? [] : [Bounds.words(lower, upper)]
    }

    private static func text(_ parameter: Parameter, _ kind: String) -> LocalizedText? {
        if isUsual(parameter, kind) { return nil }
        if parameter.texts.count == 1, let words = ParameterWords.choice(parameter.name, parameter.texts[0]) {
            return words
        }
        return ParameterWords.phrase(
            parameter.name, kind: kind, Wording.alternatives(parameter.values))
    }

    /// Whether the parameter has the value that a file has without it.
    private static func isUsual(_ parameter: Parameter, _ kind: String) -> Bool {
        guard let text = parameter.texts.first else { return true }
        let isThreshold = ContentThresholds.Name.allCases.contains { name in
            name.parameter == parameter.name && (name == .barDarkness) == (kind == ActivePictureRule.kind)
                && name.text(ContentThresholds.usual[name]) == text
        }
        let usual = ParameterWords.usual["\(kind).\(parameter.name)"] ?? ParameterWords.usual[parameter.name]
        return isThreshold || usual == text
    }

    /// The groups of `any-of`: what holds in each.
    private static func groups(_ groups: [YAMLNode]) -> [LocalizedText] {
        groups.enumerated().map { index, group in
            let rules = (group.sequence ?? []).compactMap(member)
            return LocalizedText(
                zh: "第 \(index + 1) 组：\(rules.map(\.zh).joined(separator: "；"))",
                en: "group \(index + 1): \(rules.map(\.en).joined(separator: "; "))")
        }
    }

    private static func member(_ node: YAMLNode) -> LocalizedText? {
        guard let rule = node.mapping, let name = rule["kind"]?.text,
            let title = RuleFile.kinds.first(where: { $0.kind == name })?.title
        else { return nil }
        let limits = rule["parameters"]?.mapping.map { RuleLimits($0, kind: name).texts } ?? []
        return LocalizedText(
            zh: ([title.zh] + [limits.map(\.zh).joined(separator: "，")].filter { !$0.isEmpty }).joined(separator: " "),
            en: ([title.en] + [limits.map(\.en).joined(separator: ", ")].filter { !$0.isEmpty }).joined(separator: " "))
    }
}
