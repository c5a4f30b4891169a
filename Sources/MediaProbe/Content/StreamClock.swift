internal import CFFmpeg
internal import MediaFacts

/// Turns timestamps of one stream into milliseconds from the first picture on.
struct StreamClock {
    let timeBase: AVRational
    /// What counts as zero, in milliseconds.
    let zero: Int64
    /// How long a picture usually stays, in milliseconds.
    let usualMilliseconds: Int64

    /// Times beyond this are somebody's joke, and would overflow what is reckoned with them: 35,000 years.
    static let latest = Int64(1) << 50
    private static let plausible = -latest...latest

    /// Milliseconds from the first picture on; nil without a plausible timestamp.
    func milliseconds(_ ticks: Int64) -> Int64? {
        guard ticks != cff_no_timestamp, let time = duration(ticks, timeBase)?.wholeMilliseconds else { return nil }
        let (result, overflow) = time.subtractingReportingOverflow(zero)
        return !overflow && Self.plausible.contains(result) ? result : nil
    }
}

/// Where the times of both streams begin.
struct Clocks {
    let video: StreamClock
    let audio: StreamClock

    init(_ source: Source, _ facts: MediaFacts) {
        let zero = facts.integrity.firstTimestamp?.wholeMilliseconds ?? 0
        let rate = facts.video?.frameRate?.value ?? 25
        let usual = Int64((1000 / max(0.01, min(1000, rate))).rounded())
        video = StreamClock(timeBase: source.timeBase(source.video), zero: zero, usualMilliseconds: max(1, usual))
        audio = StreamClock(timeBase: source.timeBase(source.audio), zero: zero, usualMilliseconds: 20)
    }
}
