internal import MediaFacts

/// The picture does not stand still for long in one piece.
struct FreezeRule: ContentRule, Encodable {
    static let kind = "freeze"
    /// How long a piece may last.
    let stretch: LongestStretch
    let thresholds: [ContentThresholds.Name: Double]

    init(longest: Duration, thresholds: ContentThresholds = .usual) {
        stretch = LongestStretch(longest: longest)
        self.thresholds = thresholds.only(.freezeMovement)
    }

    init(_ parameters: ParameterReader) {
        stretch = LongestStretch(parameters)
        thresholds = parameters.thresholds(.freezeMovement)
    }

    var measurements: Set<Measurement> { [.header, .packets, .picture] }
    var required: String? { stretch.required }

    func judge(_ content: ContentFacts, of facts: MediaFacts) -> Judgement {
        guard facts.video != nil else { return .noPicture(required: required) }
        guard let picture = content.picture else { return undetermined(.nothingDecoded) }
        return judge(
            picture.frozen, upTo: stretch, picture.shortfall, LocalizedText(zh: "画面静止", en: "frozen stretch"),
            LocalizedText(zh: "如非有意，请检查剪辑后重新导出。", en: "If it is not meant, check the edit and export again."))
    }

    func encode(to encoder: any Encoder) throws {
        try stretch.encode(to: encoder)
        try encode(thresholds, to: encoder)
    }
}
