internal import MediaFacts

/// The picture is shown upright: turned by quarters at most, and not mirrored. Anything else is for a person to see.
struct UprightRule: MeasuredRule {
    static let kind = "upright"

    init() {}
    init(_ parameters: ParameterReader) {}

    func judge(_ facts: MediaFacts) -> Judgement {
        guard let video = facts.video else { return .noPicture() }
        guard let orientation = video.picture?.orientation else { return .unknown("画面尺寸", "picture size") }
        let advice = LocalizedText(zh: "请人工查看画面方向，必要时重新导出。", en: "Look at the picture; export again if it is wrong.")
        guard let degrees = orientation.clockwiseDegrees, let turn = orientation.quarterTurnDegrees else {
            return Judgement(
                .review, reason: "broken-rotation", measured: "?",
                message: LocalizedText(
                    zh: "文件中的旋转信息已损坏，各播放器显示可能不同。\(advice.zh)",
                    en: "The file's rotation is broken, so players may differ. \(advice.en)"))
        }
        let angle = Wording.decimal(orientation.oddAngleDegrees == nil ? Double(turn) : degrees)
        let measured = "\(angle)°" + (orientation.mirrored ? " mirrored" : "")
        if orientation.mirrored {
            return Judgement(
                .review, reason: "mirrored", measured: measured,
                message: LocalizedText(zh: "画面被设为镜像显示。\(advice.zh)", en: "The picture is shown mirrored. \(advice.en)"))
        }
        if orientation.oddAngleDegrees != nil {
            return Judgement(
                .review, reason: "odd-angle", measured: measured,
                message: LocalizedText(
                    zh: "画面旋转了 \(angle)°，不是 90° 的倍数。\(advice.zh)",
                    en: "The picture is turned by \(angle)°, not a multiple of 90°. \(advice.en)"))
        }
        return Judgement(
            .pass, measured: measured, message: LocalizedText(zh: "画面方向正常。", en: "The picture is upright."))
    }
}
