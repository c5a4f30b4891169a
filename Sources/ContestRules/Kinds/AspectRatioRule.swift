internal import MediaFacts

/// Fails unless the displayed picture, after pixel shape and rotation, has one of the listed shapes.
struct AspectRatioRule: GeometryRule {
    static let kind = "aspect-ratio"
    static let problems: [IntegrityProblem.Code] = [.pixelShapeContradiction, .containerCropping]

    /// Shapes that are allowed; at least one.
    var allowed: [Ratio]
    /// Relative tolerance as a fraction of one.
    var tolerance: Double

    init(allowed: [Ratio], tolerance: Double) {
        self.allowed = allowed
        self.tolerance = tolerance
    }

    init(_ parameters: ParameterReader) {
        allowed = parameters.list("allowed", isRequired: true, shape: Units.ratioShape, Units.ratio) ?? []
        tolerance = parameters.value("tolerance", isRequired: true, shape: Units.percentShape, Units.fraction) ?? 0
    }

    /// `16:9` or `16:9, 4:3`.
    var text: String { allowed.map(\.colonText).joined(separator: ", ") }

    /// Whether a picture of `size` would pass.
    func admits(_ size: PictureSize) -> Bool {
        Ratio(Int64(size.width), Int64(size.height)).map { shape in
            allowed.contains { shape.isWithin(tolerance, of: $0) }
        } ?? false
    }

    var required: String? { text }

    func judge(_ picture: PictureGeometry) -> Judgement {
        let exact = picture.exactDisplayAspectRatio
        let common = picture.displayAspectRatio
        let passes = allowed.contains { exact.isWithin(tolerance, of: $0) }
        // `displayAspectRatio` rounds to a common ratio, and a rule with a tighter tolerance can reject a picture that
        // rounds to 16:9. Show the exact ratio then; the message would otherwise read "16:9, but 16:9 is required".
        let shown = (!passes && allowed.contains(common) ? exact : common).colonText
        let size = "\(picture.displayWidth)×\(picture.displayHeight)"
        guard !passes else {
            return Judgement(
                .pass, required: text, measured: shown,
                message: LocalizedText(zh: "画面比例为 \(shown)，符合要求。", en: "The picture is \(shown), as required."))
        }
        let isTurned = allowed.contains { exact.inverted.isWithin(tolerance, of: $0) }
        return Judgement(
            .fail, reason: isTurned ? "turned" : nil, required: text, measured: shown,
            message: LocalizedText(
                zh: "画面比例为 \(shown)（显示尺寸 \(size)），要求 \(text)。"
                    + (isTurned ? "横屏与竖屏相反，请按要求的方向重新制作导出。" : "请按要求的比例重新制作导出，不要拉伸或加黑边。"),
                en: "The picture is \(shown) (\(size) as displayed); \(text) is required. "
                    + (isTurned
                        ? "Landscape and portrait are swapped: make it the other way round."
                        : "Export it in the required shape, without stretching or black bars.")))
    }

    func complete(_ judgement: Judgement, _ facts: MediaFacts) -> Judgement {
        guard facts.integrity.problem(.pixelShapeContradiction) != nil else { return judgement }
        return judgement.noting([
            LocalizedText(
                zh: "容器与视频流声明的像素形状不同，以容器为准。",
                en: "Container and video stream claim different pixel shapes; the container's is used.")
        ])
    }
}

extension AspectRatioRule: Encodable {
    private enum CodingKeys: String, CodingKey { case allowed, tolerancePartsPerMillion }

    func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(allowed.map(\.colonText), forKey: .allowed)
        try values.encode(Int((tolerance * 1_000_000).rounded()), forKey: .tolerancePartsPerMillion)
    }
}
