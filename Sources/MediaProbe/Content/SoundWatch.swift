internal import CEBUR128
internal import CFFmpeg
internal import MediaFacts

/// Listens to decoded sound in order and keeps what it tells.
final class SoundWatch {
    private let clock: StreamClock
    private var samples: [Float] = []
    private var meter: LoudnessMeter?
    private var silence = StretchCollector(shortest: 400)
    /// When the last frame ended; nil before the first.
    private var end: Int64?
    private var isUnknown = false
    private var changes = false

    /// Samples below this are silent, as a share of the full scale.
    private let silent: Float

    init(_ clock: StreamClock, _ thresholds: ContentThresholds) {
        self.clock = clock
        silent = Float(pow(10, thresholds.silenceDBFS / 20))
    }

    /// Takes a frame.
    func listen(_ frame: AVFrame) {
        let (count, channels) = (Int(frame.nb_samples), Int(frame.ch_layout.nb_channels))
        guard count > 0, (1...64).contains(channels), frame.sample_rate > 0 else { return }
        guard SampleReader.read(frame, into: &samples) else {
            isUnknown = true
            return
        }
        if meter == nil { meter = LoudnessMeter(frame) }
        let isSame = meter.map { $0.rate == frame.sample_rate && $0.channels == channels } ?? true
        if isSame { meter?.add(samples, count) } else { changes = true }
        let length = Int64(count) * 1000 / Int64(frame.sample_rate)
        var start = clock.milliseconds(frame.best_effort_timestamp) ?? end ?? 0
        // Timestamps that lag behind what was heard are rounding; those far ahead are a pause, in which nothing is heard.
        if let end, abs(start - end) < 100 { start = end }
        if let end, start > end { silence.begin(at: end) }
        note(from: start, rate: Int(frame.sample_rate), count, channels)
        end = start + max(1, length)
    }

    /// Looks for silence in pieces of 10 ms.
    private func note(from start: Int64, rate: Int, _ count: Int, _ channels: Int) {
        let piece = max(1, rate / 100)
        samples.withUnsafeBufferPointer { samples in
            var position = 0
            while position < count {
                let next = min(count, position + piece)
                var peak = Float(0)
                for index in position * channels..<next * channels { peak = max(peak, samples[index].magnitude) }
                let time = start + Int64(position) * 1000 / Int64(rate)
                if peak < silent { silence.begin(at: time) } else { silence.end(at: time) }
                position = next
            }
        }
    }

    /// Everything that was heard.
    ///
    /// - Parameter length: of the video in milliseconds; nothing is heard in what is left of it.
    func content(damaged: Int, length: Int64) -> SoundContent {
        var content = SoundContent(lengthMilliseconds: max(0, end ?? 0), damagedPackets: damaged)
        let heard = end ?? 0
        if length - heard >= 400 { silence.begin(at: heard) }
        silence.end(at: max(heard, length))
        content.silent = silence.stretches
        content.shortfall = isUnknown ? .unknownFormat : changes ? .formatChanges : end == nil ? .nothingDecoded : nil
        guard let meter else { return content }
        if content.shortfall == nil { (content.loudness, content.truePeak) = (meter.loudness, meter.truePeak) }
        (content.curve, content.curveStepMilliseconds) = meter.curve(most: 600)
        return content
    }
}

/// Loudness after EBU R 128 and true peak after ITU-R BS.1770, by libebur128.
///
/// A class, because C keeps its state.
final class LoudnessMeter {
    let rate: CInt
    let channels: Int
    private var state: UnsafeMutablePointer<ebur128_state>?
    private var momentary: [Double] = []
    private var sinceLast = 0

    init?(_ frame: AVFrame) {
        rate = frame.sample_rate
        channels = Int(frame.ch_layout.nb_channels)
        let modes = EBUR128_MODE_I.rawValue | EBUR128_MODE_TRUE_PEAK.rawValue
        state = ebur128_init(UInt32(channels), UInt(rate), Int32(bitPattern: modes))
        guard let state else { return nil }
        for index in 0..<channels where channels > 2 {
            let place = withUnsafePointer(to: frame.ch_layout) {
                av_channel_layout_channel_from_index($0, UInt32(index))
            }
            ebur128_set_channel(state, UInt32(index), Int32(Self.weight(place).rawValue))
        }
    }

    deinit { ebur128_destroy(&state) }

    /// Surround counts by 1.41, the low-frequency channel not at all. Source: ITU-R BS.1770, table 4.
    private static func weight(_ place: AVChannel) -> channel {
        switch place {
        case AV_CHAN_LOW_FREQUENCY, AV_CHAN_LOW_FREQUENCY_2: EBUR128_UNUSED
        case AV_CHAN_BACK_LEFT, AV_CHAN_BACK_RIGHT, AV_CHAN_BACK_CENTER, AV_CHAN_SIDE_LEFT, AV_CHAN_SIDE_RIGHT,
            AV_CHAN_TOP_BACK_LEFT, AV_CHAN_TOP_BACK_RIGHT, AV_CHAN_TOP_BACK_CENTER, AV_CHAN_SURROUND_DIRECT_LEFT,
            AV_CHAN_SURROUND_DIRECT_RIGHT:
            EBUR128_Mp110
        default: EBUR128_LEFT
        }
    }

    /// Adds frames of interleaved samples.
    func add(_ samples: [Float], _ count: Int) {
        guard let state else { return }
        ebur128_add_frames_float(state, samples, count)
        sinceLast += count
        if sinceLast >= Int(rate) {
            sinceLast -= Int(rate)
            var value = -Double.infinity
            ebur128_loudness_momentary(state, &value)
            momentary.append(max(-70, (value * 10).rounded() / 10))
        }
    }

    /// Integrated loudness in LUFS, to a hundredth; nil when all of it is below the gate.
    var loudness: Double? {
        var value = -Double.infinity
        guard let state, ebur128_loudness_global(state, &value) == 0, value.isFinite, value > -70 else { return nil }
        return (value * 100).rounded() / 100
    }

    /// Highest true peak in dBTP, to a hundredth; nil for silence.
    var truePeak: Double? {
        guard let state else { return nil }
        var highest = 0.0
        for index in 0..<UInt32(channels) {
            var value = 0.0
            if ebur128_true_peak(state, index, &value) == 0 { highest = max(highest, value) }
        }
        guard highest > 0 else { return nil }
        return (20 * log10(highest) * 100).rounded() / 100
    }

    /// Momentary loudness, the highest of each step; and the step in milliseconds.
    func curve(most: Int) -> ([Double], Int64) {
        let step = max(1, (momentary.count + most - 1) / most)
        let values = stride(from: 0, to: momentary.count, by: step).map { start in
            momentary[start..<min(momentary.count, start + step)].max() ?? -70
        }
        return (values, Int64(step) * 1000)
    }
}
