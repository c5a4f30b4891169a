internal import MediaFacts

/// Values with units as contest files write them. A number without a unit, or with an unknown one, is refused.
enum Units {
    static let durationShape = LocalizedText(
        zh: "带单位的时长，如 2m、90s、500ms、1m30s", en: "a length with unit, like 2m, 90s, 500ms or 1m30s")
    static let percentShape = LocalizedText(zh: "百分比，如 0.5%", en: "a percentage, like 0.5%")
    static let loudnessShape = LocalizedText(
        zh: "带单位的响度，如 -23LUFS", en: "a loudness with unit, like -23LUFS")
    static let peakShape = LocalizedText(zh: "带单位的峰值，如 -1dBTP", en: "a peak with unit, like -1dBTP")
    static let levelShape = LocalizedText(zh: "带单位的电平，如 -60dBFS", en: "a level with unit, like -60dBFS")
    static let ratioShape = LocalizedText(zh: "画面比例，如 16:9", en: "a picture ratio, like 16:9")
    static let sizeShape = LocalizedText(zh: "画面尺寸，如 1920x1080", en: "a picture size, like 1920x1080")
    static let rateShape = LocalizedText(zh: "帧率，如 25 或 30000/1001", en: "a frame rate, like 25 or 30000/1001")
    static let bytesShape = LocalizedText(zh: "带单位的大小，如 200MB、2GiB", en: "a size with unit, like 200MB or 2GiB")
    static let bitRateShape = LocalizedText(
        zh: "带单位的码率，如 800kbit/s、8Mbit/s", en: "a bit rate with unit, like 800kbit/s or 8Mbit/s")

    /// `1h`, `2m30s`, `500ms`: whole numbers, larger units first, each at most once.
    static func duration(_ text: String) -> Duration? {
        guard
            let parts = text.wholeMatch(
                of: /(?:([0-9]{1,6})h)?(?:([0-9]{1,6})m(?!s))?(?:([0-9]{1,6})s)?(?:([0-9]{1,9})ms)?/)?
                .output,
            !text.isEmpty
        else { return nil }
        let units: [(Substring?, Int64)] = [(parts.1, 3_600_000), (parts.2, 60_000), (parts.3, 1000), (parts.4, 1)]
        // The pattern admits at most nine digits of each unit, so neither the numbers nor their sum can overflow.
        return .milliseconds(units.reduce(Int64(0)) { $0 + ($1.0.flatMap { Int64($0) } ?? 0) * $1.1 })
    }

    /// `0.5%` as a fraction of one, from 0 to below 1.
    static func fraction(_ text: String) -> Double? {
        guard let digits = text.wholeMatch(of: /([0-9]{1,2}(?:\.[0-9]{1,4})?)%/)?.1 else { return nil }
        return Double(digits).map { $0 / 100 }
    }

    /// `0.5%` as percent, from 0 to 100, both included, to a hundredth.
    static func percent(_ text: String) -> Double? {
        guard let digits = text.wholeMatch(of: /([0-9]{1,3}(?:\.[0-9]{1,2})?)%/)?.1 else { return nil }
        return Double(digits).flatMap { $0 <= 100 ? $0 : nil }
    }

    /// `-23LUFS`, `-1.5dBTP`, `-60dBFS`: decibels with their unit, to a tenth.
    static func decibels(_ text: String, _ unit: String) -> Double? {
        guard text.hasSuffix(unit) else { return nil }
        let digits = text.dropLast(unit.count)
        return digits.wholeMatch(of: /-?[0-9]{1,2}(\.[0-9])?/) != nil ? Double(digits) : nil
    }

    /// `16:9`.
    static func ratio(_ text: String) -> Ratio? {
        text.wholeMatch(of: /[0-9]{1,5}:[0-9]{1,5}/).flatMap { Ratio(text: $0.output) }
    }

    /// `25` or `30000/1001`, frames a second.
    static func rate(_ text: String) -> Ratio? {
        text.wholeMatch(of: /[0-9]{1,6}(?:\/[0-9]{1,6})?/).flatMap { Ratio(text: $0.output) }
    }

    /// `1920x1080`; `*` and `×`, as notices print them, are understood too.
    static func size(_ text: String) -> PictureSize? {
        guard let parts = text.wholeMatch(of: /([0-9]{1,5})[x×*]([0-9]{1,5})/)?.output, let width = Int(parts.1),
            let height = Int(parts.2), width > 0, height > 0
        else { return nil }
        return PictureSize(width: width, height: height)
    }

    /// `200MB` (10⁶ bytes each) or `200MiB` (2²⁰ bytes each).
    static func bytes(_ text: String) -> Int64? {
        guard let parts = text.wholeMatch(of: /([0-9]{1,6})(kB|KB|MB|GB|KiB|MiB|GiB|B)/)?.output else { return nil }
        let unit: Int64 =
            switch parts.2 {
            case "kB", "KB": 1000
            case "MB": 1_000_000
            case "GB": 1_000_000_000
            case "KiB": 1 << 10
            case "MiB": 1 << 20
            case "GiB": 1 << 30
            default: 1
            }
        return Int64(parts.1).map { $0 * unit }
    }

    /// `800kbit/s`, `8Mbit/s`, bits a second.
    static func bitRate(_ text: String) -> Int64? {
        guard let parts = text.wholeMatch(of: /([0-9]{1,6})([kM]?)bit\/s/)?.output else { return nil }
        return Int64(parts.1).map { $0 * (parts.2 == "M" ? 1_000_000 : parts.2 == "k" ? 1000 : 1) }
    }
}

/// A picture size in display pixels.
struct PictureSize: Sendable, Hashable, Encodable {
    var width: Int
    var height: Int

    /// The size turned on its side.
    var turned: PictureSize { PictureSize(width: height, height: width) }

    /// `1920×1080`.
    var text: String { "\(width)×\(height)" }

    func encode(to encoder: any Encoder) throws {
        var value = encoder.singleValueContainer()
        try value.encode("\(width)x\(height)")
    }
}
