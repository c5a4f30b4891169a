internal import MediaFacts

/// Fails when the part of the picture inside black bars has none of the listed shapes at any time.
struct ActivePictureRule: ContentRule {
    static let kind = "active-picture"
    static let stream = MeasuredStream.picture
    /// Shapes that are allowed; at least one.
    var allowed: [Ratio]
    /// Relative tolerance as a fraction of one. The detector finds the edge of a bar to within a few lines.
    var tolerance: Double
    /// Whether another shape is a `review` instead of a `fail`.
    var leavesToPerson: Bool
    let thresholds: [ContentThresholds.Name: Double]

    /// Share of width or height that a bar on one side may have and still be ignored.
    private static let hairline = 0.02

    init(
        allowed: [Ratio], tolerance: Double = 0.03, leavesToPerson: Bool = false, thresholds: ContentThresholds = .usual
    ) {
        self.allowed = allowed
        self.tolerance = tolerance
        self.leavesToPerson = leavesToPerson
        self.thresholds = thresholds.only(.barDarkness)
    }

    init(_ parameters: ParameterReader) {
        allowed = parameters.list("allowed", isRequired: true, shape: Units.ratioShape, Units.ratio) ?? []
        tolerance = parameters.value("tolerance", shape: Units.percentShape, Units.fraction) ?? 0.03
        leavesToPerson =
            parameters.value("others", shape: LocalizedText(zh: " fail 或 review", en: "fail or review")) { text in
                ["fail": false, "review": true][text]
            } ?? false
        thresholds = parameters.thresholds(.barDarkness)
    }

    var measurements: Set<Measurement> { [.header, .packets, .picture] }
    var required: String? { allowed.map(\.colonText).joined(separator: ", ") }

    func judge(_ content: ContentFacts, of facts: MediaFacts) -> Judgement {
        guard let video = facts.video else { return .noPicture(required: required) }
        guard video.picture != nil else { return .unknown("画面尺寸", "picture size", required: required) }
        guard let picture = content.picture else { return undetermined(.nothingDecoded) }
        let barred = picture.active.filter { !fills($0, facts) && !hasAllowedShape($0) }
        guard let widest = barred.max(by: { $0.when.length < $1.when.length }) else {
            if let shortfall = picture.shortfall { return undetermined(shortfall) }
            guard !picture.active.isEmpty else {
                return Judgement(
                    .undetermined, reason: "all-black", required: required,
                    message: LocalizedText(zh: "整个作品都是黑屏，看不到画面。", en: "The whole work is black; there is no picture."))
            }
            let hasBars = picture.active.contains { !fills($0, facts) }
            return Judgement(
                .pass, required: required, measured: Self.shape(picture.active[0]),
                message: hasBars
                    ? LocalizedText(
                        zh: "去除黑边后的画面比例符合要求。", en: "Without its black bars the picture has an allowed shape.")
                    : LocalizedText(zh: "画面没有黑边。", en: "The picture has no black bars."))
        }
        let size = "\(widest.width)×\(widest.height)"
        let places = Wording.places(barred.map(\.when))
        return Judgement(
            leavesToPerson ? .review : .fail, reason: "bars", required: required, measured: Self.shape(widest),
            message: LocalizedText(
                zh: "画面带黑边，实际画面为 \(size)（\(Self.shape(widest))，\(places)），要求 \(required ?? "")。"
                    + "请去掉黑边、按要求的比例重新制作。",
                en: "There are black bars: the picture inside them is \(size) (\(Self.shape(widest)), \(places)); "
                    + "\(required ?? "") is required. Make it without bars."),
            passages: barred.map { Passage($0.when) })
    }

    /// Whether `active` covers the whole picture in the shape that is shown at its time.
    private func fills(_ active: ActivePicture, _ facts: MediaFacts) -> Bool {
        guard let whole = facts.shape(during: active.when) else { return false }
        let (width, height) = (Double(whole.displayWidth), Double(whole.displayHeight))
        return Double(active.width) >= width * (1 - 2 * Self.hairline)
            && Double(active.height) >= height * (1 - 2 * Self.hairline)
    }

    private func hasAllowedShape(_ active: ActivePicture) -> Bool {
        Ratio(Int64(active.width), Int64(active.height)).map { shape in
            allowed.contains { shape.isWithin(tolerance, of: $0) }
        } ?? false
    }

    /// `0.56:1`: two decimals, as exact as a measured edge.
    private static func shape(_ active: ActivePicture) -> String {
        "\(Wording.decimal(Double(active.width) / Double(max(1, active.height)))):1"
    }
}

extension ActivePictureRule: Encodable {
    private enum CodingKeys: String, CodingKey { case allowed, tolerance, others }

    func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(allowed.map(\.colonText), forKey: .allowed)
        try values.encode(tolerance, forKey: .tolerance)
        try values.encode(leavesToPerson ? "review" : "fail", forKey: .others)
        try encode(thresholds, to: encoder)
    }
}
