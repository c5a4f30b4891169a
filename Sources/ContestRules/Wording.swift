public import MediaFacts

/// Formats figures for messages to people.
public enum Wording {
    /// `2 分 26.140 秒` and `2 min 26.140 s`; whole seconds are written without decimals.
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

    /// `1:05` or `1:02:05`: whole minutes and seconds as a player shows them, rounded down; negative times are `0:00`.
    public static func clock(_ milliseconds: Int64) -> String {
        let seconds = max(0, milliseconds) / 1000
        let pad = { (value: Int64) in value < 10 ? "0\(value)" : "\(value)" }
        let (hours, minutes) = (seconds / 3600, seconds / 60 % 60)
        return hours > 0 ? "\(hours):\(pad(minutes)):\(pad(seconds % 60))" : "\(minutes):\(pad(seconds % 60))"
    }

    /// Most time ranges that a message lists.
    public static let mostPlaces = 3

    /// `0:30–0:41, 1:05–1:20`: at most `most` of `ranges`, then an ellipsis for the others.
    public static func places(_ ranges: [TimeRange], most: Int = mostPlaces) -> String {
        let shown = ranges.prefix(most).map { "\(clock($0.fromMilliseconds))–\(clock($0.toMilliseconds))" }
        return shown.joined(separator: ", ") + (ranges.count > most ? ", …" : "")
    }

    /// `2.23 MB`: decimal units with at most two decimals; less than 1 kB in bytes. A value that rounds up keeps its unit:
    /// 999,999 bytes are `1000 kB`.
    public static func bytes(_ count: Int64) -> String {
        let units: [(Double, String)] = [(1e9, "GB"), (1e6, "MB"), (1e3, "kB")]
        guard let (size, name) = units.first(where: { Double(count) >= $0.0 }) else { return "\(count) B" }
        return "\(decimal(Double(count) / size)) \(name)"
    }

    /// `8.2 Mbit/s`: decimal units with at most two decimals.
    public static func bitRate(_ bits: Int64) -> String {
        let units: [(Double, String)] = [(1e6, "Mbit/s"), (1e3, "kbit/s")]
        guard let (size, name) = units.first(where: { Double(bits) >= $0.0 }) else { return "\(bits) bit/s" }
        return "\(decimal(Double(bits) / size)) \(name)"
    }

    /// `-23.4`: `value` rounded to two decimals, without trailing zeros. For display only: rules compare `value` itself.
    /// A value beyond 9·10¹⁶ is written as that.
    public static func decimal(_ value: Double) -> String {
        guard value.isFinite else { return "–" }
        let hundredths = Int64(min(value.magnitude * 100, 9e18).rounded())
        let sign = value < 0 && hundredths > 0 ? "-" : ""
        let (whole, rest) = (hundredths / 100, hundredths % 100)
        if rest == 0 { return "\(sign)\(whole)" }
        return rest % 10 == 0 ? "\(sign)\(whole).\(rest / 10)" : "\(sign)\(whole).\(rest < 10 ? "0" : "")\(rest)"
    }

    /// `text` as it follows a Chinese character: with a space before a figure or a Latin letter.
    public static func spaced(_ text: String) -> String { (text.first?.isASCII ?? false) ? " " + text : text }

    /// `15 秒、30 秒或 60 秒` and `15 s, 30 s or 60 s`.
    static func alternatives(_ items: [LocalizedText]) -> LocalizedText {
        guard let last = items.last, items.count > 1 else { return items.first ?? LocalizedText(zh: "", en: "") }
        let others = items.dropLast()
        return LocalizedText(
            zh: "\(others.map(\.zh).joined(separator: "、"))或\(spaced(last.zh))",
            en: "\(others.map(\.en).joined(separator: ", ")) or \(last.en)")
    }

    /// The items of a list in Chinese and in English: `a、b` and `a, b`.
    public static func list(_ items: [String]) -> LocalizedText {
        LocalizedText(zh: items.joined(separator: "、"), en: items.joined(separator: ", "))
    }
}

extension LocalizedText {
    /// The message for a rule of level `encouraged`: "required" is replaced by "encouraged" in both languages.
    var asEncouragement: LocalizedText {
        LocalizedText(
            zh: zh.replacing("要求", with: "鼓励"),
            en: en.replacing("is required", with: "is encouraged").replacing("as required", with: "as encouraged"))
    }
}
