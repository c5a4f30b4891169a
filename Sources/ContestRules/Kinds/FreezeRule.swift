internal import MediaFacts

/// Fails when the picture is frozen without interruption for longer than the limit.
struct FreezeRule: ContentRule, Encodable {
    static let kind = "freeze"
    static let title = LocalizedText(zh: "静止", en: "Frozen picture")
    static let stream = MeasuredStream.picture
    /// The longest frozen time range that is allowed.
    let limit: MaximumDuration
    let thresholds: [ContentThresholds.Name: Double]

    init(longest: Duration, thresholds: ContentThresholds = .usual) {
        limit = MaximumDuration(longest: longest)
        self.thresholds = thresholds.only(.freezeMovement)
    }

    init(_ parameters: ParameterReader) {
        limit = MaximumDuration(parameters)
        thresholds = parameters.thresholds(.freezeMovement)
    }

    var measurements: Set<Measurement> { [.header, .packets, .picture] }
    var required: String? { limit.required }

    func judge(_ content: ContentFacts, of facts: MediaFacts) -> Judgement {
        guard facts.video != nil else { return .noPicture(required: required) }
        guard let picture = content.picture else { return undetermined(.nothingDecoded) }
        return limit.judge(
            picture.frozen, shortfall: shortfall(of: picture, longest: limit.longest),
            name: LocalizedText(zh: "画面静止", en: "frozen stretch"),
            remedy: LocalizedText(zh: "如非有意，请检查剪辑后重新导出。", en: "If it is not meant, check the edit and export again."))
    }

    func encode(to encoder: any Encoder) throws {
        try limit.encode(to: encoder)
        try encode(thresholds, to: encoder)
    }
}
