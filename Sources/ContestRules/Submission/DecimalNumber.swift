/// A decimal number that a person wrote into a form, exact to a millionth.
struct DecimalNumber: Sendable, Hashable, Comparable {
    /// The number in millionths; at most twelve digits stand before the point, so nothing overflows.
    let millionths: Int64

    /// Reads digits of any width with at most six decimals, a sign before them and commas between groups of three digits;
    /// nil for every other text.
    ///
    /// A comma is a separator of thousands only where it forms whole groups: `1,200` is 1200, `1,20` is refused, and so is
    /// the full-width comma, which separates the items of a list.
    init?(_ text: String) {
        guard text.unicodeScalars.count <= 64, !text.unicodeScalars.contains("，") else { return nil }
        let folded = HalfWidth.trimmed(HalfWidth.folded(text))
        let pattern = /([-+]?)([0-9]{1,12}|[0-9]{1,3}(?:,[0-9]{3}){1,3})(?:\.([0-9]{1,6}))?/
        guard let parts = folded.wholeMatch(of: pattern)?.output else { return nil }
        let decimals = String(parts.3 ?? "")
        let digits = parts.2.replacing(",", with: "") + decimals + String(repeating: "0", count: 6 - decimals.count)
        guard let magnitude = Int64(digits) else { return nil }
        millionths = parts.1 == "-" ? -magnitude : magnitude
    }

    /// `-0.5`, without trailing zeros.
    var text: String {
        let (whole, rest) = (millionths.magnitude / 1_000_000, millionths.magnitude % 1_000_000)
        let sign = millionths < 0 ? "-" : ""
        guard rest != 0 else { return "\(sign)\(whole)" }
        var decimals = String(1_000_000 + rest).dropFirst()
        while decimals.last == "0" { decimals.removeLast() }
        return "\(sign)\(whole).\(decimals)"
    }

    static func < (left: DecimalNumber, right: DecimalNumber) -> Bool { left.millionths < right.millionths }
}
