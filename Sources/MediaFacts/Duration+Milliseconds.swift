extension Duration {
    /// The duration in whole milliseconds, rounded half away from zero; saturates at the ends of `Int64`.
    public var wholeMilliseconds: Int64 {
        let half: Int128 = attoseconds < 0 ? -500_000_000_000_000 : 500_000_000_000_000
        let (sum, overflow) = attoseconds.addingReportingOverflow(half)
        return Int64(clamping: (overflow ? attoseconds : sum) / 1_000_000_000_000_000)
    }

    /// The duration rounded to whole milliseconds, the resolution of all facts.
    ///
    /// A fact is rounded once, where it is made, so a report shows exactly the figure that was judged.
    public var roundedToMilliseconds: Duration { .milliseconds(wholeMilliseconds) }

    /// The duration in seconds.
    public var seconds: Double {
        let (seconds, attoseconds) = components
        return Double(seconds) + Double(attoseconds) * 1e-18
    }
}
