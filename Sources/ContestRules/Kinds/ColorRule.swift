internal import MediaFacts

/// The colours are coded in one of the listed spaces, and in high or in standard dynamic range.
struct ColorRule: MeasuredRule {
    static let kind = "color"
    static let title = LocalizedText(zh: "色彩", en: "Colour")

    /// Colour spaces that are allowed; nil for any.
    var spaces: [ColorSpaceName]?
    /// Whether the film must be in high dynamic range, or must not; nil for either.
    var highDynamicRange: Demand?

    /// Makes a rule; nil for what may be anything.
    init(spaces: [ColorSpaceName]? = nil, highDynamicRange: Demand? = nil) {
        self.spaces = spaces
        self.highDynamicRange = highDynamicRange
    }

    init(_ parameters: ParameterReader) {
        spaces = parameters.list("spaces", .name(ColorSpaceName.allCases.map { ($0.rawValue, $0) }))
        highDynamicRange = parameters.value("hdr", .demand(.forbidden, .required))
        parameters.requireOne(of: "spaces", "hdr")
    }

    func judge(_ facts: MediaFacts) -> Judgement {
        let video = facts.video
        let asked = [
            spaces.map { Self.spaceAspect($0, video) },
            highDynamicRange.map { Self.rangeAspect($0, video?.signal?.color) },
        ].compactMap(\.self)
        guard video != nil else { return .noPicture(required: asked.map(\.required.text).joined(separator: ", ")) }
        return .of(
            asked,
            advice: LocalizedText(
                zh: "请在导出设置中选择要求的色彩空间和动态范围。", en: "Choose that colour space and dynamic range when you export."),
            unknown: LocalizedText(
                zh: "文件没有写明色彩信息，播放器只能猜测；请在导出设置中写明后重新导出。",
                en: "The file does not state its colours, so players guess them. State them in the export settings and "
                    + "export again."))
    }

    private static func spaceAspect(_ allowed: [ColorSpaceName], _ video: VideoFacts?) -> Aspect {
        let color = video?.signal?.color
        return Aspect(
            LocalizedText(zh: "色彩空间", en: "colour space"), reason: "color-space",
            required: .init(allowed.map(\.rawValue).joined(separator: "/")), color,
            shown: { .init($0.statedText) },
            isMet: { color in
                let answers = allowed.map { $0.matches(color, pixelFormat: video?.pixelFormat) }
                return answers.contains(true) ? true : answers.contains(nil) ? nil : false
            })
    }

    /// A file that states no transfer curve is shown in standard range.
    private static func rangeAspect(_ demand: Demand, _ color: ColorDescription?) -> Aspect {
        Aspect(
            LocalizedText(zh: "动态范围", en: "dynamic range"), reason: "hdr",
            required: demand == .required ? .init("HDR") : .init("SDR"), color,
            shown: { .init($0.highDynamicRange.map { "HDR (\($0.rawValue))" } ?? "SDR") },
            isMet: { demand.isMet(by: $0.highDynamicRange != nil) })
    }
}

extension ColorRule: Encodable {
    private enum CodingKeys: String, CodingKey { case spaces, hdr }

    func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encodeIfPresent(spaces, forKey: .spaces)
        try values.encodeIfPresent(highDynamicRange, forKey: .hdr)
    }
}

extension ColorDescription {
    /// Primaries, transfer and matrix as FFmpeg names them, one name where all are equal; `?` for one that is not stated.
    fileprivate var statedText: String {
        let names = [primaries, transfer, matrix].map { $0 ?? "?" }
        return Set(names).count == 1 ? names[0] : names.joined(separator: "/")
    }
}
