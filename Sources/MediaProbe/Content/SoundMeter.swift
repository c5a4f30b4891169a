internal import CFFmpeg
internal import Foundation
internal import MediaFacts

/// Measures decoded sound in order of presentation.
final class SoundMeter {
    private let timeline: SoundTimeline
    private var samples: [Float] = []
    /// The format of the last frame; reused for frames with the same rate and number of channels.
    private var format: SoundFormat?

    /// Makes a meter; `silenceDBFS` of the thresholds is the level below which samples are silent.
    init(_ thresholds: ContentThresholds) {
        timeline = SoundTimeline(threshold: Float(pow(10, thresholds.silenceDBFS / 20)))
    }

    /// Measures a frame.
    ///
    /// - Parameter time: the frame's timestamp, counted from the film's first picture; nil continues the frame before.
    func append(_ frame: AVFrame, at time: Duration?) {
        let (count, rate) = (Int(frame.nb_samples), Int(frame.sample_rate))
        guard count > 0 else { return }
        guard let format = format(of: frame), SampleReader.read(frame, into: &samples) else {
            timeline.appendUnreadable(count: count, rate: rate, at: time)
            return
        }
        samples.withUnsafeBufferPointer { samples in
            let shown = UnsafeBufferPointer(rebasing: samples[0..<count * format.channels])
            timeline.append(shown, format, at: time)
        }
    }

    /// Records that the sound between two times did not decode; that time counts neither as sound nor as silence.
    func noteUndecodable(from: Duration, to: Duration) { timeline.noteUndecodable(from: from, to: to) }

    /// All measurements. Call it once, after the last frame.
    ///
    /// - Parameters:
    ///   - damaged: number of packets that did not decode.
    ///   - filmLength: length of the film; behind the last sample the film is silent to its end. Nil ends with the last
    ///     sample.
    func content(damaged: Int, filmLength: Duration?) -> SoundContent {
        timeline.content(damaged: damaged, filmLength: filmLength)
    }

    private func format(of frame: AVFrame) -> SoundFormat? {
        let (rate, channels) = (Int(frame.sample_rate), Int(frame.ch_layout.nb_channels))
        if let format, format.rate == rate, format.channels == channels { return format }
        guard (1...64).contains(channels) else { return nil }
        format = SoundFormat(rate: rate, weights: Self.weights(frame.ch_layout))
        return format
    }

    /// The weight of each channel. Where the file states no positions, the usual ones are assumed (5.1 for six
    /// channels), as players do.
    private static func weights(_ stated: AVChannelLayout) -> [ChannelWeight] {
        var layout = stated
        var usual = AVChannelLayout()
        defer { av_channel_layout_uninit(&usual) }
        if stated.order == AV_CHANNEL_ORDER_UNSPEC {
            av_channel_layout_default(&usual, stated.nb_channels)
            layout = usual
        }
        return (0..<Int(stated.nb_channels)).map { index in
            ChannelWeight(place: av_channel_layout_channel_from_index(&layout, UInt32(index)).rawValue)
        }
    }
}
