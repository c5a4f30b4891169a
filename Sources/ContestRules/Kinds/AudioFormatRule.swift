internal import MediaFacts

/// The main sound track has the channels, sample rate, depth and bit rate that the notice asks for, and the file the number
/// of tracks.
struct AudioFormatRule: MeasuredRule {
    static let kind = "audio-format"
    static let title = LocalizedText(zh: "声音格式", en: "Sound format")

    /// Channels that are allowed; nil for any.
    var channels: [ChannelLayout]?
    /// Sample rates that are allowed, in samples a second; nil for any.
    var sampleRates: [Int]?
    /// Depths of a sample that are allowed, in bits; nil for any.
    var bitDepths: [Int]?
    /// Lowest bit rate in bits a second; nil for no lower limit.
    var lowest: Int64?
    /// Highest bit rate in bits a second; nil for no upper limit.
    var highest: Int64?
    /// Number of sound tracks that the file must have; nil for any.
    var tracks: Int?

    /// Makes a rule; nil for what may be anything.
    init(
        channels: [ChannelLayout]? = nil, sampleRates: [Int]? = nil, bitDepths: [Int]? = nil, lowest: Int64? = nil,
        highest: Int64? = nil, tracks: Int? = nil
    ) {
        self.channels = channels
        self.sampleRates = sampleRates
        self.bitDepths = bitDepths
        self.lowest = lowest
        self.highest = highest
        self.tracks = tracks
    }

    init(_ parameters: ParameterReader) {
        channels = parameters.list("channels", .channels)
        sampleRates = parameters.list("sampleRates", .sampleRate)
        bitDepths = parameters.list("bitDepth", .bitDepth)
        lowest = parameters.value("minBitRate", .bitRate)
        highest = parameters.value("maxBitRate", .bitRate)
        tracks = parameters.value("tracks", .whole(1...64))
        parameters.requireOne(of: "channels", "sampleRates", "bitDepth", "minBitRate", "maxBitRate", "tracks")
        parameters.requireOrder(lowest, highest, zero: 0, keys: ("minBitRate", "maxBitRate"))
    }

    var measurements: Set<Measurement> { lowest == nil && highest == nil ? [.header] : [.header, .packets] }

    func judge(_ facts: MediaFacts) -> Judgement {
        // A file without sound has no format to compare, but a number of tracks.
        let audio = facts.audio ?? AudioFacts(codec: "unknown", streams: 0)
        let asked = aspects(audio)
        guard facts.audio != nil || tracks != nil else {
            return .noSound(required: asked.map(\.required.text).joined(separator: ", "))
        }
        return .of(
            facts.audio == nil ? [trackAspect(audio)].compactMap(\.self) : asked,
            advice: LocalizedText(zh: "请在导出设置中调整声音后重新导出。", en: "Change the sound settings and export again."),
            unknown: bitDepths != nil && audio.format?.bitDepth == nil ? Self.noDepth : .exportAgain)
    }

    private static let noDepth = LocalizedText(
        zh: "有损编码（如 aac）的声音没有位深，请人工确认。",
        en: "Sound of a lossy codec such as aac has no bit depth: a person decides.")

    private func aspects(_ audio: AudioFacts) -> [Aspect] {
        [channelAspect(audio), rateAspect(audio), depthAspect(audio), bitRateAspect(audio), trackAspect(audio)]
            .compactMap(\.self)
    }

    private func channelAspect(_ audio: AudioFacts) -> Aspect? {
        channels.map { allowed in
            let words = Wording.alternatives(allowed.map(\.words))
            let found = ChannelFacts(count: audio.channels, layout: audio.format?.layout)
            return Aspect(
                LocalizedText(zh: "声道", en: "channel layout"), reason: "channels",
                required: .init(allowed.map(\.text).joined(separator: "/"), zh: words.zh, en: words.en), found,
                shown: \.term,
                isMet: { found in
                    let answers = allowed.map { $0.matches(count: found.count, layout: found.layout) }
                    return answers.contains(true) ? true : answers.contains(nil) ? nil : false
                })
        }
    }

    private func rateAspect(_ audio: AudioFacts) -> Aspect? {
        sampleRates.map { allowed in
            Aspect(
                LocalizedText(zh: "采样率", en: "sample rate"), reason: "sample-rate",
                required: .init(allowed.map(Wording.frequency).joined(separator: "/")), audio.sampleRate,
                shown: { .init(Wording.frequency($0)) }, isMet: allowed.contains)
        }
    }

    private func depthAspect(_ audio: AudioFacts) -> Aspect? {
        bitDepths.map { allowed in
            Aspect(
                LocalizedText(zh: "位深", en: "bit depth"), reason: "bit-depth",
                required: .init(allowed.map { "\($0)" }.joined(separator: "/") + " bit"), audio.format?.bitDepth,
                shown: { .init("\($0) bit") }, isMet: allowed.contains)
        }
    }

    private func bitRateAspect(_ audio: AudioFacts) -> Aspect? {
        guard lowest != nil || highest != nil else { return nil }
        let limits = Bounds.words(lowest.map(Wording.bitRate), highest.map(Wording.bitRate))
        return Aspect(
            LocalizedText(zh: "码率", en: "bit rate"), reason: "bit-rate",
            required: .init(
                Bounds.text(lowest.map(Wording.bitRate), highest.map(Wording.bitRate)), zh: limits.zh, en: limits.en),
            audio.format?.bitsPerSecond, shown: { .init("\($0) bit/s", zh: "\($0) bit/s", en: "\($0) bit/s") },
            isMet: { rate in lowest.map { rate >= $0 } ?? true && highest.map { rate <= $0 } ?? true })
    }

    private func trackAspect(_ audio: AudioFacts) -> Aspect? {
        tracks.map { wanted in
            Aspect(
                LocalizedText(zh: "音轨数", en: "number of sound tracks"), reason: "tracks", required: .init("\(wanted)"),
                audio.streams, shown: { .init("\($0)") }, isMet: { $0 == wanted })
        }
    }
}

/// What is known of a track's channels.
private struct ChannelFacts {
    var count: Int?
    var layout: String?

    /// Nil when nothing is known.
    init?(count: Int?, layout: String?) {
        guard count != nil || layout != nil else { return nil }
        (self.count, self.layout) = (count, layout)
    }

    /// The layout, else the number of channels.
    var term: Aspect.Term {
        let known = layout.map { ChannelLayout($0) ?? .named($0, 0) } ?? .count(count ?? 0)
        return Aspect.Term(known.text, zh: known.words.zh, en: known.words.en)
    }
}

extension AudioFormatRule: Encodable {
    private enum CodingKeys: String, CodingKey {
        case channels, sampleRates, bitDepth, minBitsPerSecond, maxBitsPerSecond, tracks
    }

    func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encodeIfPresent(channels?.map(\.text), forKey: .channels)
        try values.encodeIfPresent(sampleRates, forKey: .sampleRates)
        try values.encodeIfPresent(bitDepths, forKey: .bitDepth)
        try values.encodeIfPresent(lowest, forKey: .minBitsPerSecond)
        try values.encodeIfPresent(highest, forKey: .maxBitsPerSecond)
        try values.encodeIfPresent(tracks, forKey: .tracks)
    }
}
