internal import MediaFacts

/// The frame rate lies between two limits, both included, or is one of the listed rates, and is constant where the notice
/// asks for it.
struct FrameRateRule: MeasuredRule {
    static let kind = "frame-rate"
    static let title = LocalizedText(zh: "帧率", en: "Frame rate")
    /// Lowest rate in frames a second; nil for no lower limit.
    var lowest: Ratio?
    /// Highest rate in frames a second; nil for no upper limit.
    var highest: Ratio?
    /// Rates that are allowed, each within 0.05 % (29.97 is not 30); nil when limits are given instead.
    var allowed: [Ratio]?

    /// Whether every picture must follow the one before after the same time.
    var mustBeConstant: Bool

    private static let tolerance = 0.000_5

    init(lowest: Ratio? = nil, highest: Ratio? = nil, allowed: [Ratio]? = nil, mustBeConstant: Bool = false) {
        self.mustBeConstant = mustBeConstant
        self.lowest = lowest
        self.highest = highest
        self.allowed = allowed
    }

    init(_ parameters: ParameterReader) {
        lowest = parameters.value("min", .frameRate)
        highest = parameters.value("max", .frameRate)
        allowed = parameters.list("allowed", mayBeEmpty: true, .frameRate)
        mustBeConstant = parameters.value("constant", .demand(.required)) != nil
        if !parameters.has("constant") || ["min", "max", "allowed"].contains(where: parameters.has) {
            parameters.requireLimitsOrList(lowest?.value, highest?.value, zero: 0)
        }
    }

    var measurements: Set<Measurement> { [.header, .packets] }

    func judge(_ facts: MediaFacts) -> Judgement {
        guard let video = facts.video else { return .noPicture(required: required) }
        let rate = judgeRate(video)
        guard mustBeConstant, rate?.outcome ?? .pass == .pass else {
            return rate ?? .unknown("帧率", "frame rate", required: required)
        }
        let evenness = judgeEvenness(video.coding?.hasConstantFrameRate)
        return rate.map { evenness.joined(to: $0) } ?? evenness
    }

    /// The judgement of the rate itself; nil for a rule without limits.
    private func judgeRate(_ video: VideoFacts) -> Judgement? {
        guard lowest != nil || highest != nil || allowed != nil else { return nil }
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

    private func judgeEvenness(_ isConstant: Bool?) -> Judgement {
        guard let isConstant else { return .unknown("帧率是否恒定", "evenness of the frame rate", required: required) }
        guard isConstant else {
            return Judgement(
                .fail, reason: "variable-frame-rate", required: required, measured: "VFR",
                message: LocalizedText(
                    zh: "帧率不恒定，要求恒定帧率。请在导出设置中选择固定帧率（CFR）后重新导出。",
                    en: "The frame rate varies; a constant one is required. Export it at a constant frame rate (CFR)."))
        }
        return Judgement(
            .pass, required: required, measured: "CFR",
            message: LocalizedText(zh: "帧率恒定，符合要求。", en: "The frame rate is constant, as required."))
    }

    private func admits(_ rate: Ratio) -> Bool {
        if let allowed { return allowed.contains { rate.isWithin(Self.tolerance, of: $0) } }
        // The tolerance keeps a measured 24.9999 from failing a limit of 25.
        return lowest.map { rate.value >= $0.value * (1 - Self.tolerance) } ?? true
            && highest.map { rate.value <= $0.value * (1 + Self.tolerance) } ?? true
    }

    private var required: String {
        let rates =
            allowed.map { $0.map { Wording.decimal($0.value) }.joined(separator: " / ") }
            ?? Bounds.text(lowest.map { Wording.decimal($0.value) }, highest.map { Wording.decimal($0.value) })
        guard mustBeConstant else { return rates }
        return lowest == nil && highest == nil && allowed == nil ? "CFR" : "\(rates), CFR"
    }
}

extension FrameRateRule: Encodable {
    private enum CodingKeys: String, CodingKey { case minPerSecond, maxPerSecond, allowedPerSecond, constant }

    func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(lowest?.slashText, forKey: .minPerSecond)
        try values.encode(highest?.slashText, forKey: .maxPerSecond)
        try values.encode(allowed?.map(\.slashText), forKey: .allowedPerSecond)
        // Left out where it is not asked for: the digest of a contest that does not ask stays what it was.
        if mustBeConstant { try values.encode(Demand.required, forKey: .constant) }
    }
}
