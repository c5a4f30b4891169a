internal import MediaFacts

/// The frame rate lies between two limits, both included, or is one of the listed rates.
struct FrameRateRule: MeasuredRule {
    static let kind = "frame-rate"
    static let title = LocalizedText(zh: "帧率", en: "Frame rate")
    /// Lowest rate in frames a second; nil for no lower limit.
    var lowest: Ratio?
    /// Highest rate in frames a second; nil for no upper limit.
    var highest: Ratio?
    /// Rates that are allowed, each within 0.05 % (29.97 is not 30); nil when limits are given instead.
    var allowed: [Ratio]?

    private static let tolerance = 0.000_5

    init(lowest: Ratio? = nil, highest: Ratio? = nil, allowed: [Ratio]? = nil) {
        self.lowest = lowest
        self.highest = highest
        self.allowed = allowed
    }

    init(_ parameters: ParameterReader) {
        lowest = parameters.value("min", .frameRate)
        highest = parameters.value("max", .frameRate)
        allowed = parameters.list("allowed", mayBeEmpty: true, .frameRate)
        parameters.requireLimitsOrList(lowest?.value, highest?.value, zero: 0)
    }

    var measurements: Set<Measurement> { [.header, .packets] }

    func judge(_ facts: MediaFacts) -> Judgement {
        guard let video = facts.video else { return .noPicture(required: required) }
        guard let rate = video.frameRate else { return .unknown("帧率", "frame rate", required: required) }
        let shown = Wording.decimal(rate.value)
        guard !admits(rate) else {
            return Judgement(
                .pass, required: required, measured: rate.slashText,
                message: LocalizedText(
                    zh: "帧率为每秒 \(shown) 帧，符合要求。", en: "It has \(shown) frames a second, as required."))
        }
        return Judgement(
            .fail, required: required, measured: rate.slashText,
            message: LocalizedText(
                zh: "帧率为每秒 \(shown) 帧，要求 \(required)。请按要求的帧率重新导出。",
                en: "It has \(shown) frames a second; \(required) is required. Export it at such a rate."))
    }

    private func admits(_ rate: Ratio) -> Bool {
        if let allowed { return allowed.contains { rate.isWithin(Self.tolerance, of: $0) } }
        // The tolerance keeps a measured 24.9999 from failing a limit of 25.
        return lowest.map { rate.value >= $0.value * (1 - Self.tolerance) } ?? true
            && highest.map { rate.value <= $0.value * (1 + Self.tolerance) } ?? true
    }

    private var required: String {
        allowed.map { $0.map { Wording.decimal($0.value) }.joined(separator: " / ") }
            ?? Bounds.text(lowest.map { Wording.decimal($0.value) }, highest.map { Wording.decimal($0.value) })
    }
}

extension FrameRateRule: Encodable {
    private enum CodingKeys: String, CodingKey { case minPerSecond, maxPerSecond, allowedPerSecond }

    func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(lowest?.slashText, forKey: .minPerSecond)
        try values.encode(highest?.slashText, forKey: .maxPerSecond)
        try values.encode(allowed?.map(\.slashText), forKey: .allowedPerSecond)
    }
}
