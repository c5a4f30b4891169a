internal import MediaFacts

/// Thresholds of the rules of one file. A file is measured once for all rules, so the rules must agree on each threshold.
struct ThresholdAgreement {
    /// The first rule that sets a threshold, and its value.
    private var first: [ContentThresholds.Name: (id: String, value: Double)] = [:]

    /// Adds the thresholds of a rule; reports at `section` each that an earlier rule sets to another value.
    ///
    /// - Parameter id: the rule in messages.
    mutating func add(_ kind: any MeasuredRule, id: String, _ section: ParameterReader) {
        for name in ContentThresholds.Name.allCases {
            guard let value = kind.thresholds[name] else { continue }
            guard let earlier = first[name] else {
                first[name] = (id, value)
                continue
            }
            guard earlier.value != value else { continue }
            let (here, there) = (name.text(value), name.text(earlier.value))
            section.report(
                name.parameter,
                "与规则“\(earlier.id)”不一致：\(here) 和 \(there)；视频只测量一次，两条规则的 \(name.parameter) 应相同",
                "\"\(id)\" has \(here) and \"\(earlier.id)\" \(there): a file is measured once, so \(name.parameter) "
                    + "must be the same in both")
        }
    }
}
