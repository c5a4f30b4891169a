internal import MediaFacts

/// Thresholds of the rules of one file. A file is measured once for all rules, so the rules must agree on each threshold.
struct ThresholdAgreement {
    /// The first rule that sets a threshold.
    private struct Setter {
        var id: String
        var value: Double
        var isGeneral: Bool
    }

    private var first: [ContentThresholds.Name: Setter] = [:]

    /// Begins with the thresholds of general rules, which agree.
    init(_ general: [Rule] = []) {
        for rule in general {
            guard case .measured(let kind) = rule.kind else { continue }
            for (name, value) in kind.thresholds { first[name] = Setter(id: rule.id, value: value, isGeneral: true) }
        }
    }

    /// Adds the thresholds of a rule; reports at `section` each that an earlier rule sets to another value.
    ///
    /// - Parameter id: the rule in messages.
    /// - Returns: whether the rule agrees with all earlier ones.
    @discardableResult
    mutating func add(_ kind: any MeasuredRule, id: String, _ section: ParameterReader) -> Bool {
        var agrees = true
        for name in ContentThresholds.Name.allCases {
            guard let value = kind.thresholds[name] else { continue }
            guard let earlier = first[name] else {
                first[name] = Setter(id: id, value: value, isGeneral: false)
                continue
            }
            guard earlier.value != value else { continue }
            agrees = false
            let (here, there) = (name.text(value), name.text(earlier.value))
            let remedy = earlier.isGeneral ? Self.replacing(earlier.id) : LocalizedText(zh: "", en: "")
            section.report(
                name.parameter,
                "与规则“\(earlier.id)”不一致：\(here) 和 \(there)；视频只测量一次，两条规则的 \(name.parameter) 应相同\(remedy.zh)",
                "\"\(id)\" has \(here) and \"\(earlier.id)\" \(there): a file is measured once, so \(name.parameter) "
                    + "must be the same in both\(remedy.en)")
        }
        return agrees
    }

    private static func replacing(_ id: String) -> LocalizedText {
        LocalizedText(
            zh: "；“\(id)”是通用规则，编号同为 \(id) 的规则会替换它",
            en: "; \"\(id)\" is a general rule, which a rule with the id \(id) replaces")
    }
}
