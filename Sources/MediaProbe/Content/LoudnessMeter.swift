internal import CEBUR128
internal import Foundation
internal import MediaFacts

/// Measures the loudness (EBU R 128) and the true peak (ITU-R BS.1770) of sound in one format with libebur128.
///
/// Owns one `ebur128_state` and frees the state exactly once.
final class LoudnessMeter {
    /// The format of all samples.
    let format: SoundFormat
    private var state: UnsafeMutablePointer<ebur128_state>?
    /// Number of the second of the film in which the last sample lies; nil once that second is over.
    private var unfinishedSecond: Int64?

    /// Version of libebur128 that this executable runs with. Source: `ebur128_get_version`.
    static var libraryVersion: String {
        var (major, minor, patch) = (CInt(), CInt(), CInt())
        ebur128_get_version(&major, &minor, &patch)
        return "\(major).\(minor).\(patch)"
    }

    /// The longest silence that is measured as samples. After 3 s nothing of the sound before is left in the momentary
    /// (400 ms) or short-term (3 s) loudness.
    private static let longestPause = Duration.seconds(3)
    private static let zeros = [Float](repeating: 0, count: 8192)
    /// Most samples a second over all channels; libebur128 keeps 400 ms of them as 64-bit numbers.
    private static let mostSamples = 12_288_000

    /// Makes a meter, or nil when libebur128 does not measure the format.
    init?(_ format: SoundFormat) {
        self.format = format
        guard format.rate * format.channels <= Self.mostSamples else { return nil }
        let modes = EBUR128_MODE_I.rawValue | EBUR128_MODE_TRUE_PEAK.rawValue
        state = ebur128_init(UInt32(format.channels), UInt(format.rate), Int32(bitPattern: modes))
        guard let state else { return nil }
        for (number, weight) in format.weights.enumerated() where format.channels > 2 {
            ebur128_set_channel(state, UInt32(number), Int32(Self.place(weight).rawValue))
        }
    }

    deinit {
        // libebur128 does not test for NULL, and this code also runs when the initialiser fails.
        if state != nil { ebur128_destroy(&state) }
    }

    private static func place(_ weight: ChannelWeight) -> channel {
        switch weight {
        case .front: EBUR128_LEFT
        case .surround: EBUR128_Mp110
        case .lowFrequency: EBUR128_UNUSED
        }
    }

    /// Measures interleaved samples and records the loudness at the end of each whole second of the film.
    ///
    /// - Parameter start: time of the first sample, zero or later.
    func append(_ samples: UnsafeBufferPointer<Float>, at start: Duration, into curve: inout LoudnessCurve) {
        guard let state, let base = samples.baseAddress else { return }
        let count = samples.count / format.channels
        var position = 0
        while position < count {
            let time = start + SampleClock.length(of: Int64(position), rate: format.rate)
            let second = max(0, time.components.seconds)
            if unfinishedSecond != second { finishSecond(into: &curve) }
            let left = max(1, SampleClock.samples(in: .seconds(second + 1) - time, rate: format.rate))
            let slice = min(count - position, Int(left))
            ebur128_add_frames_float(state, base + position * format.channels, slice)
            position += slice
            unfinishedSecond = second
            if slice == Int(left) { finishSecond(into: &curve) }
        }
    }

    /// Measures a pause as silence. Only its first 3 s are measured; `curve` is silent for the rest anyway.
    func pause(from start: Duration, to end: Duration, into curve: inout LoudnessCurve) {
        let length = min(end - start, Self.longestPause)
        let (count, most) = (Int(length.seconds * Double(format.rate)), Self.zeros.count / format.channels)
        var done = 0
        Self.zeros.withUnsafeBufferPointer { zeros in
            while done < count {
                let slice = min(most, count - done)
                let time = start + SampleClock.length(of: Int64(done), rate: format.rate)
                append(UnsafeBufferPointer(rebasing: zeros[0..<slice * format.channels]), at: time, into: &curve)
                done += slice
            }
        }
    }

    /// Records the momentary loudness of the second in which the last sample lies.
    func finishSecond(into curve: inout LoudnessCurve) {
        guard let state, let second = unfinishedSecond else { return }
        unfinishedSecond = nil
        var value = -Double.infinity
        guard ebur128_loudness_momentary(state, &value) == 0, !value.isNaN else { return }
        curve.note(max(LoudnessCurve.silence, (min(value, 1000) * 10).rounded() / 10), second: second)
    }

    /// Integrated loudness in LUFS, rounded to 0.01; nil when nothing is louder than the gate of −70 LUFS.
    var loudness: Double? {
        var value = -Double.infinity
        guard let state, ebur128_loudness_global(state, &value) == 0, value.isFinite, value > -70 else { return nil }
        return (value * 100).rounded() / 100
    }

    /// Highest true peak in dBTP, rounded to 0.01; nil for silence.
    var truePeak: Double? {
        guard let state else { return nil }
        var highest = 0.0
        for index in 0..<UInt32(format.channels) {
            var value = 0.0
            if ebur128_true_peak(state, index, &value) == 0 { highest = max(highest, value) }
        }
        guard highest > 0, highest.isFinite else { return nil }
        let decibels = (20 * log10(highest) * 100).rounded() / 100
        return FactBounds.levels.contains(decibels) ? decibels : nil
    }
}
