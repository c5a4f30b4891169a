internal import MediaFacts

/// Spellings of values that notices use and `clipcheck.contest/1` does not have. Every function takes a text in ASCII signs
/// and without spaces.
enum UsualUnits {
    /// What is said of a text with two meanings; each is spelt as the file should spell it.
    static func between(_ first: String, _ second: String) -> LocalizedText {
        LocalizedText(
            zh: "有两种理解：\(first) 或 \(second)，请写明其中一种",
            en: "can mean \(first) or \(second): write the one that is meant")
    }

    /// A length without a unit.
    static func durationDoubt(_ text: String) -> LocalizedText? {
        WrittenNumber(text).map { between("\($0.text)s", "\($0.text)m") }
    }

    /// A share below one without a percent sign.
    static func percentageDoubt(_ text: String) -> LocalizedText? {
        guard let number = WrittenNumber(text), (1..<1000).contains(number.thousandths) else { return nil }
        return between("\(number.text)%", "\(number.times(100).text)%")
    }

    /// `-24LKFS`, `-1dbtp`: a level in `unit`, however the unit is capitalised.
    static func decibels(_ text: String, _ unit: String) -> Double? {
        guard text.lowercased().hasSuffix(unit.lowercased()) else { return nil }
        return Units.decibels(text.dropLast(unit.count) + unit, unit)
    }

    /// `-24dB`, which leaves open what it is measured against.
    static func decibelDoubt(_ text: String, _ unit: String) -> LocalizedText? {
        guard let parts = text.wholeMatch(of: /(-?[0-9]{1,2}(?:\.[0-9])?)(?:dB|db|DB)/)?.output else { return nil }
        return between("\(parts.1)\(unit)", "\(parts.1)dBFS")
    }

    /// `25fps`, `每秒25帧`, `29.97`: pictures a second.
    static func frameRate(_ text: String) -> Ratio? {
        let pattern = /(?:每秒)?([0-9.\/]+)(?:fps|f\/s|p|帧|帧\/秒|帧\/s|帧每秒)?/
        guard let digits = text.lowercased().wholeMatch(of: pattern)?.1 else { return nil }
        return Units.rate(String(digits)) ?? decimalFrameRate(digits)
    }

    /// `29.97` as 30000/1001: two or three decimals that round a rate of NTSC mean that rate.
    private static func decimalFrameRate(_ digits: Substring) -> Ratio? {
        guard let number = WrittenNumber(digits), let point = digits.firstIndex(of: ".") else { return nil }
        let unit: Double = digits.distance(from: point, to: digits.endIndex) == 3 ? 10 : 1
        let ntsc = ([24, 30, 48, 60, 120] as [Int64]).first { base in
            unit * (Double(base) * 1_000_000 / 1001 / unit).rounded() == Double(number.thousandths)
        }
        return ntsc.map { Ratio($0 * 1000, 1001) } ?? Ratio(number.thousandths, 1000)
    }

    /// `50i`: fields a second in some notices, frames a second in others.
    static func frameRateDoubt(_ text: String) -> LocalizedText? {
        guard let digits = text.lowercased().wholeMatch(of: /([0-9.]+)i/)?.1, let number = WrittenNumber(digits) else {
            return nil
        }
        return between(number.over(2).text, number.text)
    }

    /// `1.85:1`, `16/9`.
    static func pictureShape(_ text: String) -> PictureShape? {
        guard let parts = text.wholeMatch(of: /([0-9.]+)[:\/比]([0-9.]+)/)?.output,
            let width = WrittenNumber(parts.1), let height = WrittenNumber(parts.2),
            let ratio = Ratio(width.thousandths, height.thousandths)
        else { return nil }
        let isWhole = width.isWhole && height.isWhole
        return PictureShape(ratio: ratio, text: isWhole ? ratio.colonText : "\(width.text):\(height.text)")
    }

    /// `1920X1080`, `1920*1080像素`.
    static func pictureSize(_ text: String) -> PictureSize? {
        guard let parts = text.wholeMatch(of: /([0-9]+)[xX×*]([0-9]+)(?:像素|px)?/)?.output else { return nil }
        return Units.size("\(parts.1)x\(parts.2)")
    }

    /// `1080P`, which names one side.
    static func pictureSizeDoubt(_ text: String) -> LocalizedText? {
        guard Int(text) == nil, ShortSideName.pixels(text) != nil || ShortSideName.doubt(text) != nil else {
            return nil
        }
        return LocalizedText(
            zh: "只说明了画面的短边，请改写 shortSide", en: "names the short side of a picture only: use shortSide instead")
    }
}
