internal import MediaFacts

/// The highest level of a codec's profile that a rule allows.
struct CodecLevelLimit: Sendable, Hashable {
    /// The level as its standard writes it, with one decimal: `4.1`, `4.0`; `1b` in H.264.
    let text: String

    /// Levels by codec, the lowest first. Sources: ITU-T H.264 table A-1, H.265 table A.8, AV1 bitstream specification §A.3.
    /// A test of `MediaProbe` compares them with the levels that the prober reads.
    static let known: [String: [String]] = [
        "h264": [
            "1.0", "1b", "1.1", "1.2", "1.3", "2.0", "2.1", "2.2", "3.0", "3.1", "3.2", "4.0", "4.1", "4.2", "5.0",
            "5.1", "5.2", "6.0", "6.1", "6.2",
        ],
        "hevc": ["1.0", "2.0", "2.1", "3.0", "3.1", "4.0", "4.1", "5.0", "5.1", "5.2", "6.0", "6.1", "6.2"],
        "av1": (2...7).flatMap { whole in (0...3).map { "\(whole).\($0)" } },
    ]

    /// Reads `4`, `4.1` or `1b`; nil for a level that no codec has.
    init?(_ text: String) {
        let level = text.wholeMatch(of: /[0-9]/) == nil ? text : "\(text).0"
        guard Self.known.values.contains(where: { $0.contains(level) }) else { return nil }
        self.text = level
    }

    /// Whether a stream of `codec` keeps the limit: true for codecs that have no such level, and nil when `level` is not
    /// known.
    func admits(_ level: String?, of codec: String) -> Bool? {
        guard let levels = Self.known[codec], let limit = levels.firstIndex(of: text) else { return true }
        return level.flatMap { levels.firstIndex(of: $0) }.map { $0 <= limit }
    }

    /// Whether `codec` has the level.
    func isLevel(of codec: String) -> Bool { Self.known[codec]?.contains(text) ?? false }
}

extension Notation<CodecLevelLimit> {
    /// A level, such as `4.1`.
    static var level: Notation {
        Notation(
            shape: LocalizedText(zh: "编码级别，如 4.0、4.1", en: "a level, like 4.0 or 4.1"),
            strict: { CodecLevelLimit($0) },
            usual: { $0.lowercased().hasPrefix("l") ? CodecLevelLimit(String($0.dropFirst())) : nil })
    }
}
