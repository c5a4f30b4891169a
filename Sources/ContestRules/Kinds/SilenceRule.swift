internal import MediaFacts

/// The sound is not silent for long in one piece.
struct SilenceRule: ContentRule, Encodable {
    static let kind = "silence"
    /// How long a piece may last.
    let stretch: LongestStretch
    let thresholds: [ContentThresholds.Name: Double]

    init(longest: Duration, thresholds: ContentThresholds = .usual) {
        stretch = LongestStretch(longest: longest)
        self.thresholds = thresholds.only(.silence)
    }

    init(_ parameters: ParameterReader) {
        stretch = LongestStretch(parameters)
        thresholds = parameters.thresholds(.silence)
    }

    var measurements: Set<Measurement> { [.header, .packets, .sound] }
    var required: String? { stretch.required }

    func judge(_ content: ContentFacts, of facts: MediaFacts) -> Judgement {
        guard facts.audio != nil else { return noSound() }
        guard let sound = content.sound else { return undetermined(.nothingDecoded) }
        return judge(
            sound.silent, upTo: stretch, sound.shortfall, LocalizedText(zh: "无声", en: "silent stretch"),
            LocalizedText(zh: "如非有意，请检查声音后重新导出。", en: "If it is not meant, check the sound and export again."))
    }

    func encode(to encoder: any Encoder) throws {
        try stretch.encode(to: encoder)
        try encode(thresholds, to: encoder)
    }
}
