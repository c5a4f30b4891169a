internal import MediaFacts

/// The video's bit rate, measured from its packets, lies between two limits, both included.
struct BitRateRule: MeasuredRule {
    static let kind = "bit-rate"
    static let title = LocalizedText(zh: "码率", en: "Bit rate")
    /// Lowest rate in bits a second; nil for no lower limit.
    var lowest: Int64?
    /// Highest rate in bits a second; nil for no upper limit.
    var highest: Int64?

    init(lowest: Int64?, highest: Int64?) {
        self.lowest = lowest
        self.highest = highest
    }

    init(_ parameters: ParameterReader) {
        lowest = parameters.value("min", .bitRate)
        highest = parameters.value("max", .bitRate)
        parameters.requireLimits(lowest, highest, zero: 0)
    }

    var measurements: Set<Measurement> { [.header, .packets] }

    func judge(_ facts: MediaFacts) -> Judgement {
        let required = Bounds.text(lowest.map(Wording.bitRate), highest.map(Wording.bitRate))
        guard let video = facts.video else { return .noPicture(required: required) }
        guard let rate = video.bitsPerSecond else { return .unknown("视频码率", "video bit rate", required: required) }
        let limits = Bounds.words(lowest.map(Wording.bitRate), highest.map(Wording.bitRate))
        let shown = Wording.bitRate(rate)
        let isLow = lowest.map { rate < $0 } ?? false
        guard isLow || highest.map({ rate > $0 }) ?? false else {
            return Judgement(
                .pass, required: required, measured: "\(rate) bit/s",
                message: LocalizedText(zh: "视频码率为 \(shown)，符合要求。", en: "The video has \(shown), as required."))
        }
        return Judgement(
            .fail, reason: isLow ? "too-low" : "too-high", required: required, measured: "\(rate) bit/s",
            message: LocalizedText(
                zh: "视频码率为 \(shown)（\(rate) bit/s），要求\(Wording.spaced(limits.zh))。请调整导出设置中的码率后重新导出。",
                en:
                    "The video has \(shown) (\(rate) bit/s); \(limits.en) is required. Set the bit rate and export again."
            ))
    }
}

extension BitRateRule: Encodable {
    private enum CodingKeys: String, CodingKey { case minBitsPerSecond, maxBitsPerSecond }

    func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(lowest, forKey: .minBitsPerSecond)
        try values.encode(highest, forKey: .maxBitsPerSecond)
    }
}
