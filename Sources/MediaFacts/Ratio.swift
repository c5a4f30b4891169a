/// An exact ratio of two integers, always in lowest terms with a positive denominator.
///
/// Used for picture shapes (`16:9`), sample aspect ratios (`4:3`) and frame rates (`30000/1001` frames per second).
public struct Ratio: Sendable, Hashable {
    /// The first number; one or more.
    public let numerator: Int64
    /// The second number; one or more.
    public let denominator: Int64

    /// Reduces `numerator` over `denominator`, or nil unless both are positive.
    public init?(_ numerator: Int64, _ denominator: Int64) {
        guard numerator > 0, denominator > 0 else { return nil }
        let divisor = Self.greatestCommonDivisor(numerator, denominator)
        self.numerator = numerator / divisor
        self.denominator = denominator / divisor
    }

    private init(reduced numerator: Int64, _ denominator: Int64) {
        self.numerator = numerator
        self.denominator = denominator
    }

    /// Square pixels, `1:1`.
    public static let one = Ratio(reduced: 1, 1)

    /// Reads `16:9`, `30000/1001` or a whole number, each term below 2³¹; nil for anything else.
    public init?(text: some StringProtocol) {
        let parts = text.split(omittingEmptySubsequences: false) { $0 == ":" || $0 == "/" }
        let terms = parts.compactMap { Int32($0) }
        guard (1...2).contains(parts.count), terms.count == parts.count else { return nil }
        self.init(Int64(terms[0]), terms.count == 2 ? Int64(terms[1]) : 1)
    }

    /// The last convergent of `value`'s continued fraction whose denominator is at most `maximumDenominator`; nil unless
    /// `value` is finite, positive and below 2³¹.
    public init?(approximating value: Double, maximumDenominator: Int64) {
        guard value.isFinite, value > 0, value < Double(Int32.max) else { return nil }
        func step(_ whole: Int64, _ current: Fraction, _ previous: Fraction) -> Fraction? {
            let (n, d) = (
                whole.multipliedReportingOverflow(by: current.n), whole.multipliedReportingOverflow(by: current.d)
            )
            let (sum, other) = (
                n.partialValue.addingReportingOverflow(previous.n), d.partialValue.addingReportingOverflow(previous.d)
            )
            return n.overflow || d.overflow || sum.overflow || other.overflow
                ? nil : (sum.partialValue, other.partialValue)
        }
        var rest = value
        var (previous, current) = ((n: Int64(0), d: Int64(1)), (n: Int64(1), d: Int64(0)))
        while true {
            let whole = Int64(rest)
            guard let next = step(whole, current, previous), next.d <= maximumDenominator else { break }
            (previous, current) = (current, next)
            let fraction = rest - Double(whole)
            guard fraction > 1e-9 else { break }
            rest = 1 / fraction
            guard rest < Double(Int32.max) else { break }
        }
        self.init(current.n, current.d)
    }

    /// The ratio as a floating-point number.
    public var value: Double { Double(numerator) / Double(denominator) }

    /// The ratio turned on its side: `16:9` becomes `9:16`.
    public var inverted: Ratio { Ratio(reduced: denominator, numerator) }

    /// Whether this ratio lies within `tolerance` (a fraction: 0.005 is 0.5 %) of `other`, relative to `other`.
    public func isWithin(_ tolerance: Double, of other: Ratio) -> Bool {
        // The slack of 10⁻¹² keeps a ratio that lies exactly at the limit from failing by the rounding of the division.
        abs(value / other.value - 1) <= tolerance + 1e-12
    }

    /// The ratio as a shape, `16:9`; the cinema's 7:3 by its customary name `21:9`.
    public var colonText: String { self == Self.cinema ? "21:9" : "\(numerator):\(denominator)" }

    private static let cinema = Ratio(reduced: 7, 3)

    /// The ratio as a rate, `30000/1001`.
    public var slashText: String { "\(numerator)/\(denominator)" }

    private typealias Fraction = (n: Int64, d: Int64)

    private static func greatestCommonDivisor(_ a: Int64, _ b: Int64) -> Int64 {
        var (a, b) = (a, b)
        while b != 0 { (a, b) = (b, a % b) }
        return a
    }
}
