internal import MediaFacts

/// Fails when the picture has black bars at any time, and the part inside them has none of the listed shapes.
struct ActivePictureRule: ContentRule {
    static let kind = "active-picture"
    static let title = LocalizedText(zh: "黑边", en: "Black bars")
    static let stream = MeasuredStream.picture
    /// Shapes that are allowed inside bars; empty where no bar is allowed.
    var allowed: [PictureShape]
    /// Relative tolerance as a fraction of one. The detector finds the edge of a bar to within a few lines.
    var tolerance: Double
    /// Whether another shape is a `review` instead of a `fail`.
    var leavesToPerson: Bool
    let thresholds: [ContentThresholds.Name: Double]

    /// Share of width and of height that the picture fills at least where it counts as having no bars: 2 % on each side
    /// are ignored.
    private static let leastShare = 0.96

    /// The tolerance of a rule that names none.
    static let usualTolerance = 0.03

    init(
        allowed: [Ratio], tolerance: Double = usualTolerance, leavesToPerson: Bool = false,
        thresholds: ContentThresholds = .usual
    ) {
        self.allowed = allowed.map { PictureShape($0) }
        self.tolerance = tolerance
        self.leavesToPerson = leavesToPerson
        self.thresholds = thresholds.only(.barDarkness)
    }

    init(_ parameters: ParameterReader) {
        let isFirst = parameters.schema == .first
        allowed = parameters.list("allowed", isRequired: isFirst, mayBeEmpty: !isFirst, .pictureShape) ?? []
        tolerance = parameters.value("tolerance", .fraction) ?? Self.usualTolerance
        if !parameters.has("allowed"), tolerance != Self.usualTolerance, !isFirst {
            parameters.report(
                "tolerance", "没有 allowed 时不允许任何黑边，tolerance 没有作用",
                "without allowed no bar is allowed, so a tolerance has no use")
        }
        leavesToPerson =
            parameters.value("others", shape: LocalizedText(zh: " fail 或 review", en: "fail or review")) { text in
                ["fail": false, "review": true][text]
            } ?? false
        thresholds = parameters.thresholds(.barDarkness)
    }

    var measurements: Set<Measurement> { [.header, .packets, .picture] }
    var required: String? {
        allowed.isEmpty ? "≥ \(Self.percent(Self.leastShare))" : allowed.map(\.text).joined(separator: ", ")
    }

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
                .pass, required: required, measured: measured(picture.active[0], facts),
                message: hasBars
                    ? LocalizedText(
                        zh: "去除黑边后的画面比例符合要求。", en: "Without its black bars the picture has an allowed shape.")
                    : LocalizedText(zh: "画面没有黑边。", en: "The picture has no black bars."))
        }
        return Judgement(
            leavesToPerson ? .review : .fail, reason: "bars", required: required, measured: measured(widest, facts),
            message: message(widest, at: Wording.places(barred.map(\.when))),
            passages: barred.map { Passage($0.when) })
    }

    /// The message about bars whose widest range leaves `active`.
    private func message(_ active: ActivePicture, at places: String) -> LocalizedText {
        let size = "\(active.width)×\(active.height)"
        let limit =
            allowed.isEmpty
            ? LocalizedText(zh: "画面没有黑边。请去掉黑边", en: "a picture without bars")
            : LocalizedText(zh: " \(required ?? "")。请去掉黑边、按要求的比例", en: required ?? "")
        return LocalizedText(
            zh: "画面带黑边，实际画面为 \(size)（\(Self.shape(active))，\(places)），要求\(limit.zh)重新制作。",
            en: "There are black bars: the picture inside them is \(size) (\(Self.shape(active)), \(places)); "
                + "\(limit.en) is required. Make it without bars.")
    }

    /// Whether `active` covers the whole picture in the shape that is shown at its time.
    private func fills(_ active: ActivePicture, _ facts: MediaFacts) -> Bool {
        guard let whole = facts.shape(during: active.when) else { return false }
        return Double(active.width) >= Double(whole.displayWidth) * Self.leastShare
            && Double(active.height) >= Double(whole.displayHeight) * Self.leastShare
    }

    private func hasAllowedShape(_ active: ActivePicture) -> Bool {
        Ratio(Int64(active.width), Int64(active.height)).map { shape in
            allowed.contains { shape.isWithin(tolerance, of: $0.ratio) }
        } ?? false
    }

    /// The shape of `active`, or where no bar is allowed the lesser of its shares of width and height, `75 %`.
    private func measured(_ active: ActivePicture, _ facts: MediaFacts) -> String? {
        guard allowed.isEmpty else { return Self.shape(active) }
        return facts.shape(during: active.when).map { whole in
            let (width, height) = (Double(active.width), Double(active.height))
            return Self.percent(min(width / Double(whole.displayWidth), height / Double(whole.displayHeight)))
        }
    }

    private static func percent(_ share: Double) -> String { "\(Wording.decimal(share * 100)) %" }

    /// `0.56:1`: two decimals, as exact as a measured edge.
    private static func shape(_ active: ActivePicture) -> String {
        "\(Wording.decimal(Double(active.width) / Double(max(1, active.height)))):1"
    }
}

extension ActivePictureRule: Encodable {
    private enum CodingKeys: String, CodingKey { case allowed, tolerance, others }

    func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(allowed.map(\.text), forKey: .allowed)
        try values.encode(tolerance, forKey: .tolerance)
        try values.encode(leavesToPerson ? "review" : "fail", forKey: .others)
        try encode(thresholds, to: encoder)
    }
}
