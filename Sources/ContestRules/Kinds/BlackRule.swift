internal import MediaFacts

/// Fails when the picture is black without interruption for longer than the limit.
struct BlackRule: ContentRule, Encodable {
    static let kind = "black"
    static let title = LocalizedText(zh: "黑屏", en: "Black picture")
    static let stream = MeasuredStream.picture
    /// The longest black time range that is allowed.
    let limit: MaximumDuration
    let thresholds: [ContentThresholds.Name: Double]

    init(longest: Duration, thresholds: ContentThresholds = .usual) {
        limit = MaximumDuration(longest: longest)
        self.thresholds = thresholds.only(.blackDarkness, .blackArea)
    }

    init(_ parameters: ParameterReader) {
        limit = MaximumDuration(parameters)
        thresholds = parameters.thresholds(.blackDarkness, .blackArea)
    }

    var measurements: Set<Measurement> { [.header, .packets, .picture] }
    var required: String? { limit.required }

    func judge(_ content: ContentFacts, of facts: MediaFacts) -> Judgement {
        guard facts.video != nil else { return .noPicture(required: required) }
        guard let picture = content.picture else { return undetermined(.nothingDecoded) }
        return limit.judge(
            picture.black, shortfall: shortfall(of: picture, longest: limit.longest),
            name: LocalizedText(zh: "黑屏", en: "black stretch"),
            remedy: LocalizedText(zh: "请剪去黑屏片段后重新导出。", en: "Cut it out and export again."))
    }

    func encode(to encoder: any Encoder) throws {
        try limit.encode(to: encoder)
        try encode(thresholds, to: encoder)
    }
}
