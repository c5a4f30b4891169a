internal import MediaFacts

/// The true length lies between two limits, both included, each widened by the tolerance.
struct DurationRule: MeasuredRule {
    static let kind = "duration"
    /// Shortest length; nil for no lower limit.
    var shortest: Duration?
    /// Longest length; nil for no upper limit.
    var longest: Duration?
    /// What a muxer's rounding or audio padding may add or take.
    var tolerance: Duration

    init(shortest: Duration?, longest: Duration?, tolerance: Duration = .zero) {
        self.shortest = shortest
        self.longest = longest
        self.tolerance = tolerance
    }

    init(_ parameters: ParameterReader) {
        shortest = parameters.value("min", shape: Units.durationShape, Units.duration)
        longest = parameters.value("max", shape: Units.durationShape, Units.duration)
        tolerance = parameters.value("tolerance", shape: Units.durationShape, Units.duration) ?? .zero
        parameters.requireLimits(shortest, longest, zero: .zero)
    }

    var measurements: Set<Measurement> { [.header, .packets] }

    func judge(_ facts: MediaFacts) -> Judgement {
        guard facts.video != nil else { return .noPicture(required: required) }
        guard let length = facts.duration else {
            return .unknown("视频的实际时长", "true length of the video", required: required)
        }
        let words = Wording.duration(length)
        let measured = "\(Wording.seconds(length)) s"
        if let shortest, length < shortest - tolerance {
            return Judgement(
                .fail, reason: "too-short", required: required, measured: measured,
                message: LocalizedText(
                    zh:
                        "时长为 \(words.zh)，要求\(Wording.spaced(limits.zh))，还差 \(Wording.duration(shortest - length).zh)。请补足内容后重新导出。",
                    en:
                        "It lasts \(words.en); \(limits.en) is required, \(Wording.duration(shortest - length).en) more. "
                        + "Extend it and export again."))
        }
        if let longest, length > longest + tolerance {
            return Judgement(
                .fail, reason: "too-long", required: required, measured: measured,
                message: LocalizedText(
                    zh:
                        "时长为 \(words.zh)，要求\(Wording.spaced(limits.zh))，超出 \(Wording.duration(length - longest).zh)。请剪短后重新导出。",
                    en:
                        "It lasts \(words.en); \(limits.en) is required, \(Wording.duration(length - longest).en) less. "
                        + "Shorten it and export again."))
        }
        let isInside = shortest.map { length >= $0 } ?? true && longest.map { length <= $0 } ?? true
        let allowance = Wording.duration(tolerance)
        return Judgement(
            .pass, required: required, measured: measured,
            message: LocalizedText(
                zh: "时长为 \(words.zh)，符合要求（\(limits.zh)\(isInside ? "" : "，允许误差 \(allowance.zh)")）。",
                en:
                    "It lasts \(words.en), within \(limits.en)\(isInside ? "" : " and its tolerance of \(allowance.en)")."
            ))
    }

    private var required: String {
        let ends = Bounds.text(shortest.map(Wording.seconds), longest.map(Wording.seconds))
        return "\(ends) s" + (tolerance > .zero ? " ± \(Wording.seconds(tolerance)) s" : "")
    }

    private var limits: LocalizedText {
        Bounds.words(shortest.map(Wording.duration), longest.map(Wording.duration))
    }
}

extension DurationRule: Encodable {
    private enum CodingKeys: String, CodingKey { case minMilliseconds, maxMilliseconds, toleranceMilliseconds }

    func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(shortest?.wholeMilliseconds, forKey: .minMilliseconds)
        try values.encode(longest?.wholeMilliseconds, forKey: .maxMilliseconds)
        try values.encode(tolerance.wholeMilliseconds, forKey: .toleranceMilliseconds)
    }
}

extension TrueLengthRule: Encodable {
    private enum CodingKeys: String, CodingKey { case toleranceMilliseconds }

    func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(tolerance.wholeMilliseconds, forKey: .toleranceMilliseconds)
    }
}
