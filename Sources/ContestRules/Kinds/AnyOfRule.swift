internal import MediaFacts

/// Passes when one of several groups of rules holds whole: a picture of 4:3 in 640×480 or one of 16:9 in 1280×720.
struct AnyOfRule: MeasuredRule {
    static let kind = "any-of"
    static let title = LocalizedText(zh: "符合其一", en: "One of several")

    /// Groups of rules; two or more, none of them empty, and no rule is of this kind.
    var groups: [[any MeasuredRule]]

    init(groups: [[any MeasuredRule]]) { self.groups = groups }

    init(_ parameters: ParameterReader) {
        let sections = parameters.sectionLists("groups")
        var agreement = ThresholdAgreement()
        groups = sections.enumerated().map { index, group in
            group.compactMap { section in
                let rule = RuleFile.member(section)
                if let rule { agreement.add(rule, id: "groups[\(index)]", section) }
                return rule
            }
        }
        if sections.count == 1 {
            parameters.report("groups", "至少需要两组，只有一组时请直接写成规则", "at least two groups: write a single one as rules")
        }
    }

    var measurements: Set<Measurement> { groups.joined().reduce(into: [.header]) { $0.formUnion($1.measurements) } }

    var depth: Depth { groups.joined().map(\.depth).max() ?? .quick }

    var thresholds: [ContentThresholds.Name: Double] {
        groups.joined().reduce(into: [:]) { $0.merge($1.thresholds) { first, _ in first } }
    }

    func judge(_ facts: MediaFacts) -> Judgement {
        let judged = groups.enumerated().map { index, rules in
            JudgedGroup(
                number: index + 1, titles: rules.map { type(of: $0).title }, judgements: rules.map { $0.judge(facts) })
        }
        // Of equal groups `min` returns the first.
        guard let closest = judged.min(by: { $0.distance < $1.distance }) else { return .unknown("各组条件", "groups") }
        var judgement = closest.judgement
        judgement.required = judged.compactMap(\.required).joined(separator: " | ")
        return judgement
    }
}

extension AnyOfRule: Encodable {
    private enum CodingKeys: String, CodingKey { case groups }

    func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(groups.map { $0.map(Member.init) }, forKey: .groups)
    }

    /// A rule of a group.
    private struct Member: Encodable {
        let rule: any MeasuredRule

        private enum CodingKeys: String, CodingKey { case kind, parameters }

        func encode(to encoder: any Encoder) throws {
            var values = encoder.container(keyedBy: CodingKeys.self)
            try values.encode(type(of: rule).kind, forKey: .kind)
            try rule.encode(to: values.superEncoder(forKey: .parameters))
        }
    }
}
