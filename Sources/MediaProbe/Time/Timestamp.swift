internal import CFFmpeg
internal import MediaFacts

extension Duration {
    /// `ticks` of `timeBase`, exact to an attosecond; nil for a broken time base or a time outside `FactBounds.times`.
    init?(ticks: Int64, _ timeBase: AVRational) {
        guard timeBase.num > 0, timeBase.den > 0 else { return nil }
        let (scaled, denominator) = (Int128(ticks) * Int128(timeBase.num), Int128(timeBase.den))
        guard let seconds = Int64(exactly: scaled / denominator) else { return nil }
        // The remainder is below 2³¹, so the product stays below 2⁹¹.
        let attoseconds = scaled % denominator * 1_000_000_000_000_000_000 / denominator
        let time = Duration(secondsComponent: seconds, attosecondsComponent: Int64(attoseconds))
        guard FactBounds.times.contains(time) else { return nil }
        self = time
    }
}

extension Ratio {
    /// A positive `AVRational`, else nil.
    init?(_ rational: AVRational) {
        self.init(Int64(rational.num), Int64(rational.den))
    }
}
