internal import MediaFacts

/// A lower and an upper limit, either of which may be absent, in the words of a message.
enum Bounds {
    /// `120.000–300.000`, `≥ 120.000` or `≤ 300.000`.
    static func text(_ lower: String?, _ upper: String?) -> String {
        switch (lower, upper) {
        case (let lower?, let upper?): "\(lower)–\(upper)"
        case (let lower?, nil): "≥ \(lower)"
        case (nil, let upper?): "≤ \(upper)"
        case (nil, nil): "–"
        }
    }

    /// `2 分至 5 分`, `不少于 2 分` or `不超过 5 分`, with its English.
    static func words(_ lower: LocalizedText?, _ upper: LocalizedText?) -> LocalizedText {
        switch (lower, upper) {
        case (let lower?, let upper?): LocalizedText(zh: "\(lower.zh)至 \(upper.zh)", en: "\(lower.en) to \(upper.en)")
        case (let lower?, nil): LocalizedText(zh: "不少于 \(lower.zh)", en: "at least \(lower.en)")
        case (nil, let upper?): LocalizedText(zh: "不超过 \(upper.zh)", en: "at most \(upper.en)")
        case (nil, nil): LocalizedText(zh: "不限", en: "any")
        }
    }

    /// The same figure in both languages.
    static func words(_ lower: String?, _ upper: String?) -> LocalizedText {
        words(lower.map { LocalizedText(zh: $0, en: $0) }, upper.map { LocalizedText(zh: $0, en: $0) })
    }
}

extension ParameterReader {
    /// Refuses `min` and `max` beside a list of values under `allowed`, and without the list the pairs that
    /// `requireLimits` refuses.
    func requireLimitsOrList<Value: Comparable>(_ lower: Value?, _ upper: Value?, zero: Value) {
        if !hasItems("allowed") {
            requireLimits(lower, upper, zero: zero)
        } else if has("min") || has("max") {
            report("allowed", "allowed 与 min、max 只能选一种", "give allowed, or min and max, not both")
        }
    }

    /// Refuses a pair of limits that is empty or that nothing can meet.
    func requireLimits<Value: Comparable>(_ lower: Value?, _ upper: Value?, zero: Value) {
        if !has("min"), !has("max") {
            report(nil, "至少需要 min 或 max 之一", "min or max is missing")
        }
        if let upper, upper <= zero {
            report("max", "上限必须大于零，否则无法通过", "must be above zero, or nothing could ever pass")
        }
        if let lower, let upper, lower > upper {
            report("min", "下限大于上限，任何视频都无法通过", "min is above max: nothing could ever pass")
        }
    }
}
