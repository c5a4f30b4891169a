internal import CFFmpeg
internal import MediaFacts

/// `ticks` of `timeBase` as a duration in whole milliseconds, rounded half away from zero; nil for a broken time base
/// or a figure beyond 64 bits of milliseconds.
func duration(_ ticks: Int64, _ timeBase: AVRational) -> Duration? {
    guard timeBase.num > 0, timeBase.den > 0 else { return nil }
    let scaled = Int128(ticks) * Int128(timeBase.num) * 1000
    let half = Int128(timeBase.den) / 2
    let rounded = (scaled < 0 ? scaled - half : scaled + half) / Int128(timeBase.den)
    return Int64(exactly: rounded).map { .milliseconds($0) }
}

extension Ratio {
    /// A positive `AVRational`, else nil.
    init?(_ rational: AVRational) {
        self.init(Int64(rational.num), Int64(rational.den))
    }
}
