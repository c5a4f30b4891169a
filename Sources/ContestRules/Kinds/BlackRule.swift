internal import MediaFacts

/// The picture is not black for long in one piece.
struct BlackRule: ContentRule, Encodable {
    static let kind = "black"
    /// How long a piece may last.
    let stretch: LongestStretch
    let thresholds: [ContentThresholds.Name: Double]

    init(longest: Duration, thresholds: ContentThresholds = .usual) {
        stretch = LongestStretch(longest: longest)
        self.thresholds = thresholds.only(.blackDarkness, .blackArea)
    }

    init(_ parameters: ParameterReader) {
        stretch = LongestStretch(parameters)
        thresholds = parameters.thresholds(.blackDarkness, .blackArea)
    }

    var measurements: Set<Measurement> { [.header, .packets, .picture] }
    var required: String? { stretch.required }

    func judge(_ content: ContentFacts, of facts: MediaFacts) -> Judgement {
        guard facts.video != nil else { return .noPicture(required: required) }
        guard let picture = content.picture else { return undetermined(.nothingDecoded) }
        return judge(
            picture.black, upTo: stretch, picture.shortfall, LocalizedText(zh: "黑屏", en: "black stretch"),
            LocalizedText(zh: "请剪去黑屏片段后重新导出。", en: "Cut it out and export again."))
    }

    func encode(to encoder: any Encoder) throws {
        try stretch.encode(to: encoder)
        try encode(thresholds, to: encoder)
    }
}
