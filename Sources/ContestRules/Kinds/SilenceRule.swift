internal import MediaFacts

/// Fails when the sound is silent without interruption for longer than the limit.
struct SilenceRule: ContentRule, Encodable {
    static let kind = "silence"
    static let title = LocalizedText(zh: "无声", en: "Silence")
    static let stream = MeasuredStream.sound
    /// The longest silent time range that is allowed.
    let limit: MaximumDuration
    let thresholds: [ContentThresholds.Name: Double]

    init(longest: Duration, thresholds: ContentThresholds = .usual) {
        limit = MaximumDuration(longest: longest)
        self.thresholds = thresholds.only(.silence)
    }

    init(_ parameters: ParameterReader) {
        limit = MaximumDuration(parameters)
        thresholds = parameters.thresholds(.silence)
    }

    var measurements: Set<Measurement> { [.header, .packets, .sound] }
    var required: String? { limit.required }

    func judge(_ content: ContentFacts, of facts: MediaFacts) -> Judgement {
        guard facts.audio != nil else { return noSound() }
        guard let sound = content.sound else { return undetermined(.nothingDecoded) }
        return limit.judge(
            sound.silent, shortfall: sound.shortfall.map { undetermined($0) },
            name: LocalizedText(zh: "无声", en: "silent stretch"),
            remedy: LocalizedText(zh: "如非有意，请检查声音后重新导出。", en: "If it is not meant, check the sound and export again."))
    }

    func encode(to encoder: any Encoder) throws {
        try limit.encode(to: encoder)
        try encode(thresholds, to: encoder)
    }
}
