internal import MediaFacts

/// The film has a keyframe at least so often, groups of pictures that can be decoded on their own, and the B-pictures that
/// the notice asks for.
struct KeyframesRule: MeasuredRule {
    static let kind = "keyframes"
    static let title = LocalizedText(zh: "关键帧", en: "Keyframes")

    /// Longest time from one keyframe to the next; nil for any.
    var longest: Duration?
    /// Whether every group of pictures must be closed.
    var needsClosedGroups: Bool
    /// The number of B-pictures in a row: 2 for IBBP, 0 for none; nil for any.
    var bPictures: Int?

    /// Makes a rule; nil for any interval.
    init(longest: Duration? = nil, needsClosedGroups: Bool = false, bPictures: Int? = nil) {
        self.longest = longest
        self.needsClosedGroups = needsClosedGroups
        self.bPictures = bPictures
    }

    init(_ parameters: ParameterReader) {
        longest = parameters.value("maxInterval", .duration)
        needsClosedGroups = parameters.value("closed", .demand(.required)) != nil
        bPictures = parameters.value("bFrames", .whole(0...16))
        parameters.requireOne(of: "maxInterval", "closed", "bFrames")
        parameters.requireAboveZero(longest, zero: .zero, key: "maxInterval")
    }

    var measurements: Set<Measurement> { [.header, .packets] }

    func judge(_ facts: MediaFacts) -> Judgement {
        let coding = facts.video?.coding
        let asked = [
            longest.map { Self.intervalAspect($0, coding?.longestKeyframeInterval) },
            needsClosedGroups ? Self.groupAspect(coding?.hasClosedGroups) : nil,
            bPictures.map { Self.runAspect($0, coding?.longestBPictureRun) },
        ].compactMap(\.self)
        guard facts.video != nil else {
            return .noPicture(required: asked.map(\.required.text).joined(separator: ", "))
        }
        return .of(
            asked,
            advice: LocalizedText(
                zh: "请在导出设置中调整关键帧间隔（GOP）后重新导出。", en: "Set the keyframe interval (GOP) and export again."),
            unknown: .exportAgain)
    }

    private static func intervalAspect(_ longest: Duration, _ interval: Duration?) -> Aspect {
        let term = { (time: Duration) in
            let words = Wording.duration(time)
            return Aspect.Term("\(Wording.seconds(time)) s", zh: words.zh, en: words.en)
        }
        let limit = Bounds.words(nil, Wording.duration(longest))
        return Aspect(
            LocalizedText(zh: "最长关键帧间隔", en: "longest keyframe interval"), reason: "keyframe-interval",
            required: .init("≤ \(Wording.seconds(longest)) s", zh: limit.zh, en: limit.en), interval, shown: term,
            isMet: { $0 <= longest })
    }

    private static func groupAspect(_ isClosed: Bool?) -> Aspect {
        let closed = Aspect.Term("closed", zh: "封闭", en: "closed")
        return Aspect(
            LocalizedText(zh: "图像组（GOP）", en: "group of pictures"), reason: "open-groups", required: closed, isClosed,
            shown: { $0 ? closed : .init("open", zh: "开放", en: "open") }, isMet: \.self)
    }
}

extension KeyframesRule {
    private static func runAspect(_ wanted: Int, _ longest: Int?) -> Aspect {
        let term = { (count: Int) in Aspect.Term("\(count) B", zh: "\(count) 个", en: "\(count)") }
        return Aspect(
            LocalizedText(zh: "连续的 B 帧", en: "number of B-frames in a row"), reason: "b-frames", required: term(wanted),
            longest, shown: term, isMet: { $0 == wanted })
    }
}

extension KeyframesRule: Encodable {
    private enum CodingKeys: String, CodingKey { case maxIntervalMilliseconds, closed, bFrames }

    func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encodeIfPresent(longest?.wholeMilliseconds, forKey: .maxIntervalMilliseconds)
        try values.encodeIfPresent(needsClosedGroups ? Demand.required : nil, forKey: .closed)
        try values.encodeIfPresent(bPictures, forKey: .bFrames)
    }
}
