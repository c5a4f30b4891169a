internal import MediaFacts

/// The samples of the picture have the colour sampling, depth, range and pixel shape that the notice asks for.
struct PixelFormatRule: MeasuredRule {
    static let kind = "pixel-format"
    static let title = LocalizedText(zh: "像素格式", en: "Pixel format")

    /// Colour samplings that are allowed, such as `4:2:0`; nil for any.
    var chroma: [String]?
    /// Depths of a sample that are allowed, in bits; nil for any.
    var bitDepths: [Int]?
    /// The range of the samples; nil for any.
    var range: ColorRange?
    /// Whether every shape of the picture must have square pixels.
    var needsSquarePixels: Bool

    /// Colour samplings that a file may ask for.
    private static let samplings = ["4:0:0", "4:1:0", "4:1:1", "4:2:0", "4:2:2", "4:4:0", "4:4:4"]
    /// Pixels count as square up to this difference: programs round the shape of a pixel (853:854).
    private static let squareTolerance = 0.005

    /// Makes a rule; nil for what may be anything.
    init(
        chroma: [String]? = nil, bitDepths: [Int]? = nil, range: ColorRange? = nil, needsSquarePixels: Bool = false
    ) {
        self.chroma = chroma
        self.bitDepths = bitDepths
        self.range = range
        self.needsSquarePixels = needsSquarePixels
    }

    init(_ parameters: ParameterReader) {
        chroma = parameters.list("chroma", .name(Self.samplings.map { ($0, $0) }))
        bitDepths = parameters.list("bitDepth", .bitDepth)
        range = parameters.value("range", .name(ColorRange.known.map { ($0.rawValue, $0) }))
        needsSquarePixels = parameters.value("squarePixels", .demand(.required)) != nil
        parameters.requireOne(of: "chroma", "bitDepth", "range", "squarePixels")
    }

    func judge(_ facts: MediaFacts) -> Judgement {
        let asked = aspects(facts.video)
        guard facts.video != nil else {
            return .noPicture(required: asked.map(\.required.text).joined(separator: ", "))
        }
        return .of(
            asked,
            advice: LocalizedText(zh: "请在导出设置中调整后重新导出。", en: "Change the settings and export again."),
            unknown: .exportAgain)
    }

    private func aspects(_ video: VideoFacts?) -> [Aspect] {
        [
            chroma.map { Self.chromaAspect($0, video?.signal?.chroma) },
            bitDepths.map { Self.depthAspect($0, video?.signal?.bitDepth) },
            range.map { Self.rangeAspect($0, video?.signal?.color?.range) },
            needsSquarePixels ? Self.shapeAspect(video) : nil,
        ].compactMap(\.self)
    }

    private static func chromaAspect(_ allowed: [String], _ chroma: String?) -> Aspect {
        Aspect(
            LocalizedText(zh: "色度采样", en: "chroma sampling"), reason: "chroma",
            required: .init(allowed.joined(separator: "/")), chroma, shown: { .init($0) }, isMet: allowed.contains)
    }

    private static func depthAspect(_ allowed: [Int], _ depth: Int?) -> Aspect {
        Aspect(
            LocalizedText(zh: "位深", en: "bit depth"), reason: "bit-depth",
            required: .init(allowed.map { "\($0)" }.joined(separator: "/") + " bit"), depth,
            shown: { .init("\($0) bit") }, isMet: allowed.contains)
    }

    private static func rangeAspect(_ wanted: ColorRange, _ range: ColorRange?) -> Aspect {
        Aspect(
            LocalizedText(zh: "亮度范围", en: "sample range"), reason: "range",
            required: .init(wanted.rawValue, zh: wanted.words.zh, en: wanted.words.en), range,
            shown: { .init($0.rawValue, zh: $0.words.zh, en: $0.words.en) }, isMet: { $0 == wanted })
    }

    /// Compares the pixel shape of every picture that the film shows; the first one that is not square is named.
    private static func shapeAspect(_ video: VideoFacts?) -> Aspect {
        let shapes = video?.picture.map { [$0] + (video?.changes.map(\.picture) ?? []) }?.map(\.sampleAspectRatio)
        let isSquare = { (shape: Ratio) in shape.isWithin(squareTolerance, of: .one) }
        let shape = shapes.flatMap { $0.first { !isSquare($0) } ?? $0.first }
        return Aspect(
            LocalizedText(zh: "像素宽高比", en: "pixel shape"), reason: "pixel-shape", required: .init("1:1"), shape,
            shown: { .init($0.colonText) }, isMet: isSquare)
    }
}

extension PixelFormatRule: Encodable {
    private enum CodingKeys: String, CodingKey { case chroma, bitDepth, range, squarePixels }

    func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encodeIfPresent(chroma, forKey: .chroma)
        try values.encodeIfPresent(bitDepths, forKey: .bitDepth)
        try values.encodeIfPresent(range, forKey: .range)
        try values.encodeIfPresent(needsSquarePixels ? Demand.required : nil, forKey: .squarePixels)
    }
}

extension ColorRange {
    /// The range for people; a name that this version does not know as it is.
    fileprivate var words: LocalizedText {
        switch self {
        case .limited: LocalizedText(zh: "有限范围（16–235）", en: "limited (16–235)")
        case .full: LocalizedText(zh: "全范围（0–255）", en: "full (0–255)")
        default: LocalizedText(zh: rawValue, en: rawValue)
        }
    }
}
