internal import MediaFacts

/// The displayed picture, after pixel shape and rotation, has one of the listed shapes.
struct AspectRatioRule: MeasuredRule {
    static let kind = "aspect-ratio"
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

    func judge(_ facts: MediaFacts) -> Judgement {
        guard facts.video != nil else { return .noPicture(required: text) }
        guard let picture = facts.video?.picture else { return .unknown("画面尺寸", "picture size", required: text) }
        let exact = picture.exactDisplayAspectRatio
        let common = picture.displayAspectRatio
        let passes = allowed.contains { exact.isWithin(tolerance, of: $0) }
        // A tolerance below half a per cent tells apart what has one common name.
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
}

extension AspectRatioRule: Encodable {
    private enum CodingKeys: String, CodingKey { case allowed, tolerancePartsPerMillion }

    func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(allowed.map(\.colonText), forKey: .allowed)
        try values.encode(Int((tolerance * 1_000_000).rounded()), forKey: .tolerancePartsPerMillion)
    }
}
