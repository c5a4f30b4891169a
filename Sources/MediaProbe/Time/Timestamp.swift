internal import CFFmpeg
internal import MediaFacts

/// The length of one tick of a stream, in seconds.
struct TimeBase: Equatable {
    let numerator: Int32
    let denominator: Int32

    init(_ numerator: Int32, _ denominator: Int32) { (self.numerator, self.denominator) = (numerator, denominator) }

    init(_ rational: AVRational) { self.init(rational.num, rational.den) }

    /// Ticks in a second; 1000 for a broken time base.
    var ticksPerSecond: Double { numerator > 0 && denominator > 0 ? Double(denominator) / Double(numerator) : 1000 }
}

extension Duration {
    /// `ticks` of `base`, exact to an attosecond; nil for a broken time base or a time outside `FactBounds.times`.
    init?(ticks: Int64, _ base: TimeBase) {
        guard base.numerator > 0, base.denominator > 0 else { return nil }
        let (scaled, denominator) = (Int128(ticks) * Int128(base.numerator), Int128(base.denominator))
        guard let seconds = Int64(exactly: scaled / denominator) else { return nil }
        // The remainder is below 2³¹, so the product stays below 2⁹¹.
        let attoseconds = scaled % denominator * 1_000_000_000_000_000_000 / denominator
        let time = Duration(secondsComponent: seconds, attosecondsComponent: Int64(attoseconds))
        guard FactBounds.times.contains(time) else { return nil }
        self = time
    }

    /// The time of `ticks` in libav's `base`; nil as above.
    init?(ticks: Int64, _ base: AVRational) { self.init(ticks: ticks, TimeBase(base)) }
}

extension Ratio {
    /// A positive `AVRational` as a ratio; nil unless both of its terms are above zero.
    init?(_ rational: AVRational) {
        self.init(Int64(rational.num), Int64(rational.den))
    }
}
