internal import MediaFacts

/// Fails unless the displayed picture, after pixel shape and rotation, has one of the listed shapes or one within a range.
struct AspectRatioRule: GeometryRule {
    static let kind = "aspect-ratio"
    static let title = LocalizedText(zh: "画面比例", en: "Aspect ratio")
    static let problems: [IntegrityProblem.Code] = [.pixelShapeContradiction, .containerCropping]

    /// Shapes that are allowed; may be empty when a range is given.
    var allowed: [PictureShape]
    /// The range of shapes that are allowed; nil when shapes are listed only.
    var range: PictureShapeRange?
    /// Relative tolerance as a fraction of one.
    var tolerance: Double

    /// The tolerance where a file of `clipcheck.contest/2` gives none: the one that `displayAspectRatio` rounds by.
    private static let usualTolerance = 0.005

    init(allowed: [PictureShape], range: PictureShapeRange? = nil, tolerance: Double) {
        self.allowed = allowed
        self.range = range
        self.tolerance = tolerance
    }

    init(allowed: [Ratio], tolerance: Double) {
        self.init(allowed: allowed.map { PictureShape($0) }, tolerance: tolerance)
    }

    init(_ parameters: ParameterReader) {
        let hasRange = parameters.has("from") || parameters.has("to")
        allowed = parameters.list("allowed", isRequired: !hasRange, mayBeEmpty: hasRange, .pictureShape) ?? []
        let from = parameters.value("from", isRequired: hasRange, .pictureShape)
        let to = parameters.value("to", isRequired: hasRange, .pictureShape)
        if let from, let to { range = PictureShapeRange(from, to) }
        tolerance =
            parameters.value("tolerance", isRequired: parameters.schema == .first, .fraction) ?? Self.usualTolerance
    }

    /// `16:9`, `16:9, 4:3` or `9:20–9:16`.
    var text: String { (allowed.map(\.text) + [range?.text].compactMap(\.self)).joined(separator: ", ") }

    /// Whether a picture of `size` would pass.
    func admits(_ size: PictureSize) -> Bool {
        Ratio(Int64(size.width), Int64(size.height)).map(admits) ?? false
    }

    private func admits(_ ratio: Ratio) -> Bool {
        allowed.contains { ratio.isWithin(tolerance, of: $0.ratio) }
            || range?.contains(ratio, within: tolerance) ?? false
    }

    /// The ratio as the notice writes it, if it lists the ratio.
    private func text(_ ratio: Ratio) -> String { allowed.first { $0.ratio == ratio }?.text ?? ratio.colonText }

    var required: String? { text }

    func judge(_ picture: PictureGeometry) -> Judgement {
        let exact = picture.exactDisplayAspectRatio
        let common = picture.displayAspectRatio
        let passes = admits(exact)
        // `displayAspectRatio` rounds to a common ratio, and a rule with a tighter tolerance can reject a picture that
        // rounds to 16:9. Show the exact ratio then; the message would otherwise read "16:9, but 16:9 is required".
        let isAllowed = allowed.contains { $0.ratio == common } || range?.contains(common, within: 0) ?? false
        let shown = text(!passes && isAllowed ? exact : common)
        let size = "\(picture.displayWidth)×\(picture.displayHeight)"
        guard !passes else {
            return Judgement(
                .pass, required: text, measured: shown,
                message: LocalizedText(zh: "画面比例为 \(shown)，符合要求。", en: "The picture is \(shown), as required."))
        }
        let isTurned = admits(exact.inverted)
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
    private enum CodingKeys: String, CodingKey { case allowed, from, to, tolerancePartsPerMillion }

    func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(allowed.map(\.text), forKey: .allowed)
        // Left out where no range is given, as in every file of `clipcheck.contest/1`.
        try values.encodeIfPresent(range?.narrowest.text, forKey: .from)
        try values.encodeIfPresent(range?.widest.text, forKey: .to)
        try values.encode(Int((tolerance * 1_000_000).rounded()), forKey: .tolerancePartsPerMillion)
    }
}
