/// An unsigned decimal number of a contest file, exact to a thousandth.
struct WrittenNumber: Hashable {
    /// The number in thousandths.
    let thousandths: Int64

    /// Reads one to seven digits and at most three decimals; nil for anything else.
    init?(_ text: some StringProtocol) {
        guard let parts = String(text).wholeMatch(of: /([0-9]{1,7})(?:\.([0-9]{1,3}))?/)?.output else { return nil }
        let decimals = String(parts.2 ?? "")
        let digits = parts.1 + decimals + String(repeating: "0", count: 3 - decimals.count)
        guard let thousandths = Int64(digits) else { return nil }
        self.thousandths = thousandths
    }

    private init(thousandths: Int64) { self.thousandths = thousandths }

    /// The number times `factor`, which is at most a thousand.
    func times(_ factor: Int64) -> WrittenNumber { WrittenNumber(thousandths: thousandths * factor) }

    /// The number over `divisor`, rounded down to a thousandth.
    func over(_ divisor: Int64) -> WrittenNumber { WrittenNumber(thousandths: thousandths / divisor) }

    /// The number times `unit`; nil unless the product is a whole number of 64 bits.
    func whole(times unit: Int64) -> Int64? {
        let (product, overflows) = thousandths.multipliedReportingOverflow(by: unit)
        return overflows || product % 1000 != 0 ? nil : product / 1000
    }

    /// Whether the number has no decimals but zeros.
    var isWhole: Bool { thousandths % 1000 == 0 }

    /// `1.85`, without trailing zeros.
    var text: String {
        guard !isWhole else { return "\(thousandths / 1000)" }
        var decimals = String(1000 + thousandths % 1000).dropFirst()
        while decimals.last == "0" { decimals.removeLast() }
        return "\(thousandths / 1000).\(decimals)"
    }
}
