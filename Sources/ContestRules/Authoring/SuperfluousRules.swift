internal import MediaFacts

/// Warns of measured rules that no file can fail, or that no file can fail unless it fails another rule of their kind.
enum SuperfluousRules {
    /// The warnings, at the rules.
    static func find(_ contest: Contest, _ source: ContestSource) -> [ContestFileError.Problem] {
        let limits = contest.rules.compactMap(RuleFigures.init)
        return limits.enumerated().compactMap { index, rule in
            if let figure = rule.trivialLimit { return source.warning(rule: rule.id, trivial(figure)) }
            let implying = limits.enumerated().first { other, stricter in
                // Of two equal rules the later one is superfluous.
                other != index && stricter.implies(rule) && (other < index || !rule.implies(stricter))
            }
            guard let stricter = implying?.element else { return nil }
            return source.warning(rule: rule.id, message(rule, stricter))
        }
    }

    private static func trivial(_ figure: String) -> LocalizedText {
        LocalizedText(
            zh: "下限 \(figure) 没有文件会低于它，这条规则没有作用", en: "no file is below \(figure), so the rule has no effect")
    }

    private static func message(_ rule: RuleFigures, _ stricter: RuleFigures) -> LocalizedText {
        if stricter.isGeneral {
            return LocalizedText(
                zh: "与通用规则“\(stricter.id)”相同，会判断两次；编号写作 \(stricter.id) 即可替换它",
                en:
                    "it is the same as the general rule \"\(stricter.id)\" and judged twice; with the id \(stricter.id) it "
                    + "replaces that")
        }
        return LocalizedText(
            zh: "规则“\(stricter.id)”同样严格或更严，这条规则没有作用",
            en: "\"\(stricter.id)\" asks for as much or more, so the rule has no effect")
    }
}

/// The parameters of one measured rule as texts, to compare rules of one kind.
private struct RuleFigures {
    let id: String
    let isGeneral: Bool
    private let kind: String
    private let level: Rule.Level
    private let parameters: [String: String]

    /// nil for a rule that is not measured.
    init?(_ rule: Rule) {
        guard case .measured = rule.kind, let data = try? WireJSON.data(rule),
            let root = try? YAMLComposer.root(
                of: String(decoding: data, as: UTF8.self), meter: ReadingMeter(ContestFile.budget)),
            var pairs = root.mapping?["parameters"]?.mapping?.pairs
        else { return nil }
        pairs.removeAll { $0.value.isNull }
        (id, isGeneral, kind, level) = (rule.id, rule.isGeneral, rule.kindName, rule.level)
        parameters = Dictionary(uniqueKeysWithValues: pairs.map { ($0.key, Self.text($0.value)) })
    }

    private static func text(_ node: YAMLNode) -> String {
        switch node.content {
        case .scalar(let text): text
        case .null: ""
        case .sequence(let items): "[\(items.map(text).joined(separator: ","))]"
        case .mapping(let mapping): "{\(mapping.pairs.map { "\($0.key):\(text($0.value))" }.joined(separator: ","))}"
        }
    }

    /// A lower limit, alone in its rule, that no picture and no file is below.
    var trivialLimit: String? {
        let limits = parameters.filter { $0.key.hasPrefix("min") || $0.key.hasPrefix("max") || $0.key == "shortSide" }
        guard let (key, figure) = limits.first, limits.count == 1, key.hasPrefix("min") else { return nil }
        let others = parameters.keys.filter { $0 != key }
        let isAlone = others.allSatisfy { ["turned", "of", "toleranceMilliseconds"].contains($0) }
        return isAlone && ["0", "1", "1x1"].contains(figure) ? WireParameter(key, kind: kind).text(figure) : nil
    }

    /// Whether no file can fail `other` and pass this rule; `false` in doubt.
    func implies(_ other: RuleFigures) -> Bool {
        guard kind == other.kind, level == other.level || level == .required else { return false }
        return Set(parameters.keys).union(other.parameters.keys).allSatisfy { key in
            let (mine, others) = (parameters[key], other.parameters[key])
            if mine == others { return true }
            guard let figure = mine.flatMap(Double.init) else { return false }
            // A limit that the other rule lacks is wider than any.
            let limit = others.map(Double.init) ?? .some(key.hasPrefix("min") ? -.infinity : .infinity)
            guard let limit else { return false }
            return (key.hasPrefix("min") && figure >= limit) || (key.hasPrefix("max") && figure <= limit)
        }
    }
}

extension WireParameter {
    /// A figure of the wire form as contest files write it, behind the parameter's name.
    fileprivate func text(_ figure: String) -> String { "\(name): \(unit?.fileText(figure) ?? figure)" }
}
