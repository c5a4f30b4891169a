internal import MediaFacts

/// What a notice asks of the size of a picture.
enum PictureLimit: Hashable {
    /// One of the listed sizes.
    case sizes([PictureSize])
    /// A width and a height that are at least those of `min` and at most those of `max`.
    case bounds(min: PictureSize?, max: PictureSize?)
    /// A shorter side within a range of pixels, whichever side that is.
    case shortSide(min: Int?, max: Int?)

    /// Whether a picture of `size` keeps to the limit, leaving its orientation aside.
    func admits(_ size: PictureSize) -> Bool {
        switch self {
        case .sizes(let sizes): sizes.contains(size)
        case .bounds(let min, let max):
            (min.map { size.width >= $0.width && size.height >= $0.height } ?? true) && !size.exceeds(max)
        case .shortSide(let min, let max):
            (min.map { size.shortSide >= $0 } ?? true) && (max.map { size.shortSide <= $0 } ?? true)
        }
    }

    /// Whether the least size is landscape and a picture that has it is portrait, or the reverse.
    func isTurned(_ size: PictureSize) -> Bool {
        guard case .bounds(let min?, _) = self, admits(size) else { return false }
        return (min.width > min.height && size.width < size.height)
            || (min.width < min.height && size.width > size.height)
    }

    /// Whether a picture of `size` is larger than the limit allows in either orientation.
    func isExceeded(by size: PictureSize) -> Bool {
        switch self {
        case .sizes: false
        case .bounds(_, let max): size.exceeds(max) && size.turned.exceeds(max)
        case .shortSide(_, let max): max.map { size.shortSide > $0 } ?? false
        }
    }

    /// The limit in figures: `1920×1080 / 2560×1440`, `≥ 1920×1080`, `720P–1080P`.
    var text: String {
        switch self {
        case .sizes(let sizes): sizes.map(\.text).joined(separator: " / ")
        case .bounds(let min, let max): Bounds.text(min?.text, max?.text)
        case .shortSide(let min, let max) where min == max: Self.name(min)
        case .shortSide(let min, let max): Bounds.text(min.map(Self.name), max.map(Self.name))
        }
    }

    /// The limit in words, as they follow 要求.
    var words: LocalizedText {
        guard case .shortSide(let min, let max) = self else { return LocalizedText(zh: " \(text)", en: text) }
        let pixels = { (count: Int) in LocalizedText(zh: "\(count) 像素", en: "\(count) pixels") }
        let side =
            min == max ? pixels(min ?? 0) : Bounds.words(min.map(pixels), max.map(pixels))
        return LocalizedText(zh: "短边\(Wording.spaced(side.zh))", en: "a short side of \(side.en)")
    }

    private static func name(_ pixels: Int?) -> String { pixels.map { "\($0)P" } ?? "–" }
}

extension PictureLimit {
    /// Reads `sizes`, `min` and `max`, or `shortSide`; nil, and reported, when a rule has none of them or several.
    init?(_ parameters: ParameterReader) {
        let sizes = parameters.list("sizes", .pictureSize)
        let (min, max) = (parameters.value("min", .pictureSize), parameters.value("max", .pictureSize))
        let side = Self.shortSide(parameters)
        let written = ["sizes", "min", "max", "shortSide"].filter(parameters.has)
        guard let first = written.first else {
            switch parameters.schema {
            case .first: parameters.report(nil, "需要 sizes 或 min 之一", "sizes or min is missing")
            case .second:
                parameters.report(
                    nil, "需要 sizes、min、max、shortSide 之一", "sizes, min, max or shortSide is missing")
            }
            return nil
        }
        if let second = written.dropFirst().first(where: { (first, $0) != ("min", "max") }) {
            parameters.report(second, "\(first) 与 \(second) 只能选一个", "give \(first) or \(second), not both")
            return nil
        }
        if let min, let max, min.exceeds(max) {
            parameters.report("min", "下限大于上限，任何视频都无法通过", "min is above max: nothing could ever pass")
        }
        if let sizes {
            self = .sizes(sizes)
        } else if let side {
            self = side
        } else {
            self = .bounds(min: min, max: max)
        }
    }

    /// Reads `shortSide`: one number of pixels, or a mapping of `min` and `max`.
    private static func shortSide(_ parameters: ParameterReader) -> PictureLimit? {
        guard parameters.isMapping("shortSide") else {
            return parameters.value("shortSide", .shortSide).map { .shortSide(min: $0, max: $0) }
        }
        guard let section = parameters.section("shortSide") else { return nil }
        defer { section.refuseUnknownKeys() }
        let (min, max) = (section.value("min", .shortSide), section.value("max", .shortSide))
        section.requireLimits(min, max, zero: 0)
        return .shortSide(min: min, max: max)
    }
}

extension PictureSize {
    /// The shorter of width and height.
    var shortSide: Int { min(width, height) }

    /// Whether width or height is greater than that of `most`; `false` without a limit.
    fileprivate func exceeds(_ most: PictureSize?) -> Bool {
        most.map { width > $0.width || height > $0.height } ?? false
    }
}
