internal import MediaFacts

/// The length in the header agrees with the packets. When it does not, a person must look: players will disagree.
struct TrueLengthRule: MeasuredRule {
    static let kind = "true-length"
    /// Largest difference, included.
    var tolerance: Duration

    init(tolerance: Duration) { self.tolerance = tolerance }

    init(_ parameters: ParameterReader) {
        tolerance = parameters.value("tolerance", isRequired: true, shape: Units.durationShape, Units.duration) ?? .zero
    }

    var measurements: Set<Measurement> { [.header, .packets] }

    func judge(_ facts: MediaFacts) -> Judgement {
        let required = "≤ \(Wording.seconds(tolerance)) s"
        guard facts.video != nil else { return .noPicture(required: required) }
        guard let length = facts.duration else {
            return .unknown("视频的实际时长", "true length of the video", required: required)
        }
        guard let declared = facts.declaredDuration else {
            return Judgement(
                .pass, required: required, measured: "\(Wording.seconds(length)) s",
                message: LocalizedText(
                    zh: "文件头没有声明时长，以实际画面时长 \(Wording.duration(length).zh)为准。",
                    en: "The header declares no length; the pictures last \(Wording.duration(length).en)."))
        }
        let difference = length < declared ? declared - length : length - declared
        let measured = "\(Wording.seconds(declared)) s / \(Wording.seconds(length)) s"
        guard difference > tolerance else {
            return Judgement(
                .pass, required: required, measured: measured,
                message: LocalizedText(zh: "声明时长与实际时长一致。", en: "The declared and the true length agree."))
        }
        let (claimed, actual) = (Wording.duration(declared), Wording.duration(length))
        return Judgement(
            .review, reason: "length-contradiction", required: required, measured: measured,
            message: LocalizedText(
                zh: "文件头声明时长 \(claimed.zh)，实际画面为 \(actual.zh)。请播放查看是否完整，必要时重新导出。",
                en:
                    "The header declares \(claimed.en), but the pictures last \(actual.en). Play it to the end; export it "
                    + "again if something is missing."))
    }
}
