internal import CFFmpeg
internal import MediaFacts

/// Describes the film's sound track.
struct SoundDescription {
    let stream: AVStream
    let streams: Int
    /// Counts of the stream's packets; nil when packets were not walked.
    let tally: StreamTally?

    /// The facts of the track.
    var facts: AudioFacts {
        let plausible = AudioFacts.plausibleFigures
        let (rate, channels) = (Int(parameters.sample_rate), Int(parameters.ch_layout.nb_channels))
        return AudioFacts(
            codec: codecName(parameters.codec_id), sampleRate: plausible.contains(rate) ? rate : nil,
            channels: plausible.contains(channels) ? channels : nil, streams: streams,
            format: AudioFormat(
                layout: layout, bitDepth: bitDepth, profile: profile, bitsPerSecond: bitsPerSecond,
                rateFluctuation: tally?.rate.fluctuation.flatMap { Duration(fluctuation: $0) }))
    }

    private var parameters: AVCodecParameters { stream.codecpar.pointee }

    /// The decoder configuration of an AAC stream; nil for other codecs and without one.
    private var configuration: AACConfiguration? {
        guard parameters.codec_id == AV_CODEC_ID_AAC, let data = parameters.extradata, parameters.extradata_size > 0
        else {
            return nil
        }
        return AACConfiguration(UnsafeBufferPointer(start: data, count: Int(parameters.extradata_size)))
    }

    private var layout: String? {
        var layout = parameters.ch_layout
        guard layout.order != AV_CHANNEL_ORDER_UNSPEC else {
            return configuration?.layout ?? Self.usualLayouts[layout.nb_channels]
        }
        var name = [CChar](repeating: 0, count: FactBounds.nameCharacters + 1)
        let length = av_channel_layout_describe(&layout, &name, name.count)
        guard length > 0, Int(length) <= name.count else { return nil }
        return cleanTag(name, limit: FactBounds.nameCharacters)
    }

    /// Layouts of streams that state none, by number of channels.
    private static let usualLayouts: [CInt: String] = [1: "mono", 2: "stereo"]

    private var profile: String? {
        let stated = CodecHeader.name(ofProfile: parameters.profile, codec: parameters.codec_id)
        return stated ?? configuration.flatMap { CodecHeader.name(ofProfile: $0.profile, codec: AV_CODEC_ID_AAC) }
    }

    /// Bits of a sample. A codec that is lossy, or lossless only in one of its modes, has none.
    private var bitDepth: Int? {
        let properties = avcodec_descriptor_get(parameters.codec_id)?.pointee.props ?? 0
        guard properties & AV_CODEC_PROP_LOSSLESS != 0, properties & AV_CODEC_PROP_LOSSY == 0 else { return nil }
        let figures = [
            configuredBitDepth, parameters.bits_per_raw_sample, av_get_exact_bits_per_sample(parameters.codec_id),
            parameters.bits_per_coded_sample,
        ]
        return figures.map { Int($0) }.first { AudioFormat.bitDepths.contains($0) }
    }

    /// Bits of a sample by the decoder configuration; 0 where it does not state them. Containers often state 16 for any
    /// depth. Sources: RFC 9639 §8.2, `STREAMINFO`; Apple Lossless "Magic Cookie", behind the 12 bytes of a box.
    private var configuredBitDepth: CInt {
        guard let data = parameters.extradata else { return 0 }
        switch (parameters.codec_id, parameters.extradata_size) {
        case (AV_CODEC_ID_ALAC, 36): return CInt(data[17])
        case (AV_CODEC_ID_FLAC, 34): return CInt(UInt16(data[12] & 1) << 4 | UInt16(data[13] >> 4)) + 1
        default: return 0
        }
    }

    private var bitsPerSecond: Int64? {
        guard let tally else { return claimedBitsPerSecond }
        let length = FilmLength(tally, TimeBase(stream.time_base), FilmLength.Statement()).length
        guard let seconds = length?.seconds, seconds > 0 else { return claimedBitsPerSecond }
        let bits = Int64(exactly: (Double(tally.bytes) * 8 / seconds).rounded())
        return bits.flatMap { FactBounds.bitRates.contains($0) ? $0 : nil }
    }

    private var claimedBitsPerSecond: Int64? {
        let claim = parameters.bit_rate
        return claim > 0 && FactBounds.bitRates.contains(claim) ? claim : nil
    }
}

extension Duration {
    /// A fluctuation in seconds, rounded to whole milliseconds; nil outside `FactBounds.lengths`.
    init?(fluctuation seconds: Double) {
        guard seconds.isFinite, seconds >= 0, seconds <= FactBounds.latest.seconds else { return nil }
        self = .milliseconds(Int64((seconds * 1000).rounded()))
    }
}
