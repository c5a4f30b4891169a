internal import MediaFacts

/// Fails unless the true length lies between two limits, both included, or is one of the listed lengths; the tolerance
/// widens each. Leaves a length on which players disagree to a person.
struct DurationRule: MeasuredRule {
    static let kind = "duration"
    static let title = LocalizedText(zh: "时长", en: "Duration")
    static let problems: [IntegrityProblem.Code] = [.timelineJumps, .editSpeed]
    /// Shortest length; nil for no lower limit.
    var shortest: Duration?
    /// Longest length; nil for no upper limit.
    var longest: Duration?
    /// Lengths that are allowed; empty when limits are given instead.
    var allowed: [Duration]
    /// The difference that a muxer's rounding or audio padding can make.
    var tolerance: Duration

    init(shortest: Duration? = nil, longest: Duration? = nil, allowed: [Duration] = [], tolerance: Duration = .zero) {
        self.shortest = shortest
        self.longest = longest
        self.allowed = allowed
        self.tolerance = tolerance
    }

    init(_ parameters: ParameterReader) {
        shortest = parameters.value("min", .duration)
        longest = parameters.value("max", .duration)
        allowed = parameters.list("allowed", mayBeEmpty: true, .duration) ?? []
        tolerance = parameters.value("tolerance", .duration) ?? .zero
        parameters.requireLimitsOrList(shortest, longest, zero: .zero)
        if allowed.contains(.zero) {
            parameters.report("allowed", "时长必须大于零，否则无法通过", "must be above zero, or nothing could ever pass")
        }
    }

    var measurements: Set<Measurement> { [.header, .packets] }

    func judge(_ facts: MediaFacts) -> Judgement {
        guard facts.video != nil else { return .noPicture(required: required) }
        guard let length = facts.duration else {
            return .unknown("视频的实际时长", "true length of the video", required: required)
        }
        if facts.integrity.problem(.editSpeed) != nil { return speedReview(length) }
        let judgement = judge(length)
        let withoutJumps = facts.durationWithoutJumps
        guard withoutJumps != nil || facts.integrity.problem(.timelineJumps) != nil else { return judgement }
        guard let withoutJumps, judge(withoutJumps).outcome == judgement.outcome else {
            return jumpReview(length, withoutJumps: withoutJumps)
        }
        return judgement.noting([Wording.withoutJumps(withoutJumps)])
    }

    /// Review: an edit list plays the pictures faster or slower, and the length depends on the player.
    private func speedReview(_ length: Duration) -> Judgement {
        let words = Wording.duration(length)
        return Judgement(
            .review, reason: IntegrityProblem.Code.editSpeed.rawValue, required: required,
            measured: "\(Wording.seconds(length)) s",
            message: LocalizedText(
                zh: "剪辑列表设定了变速播放，各播放器显示的时长不同；测得 \(words.zh)，要求\(Wording.spaced(limits.zh))。"
                    + "请人工确认，或重新导出为正常速度。",
                en:
                    "An edit list changes the speed of playing, so the length differs between players: \(words.en) was "
                    + "measured; \(limits.en) is required. Have a person look, or export it at normal speed."))
    }

    /// Review: the outcome depends on whether jumps of the timestamps count.
    private func jumpReview(_ length: Duration, withoutJumps: Duration?) -> Judgement {
        let (words, short) = (Wording.duration(length), withoutJumps.map(Wording.duration))
        return Judgement(
            .review, reason: "timeline-jump", required: required,
            measured: ([length] + [withoutJumps].compactMap(\.self)).map { "\(Wording.seconds($0)) s" }
                .joined(separator: " / "),
            message: LocalizedText(
                zh: "时间戳中途跳过一段没有画面的时间：计入为 \(words.zh)"
                    + (short.map { "，不计为 \($0.zh)" } ?? "，不计则时长未知")
                    + "，要求\(Wording.spaced(limits.zh))。各播放器显示的时长不同，请人工确认，或重新导出。",
                en: "The timestamps jump over a time without pictures: it lasts \(words.en) with that time"
                    + (short.map { " and \($0.en) without" } ?? ", and for an unknown time without")
                    + "; \(limits.en) is required. Players differ: have a person look, or export it again."))
    }

    /// Judges one length.
    private func judge(_ length: Duration) -> Judgement {
        let nearest = allowed.min { Self.distance($0, length) < Self.distance($1, length) }
        if let nearest, Self.distance(nearest, length) > tolerance { return otherLength(length, nearest: nearest) }
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
        let isInside =
            shortest.map { length >= $0 } ?? true && longest.map { length <= $0 } ?? true
            && nearest.map { length == $0 } ?? true
        let allowance = Wording.duration(tolerance)
        return Judgement(
            .pass, required: required, measured: measured,
            message: LocalizedText(
                zh: "时长为 \(words.zh)，符合要求（\(limits.zh)\(isInside ? "" : "，允许误差 \(allowance.zh)")）。",
                en:
                    "It lasts \(words.en), within \(limits.en)\(isInside ? "" : " and its tolerance of \(allowance.en)")."
            ))
    }

    /// Fail: the length is none of the listed ones, `nearest` among them.
    private func otherLength(_ length: Duration, nearest: Duration) -> Judgement {
        let (words, near) = (Wording.duration(length), Wording.duration(nearest))
        let distance = Wording.duration(Self.distance(nearest, length))
        return Judgement(
            .fail, reason: "other-length", required: required, measured: "\(Wording.seconds(length)) s",
            message: LocalizedText(
                zh: "时长为 \(words.zh)，要求 \(limits.zh)，与最接近的 \(near.zh)相差 \(distance.zh)。请调整时长后重新导出。",
                en:
                    "It lasts \(words.en); \(limits.en) is required, and the nearest of these, \(near.en), is \(distance.en) "
                    + "away. Change the length and export again."))
    }

    private static func distance(_ one: Duration, _ other: Duration) -> Duration {
        one < other ? other - one : one - other
    }

    private var required: String {
        let lengths =
            allowed.isEmpty
            ? Bounds.text(shortest.map(Wording.seconds), longest.map(Wording.seconds))
            : allowed.map(Wording.seconds).joined(separator: " / ")
        return "\(lengths) s" + (tolerance > .zero ? " ± \(Wording.seconds(tolerance)) s" : "")
    }

    private var limits: LocalizedText {
        allowed.isEmpty
            ? Bounds.words(shortest.map(Wording.duration), longest.map(Wording.duration))
            : Wording.alternatives(allowed.map(Wording.duration))
    }
}

extension DurationRule: Encodable {
    private enum CodingKeys: String, CodingKey {
        case minMilliseconds, maxMilliseconds, allowedMilliseconds, toleranceMilliseconds
    }

    func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(shortest?.wholeMilliseconds, forKey: .minMilliseconds)
        try values.encode(longest?.wholeMilliseconds, forKey: .maxMilliseconds)
        // Left out where none are listed, as in every file of `clipcheck.contest/1`.
        if !allowed.isEmpty { try values.encode(allowed.map(\.wholeMilliseconds), forKey: .allowedMilliseconds) }
        try values.encode(tolerance.wholeMilliseconds, forKey: .toleranceMilliseconds)
    }
}

extension Wording {
    /// The sentence that names the length of a film without the jumps of its timestamps.
    static func withoutJumps(_ length: Duration) -> LocalizedText {
        let words = duration(length)
        return LocalizedText(
            zh: "时间戳中途有跳跃，不计跳跃为 \(words.zh)。",
            en: "The timestamps jump on the way; without the jumps it lasts \(words.en).")
    }
}
