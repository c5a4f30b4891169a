internal import MediaFacts

extension Notation<Int> {
    /// A rate of samples in samples a second, such as `48kHz` or `44100Hz`.
    static var sampleRate: Notation {
        Notation(
            shape: LocalizedText(zh: "带单位的采样率，如 48kHz、44.1kHz", en: "a sample rate with unit, like 48kHz or 44.1kHz"),
            strict: { Units.frequency($0, "kHz") ?? Units.frequency($0, "Hz") },
            usual: { text in ["kHz", "Hz", "千赫", "赫兹"].lazy.compactMap { Units.frequency(text, $0) }.first },
            doubt: { text in
                WrittenNumber(text).map { UsualUnits.between("\($0.text)Hz", "\($0.text)kHz") }
            })
    }

    /// A depth of samples in bits, such as `24` or `24bit`.
    static var bitDepth: Notation {
        let depths = VideoSignal.bitDepths
        let depth = { (digits: Substring) in Int(digits).flatMap { depths.contains($0) ? $0 : nil } }
        return Notation(
            shape: LocalizedText(
                zh: "位数，\(depths.lowerBound) 至 \(depths.upperBound)，如 24 或 24bit",
                en: "a number of bits from \(depths.lowerBound) to \(depths.upperBound), like 24 or 24bit"),
            strict: { $0.wholeMatch(of: /([0-9]{1,2})(?:bit)?/).flatMap { depth($0.1) } },
            usual: { $0.lowercased().wholeMatch(of: /([0-9]{1,2})-?(?:bits?|比特|位)/).flatMap { depth($0.1) } })
    }

    /// A whole number within `limits`.
    static func whole(_ limits: ClosedRange<Int>) -> Notation {
        Notation(
            shape: LocalizedText(
                zh: "\(limits.lowerBound) 至 \(limits.upperBound) 的整数",
                en: "a whole number from \(limits.lowerBound) to \(limits.upperBound)"),
            exactly: { text in
                guard text.wholeMatch(of: /[0-9]{1,6}/) != nil, let number = Int(text), limits.contains(number) else {
                    return nil
                }
                return number
            })
    }
}

extension Notation {
    /// One of several names.
    static func name(_ values: [(name: String, value: Value)]) -> Notation {
        let names = Wording.list(values.map(\.name))
        return Notation(
            shape: LocalizedText(zh: "以下之一：\(names.zh)", en: "one of \(names.en)"),
            exactly: { text in values.first { $0.name == text }?.value })
    }
}

extension Notation<Demand> {
    /// Whether something must be there or must not, of the demands that make sense.
    static func demand(_ demands: Demand...) -> Notation {
        name(demands.map { (name: $0.rawValue, value: $0) })
    }
}

/// Whether a rule wants something to be there.
enum Demand: String, Sendable, Encodable, CaseIterable {
    /// It must be there.
    case required
    /// It must not be there.
    case forbidden

    /// Whether something that is there, or is not, meets the demand.
    func isMet(by isThere: Bool) -> Bool { isThere == (self == .required) }
}

extension Units {
    /// `44.1kHz`: a frequency in hertz, from 1 Hz to the greatest plausible sample rate; nil unless it is a whole number.
    static func frequency(_ text: String, _ unit: String) -> Int? {
        guard text.lowercased().hasSuffix(unit.lowercased()) else { return nil }
        let isKilo = unit == "kHz" || unit == "千赫"
        let hertz = WrittenNumber(text.dropLast(unit.count))?.whole(times: isKilo ? 1000 : 1)
        return hertz.flatMap { Int(exactly: $0) }.flatMap { AudioFacts.plausibleFigures.contains($0) ? $0 : nil }
    }
}
