internal import MediaFacts

/// Passes a picture that is turned by quarters at most and not mirrored; leaves every other one to a person.
struct UprightRule: GeometryRule {
    static let kind = "upright"
    static let title = LocalizedText(zh: "画面端正", en: "Upright picture")
    static let problems: [IntegrityProblem.Code] = [.brokenRotation]

    private static let advice = LocalizedText(
        zh: "请人工查看画面方向，必要时重新导出。", en: "Look at the picture; export again if it is wrong.")

    init() {}
    init(_ parameters: ParameterReader) {}

    var required: String? { nil }

    func judge(_ picture: PictureGeometry) -> Judgement {
        let (orientation, advice) = (picture.orientation, Self.advice)
        guard let degrees = orientation.clockwiseDegrees, let turn = orientation.quarterTurnDegrees else {
            return Self.brokenRotation
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

    func complete(_ judgement: Judgement, _ facts: MediaFacts) -> Judgement {
        let isBroken = judgement.outcome == .pass && facts.integrity.problem(.brokenRotation) != nil
        return isBroken ? Self.brokenRotation : judgement
    }

    private static let brokenRotation = Judgement(
        .review, reason: "broken-rotation", measured: "?",
        message: LocalizedText(
            zh: "文件中的旋转信息已损坏，各播放器显示可能不同。\(advice.zh)",
            en: "The file's rotation is broken, so players may differ. \(advice.en)"))
}
