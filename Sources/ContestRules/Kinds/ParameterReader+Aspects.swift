internal import MediaFacts

extension ParameterReader {
    /// Refuses a rule that asks for nothing.
    func requireOne(of keys: String...) {
        guard !keys.contains(where: has) else { return }
        let names = Wording.alternatives(keys.map { LocalizedText(zh: $0, en: $0) })
        report(nil, "至少需要 \(names.zh) 之一", "\(names.en) is missing")
    }

    /// Refuses an upper limit that nothing can meet.
    func requireAboveZero<Value: Comparable>(_ limit: Value?, zero: Value, key: String) {
        guard let limit, limit <= zero else { return }
        report(key, "上限必须大于零，否则无法通过", "must be above zero, or nothing could ever pass")
    }

    /// Refuses a pair of limits that nothing can meet.
    func requireOrder<Value: Comparable>(
        _ lower: Value?, _ upper: Value?, zero: Value, keys: (lower: String, upper: String)
    ) {
        requireAboveZero(upper, zero: zero, key: keys.upper)
        if let lower, let upper, lower > upper {
            report(
                keys.lower, "下限大于上限，任何视频都无法通过", "\(keys.lower) is above \(keys.upper): nothing could ever pass")
        }
    }
}
