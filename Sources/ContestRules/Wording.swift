public import MediaFacts

/// Figures in the words of a message.
public enum Wording {
    /// `2 分 26.140 秒` and `2 min 26.140 s`; whole seconds lose their zeros.
    public static func duration(_ length: Duration) -> LocalizedText {
        let total = length.wholeMilliseconds
        let (minutes, rest) = (total.magnitude / 60_000, total.magnitude % 60_000)
        let seconds = rest % 1000 == 0 ? "\(rest / 1000)" : seconds(.milliseconds(rest))
        let sign = total < 0 ? "-" : ""
        if minutes == 0 { return LocalizedText(zh: "\(sign)\(seconds) 秒", en: "\(sign)\(seconds) s") }
        if rest == 0 { return LocalizedText(zh: "\(sign)\(minutes) 分", en: "\(sign)\(minutes) min") }
        return LocalizedText(
            zh: "\(sign)\(minutes) 分 \(seconds) 秒", en: "\(sign)\(minutes) min \(seconds) s")
    }

    /// `146.140`: seconds with exactly three decimals.
    public static func seconds(_ length: Duration) -> String {
        let total = length.wholeMilliseconds
        let digits = String(total.magnitude % 1000)
        return
            "\(total < 0 ? "-" : "")\(total.magnitude / 1000).\(String(repeating: "0", count: 3 - digits.count))\(digits)"
    }

    /// `2.23 MB`: decimal units with three significant digits or more.
    public static func bytes(_ count: Int64) -> String {
        let units: [(Double, String)] = [(1e9, "GB"), (1e6, "MB"), (1e3, "kB")]
        guard let (size, name) = units.first(where: { Double(count) >= $0.0 }) else { return "\(count) B" }
        return "\(decimal(Double(count) / size)) \(name)"
    }

    /// `8.2 Mbit/s`.
    public static func bitRate(_ bits: Int64) -> String {
        let units: [(Double, String)] = [(1e6, "Mbit/s"), (1e3, "kbit/s")]
        guard let (size, name) = units.first(where: { Double(bits) >= $0.0 }) else { return "\(bits) bit/s" }
        return "\(decimal(Double(bits) / size)) \(name)"
    }

    /// At most two decimals, none where they are zero. Used to show a figure, never to judge it.
    public static func decimal(_ value: Double) -> String {
        let hundredths = Int64((value * 100).rounded())
        let (whole, rest) = (hundredths / 100, hundredths % 100)
        if rest == 0 { return "\(whole)" }
        return rest % 10 == 0 ? "\(whole).\(rest / 10)" : "\(whole).\(rest < 10 ? "0" : "")\(rest)"
    }

    /// `text` as it follows a Chinese character: with a space before a figure or a Latin letter.
    public static func spaced(_ text: String) -> String { (text.first?.isASCII ?? false) ? " " + text : text }

    /// The items of a list in Chinese and in English: `a、b` and `a, b`.
    public static func list(_ items: [String]) -> LocalizedText {
        LocalizedText(zh: items.joined(separator: "、"), en: items.joined(separator: ", "))
    }
}

extension LocalizedText {
    /// A message of a kind, which speaks of what is required, as it reads for a rule that is only encouraged.
    var asEncouragement: LocalizedText {
        LocalizedText(
            zh: zh.replacing("要求", with: "鼓励"),
            en: en.replacing("is required", with: "is encouraged").replacing("as required", with: "as encouraged"))
    }
}
