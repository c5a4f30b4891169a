import MediaFacts
import TestSupport
import Testing

@testable import ContestRules

@Suite("audio-format")
struct AudioFormatRuleTests {
    private static func facts(
        channels: Int? = 2, layout: String? = "stereo", rate: Int? = 48_000, depth: Int? = nil, bits: Int64? = 128_000,
        tracks: Int = 1
    ) -> MediaFacts {
        var facts = MediaFacts.sample()
        facts.audio = AudioFacts(
            codec: "aac", sampleRate: rate, channels: channels, streams: tracks,
            format: AudioFormat(layout: layout, bitDepth: depth, bitsPerSecond: bits))
        return facts
    }

    private static func rule(_ parameters: String) throws -> AudioFormatRule {
        try SecondSchema.measured(AudioFormatRule.self, parameters)
    }

    @Test(
        "Channels match by number or by layout, whatever the place of the rear speakers",
        arguments: [
            ("[2]", 2, "stereo", .pass), ("[2]", 2, nil, .pass), ("[2]", 1, "mono", .fail),
            ("[1, 2]", 1, "mono", .pass),
            ("[2]", nil, nil, .undetermined), ("[stereo]", 2, "stereo", .pass), ("[stereo]", 2, "downmix", .fail),
            ("[stereo]", 2, nil, .undetermined), ("[stereo]", 6, nil, .fail), ("[stereo, 1]", 1, nil, .pass),
            ("[5.1]", 6, "5.1", .pass), ("[5.1]", 6, "5.1(side)", .pass), ("[5.1]", 6, "6.0", .fail),
            ("[5.1]", 6, nil, .undetermined), ("[\"5.1\", stereo]", 8, "7.1", .fail), ("[立体声]", 2, "stereo", .pass),
            ("[双声道]", 2, nil, .pass), ("[Stereo]", 2, "stereo", .pass),
        ] as [(String, Int?, String?, Finding.Outcome)])
    func channels(allowed: String, count: Int?, layout: String?, outcome: Finding.Outcome) throws {
        let reason = outcome == .fail ? "channels" : outcome == .undetermined ? "not-measured" : nil
        try Self.rule("channels: \(allowed)").judge(Self.facts(channels: count, layout: layout)).expect(
            outcome, reason, zh: ["声道"], en: ["channel layout"])
    }

    @Test(
        "The sample rate is one of the listed ones",
        arguments: [
            ("[48kHz]", 48_000, .pass), ("[48kHz, 44.1kHz]", 44_100, .pass), ("[48kHz]", 44_100, .fail),
            ("[48000Hz]", 48_000, .pass), ("[48 KHz]", 48_000, .pass), ("[22.05kHz]", 22_050, .pass),
            ("[48kHz]", 47_999, .fail), ("[48kHz]", nil, .undetermined),
        ] as [(String, Int?, Finding.Outcome)])
    func sampleRates(allowed: String, rate: Int?, outcome: Finding.Outcome) throws {
        let reason = outcome == .fail ? "sample-rate" : outcome == .undetermined ? "not-measured" : nil
        try Self.rule("sampleRates: \(allowed)").judge(Self.facts(rate: rate)).expect(outcome, reason, zh: ["采样率"])
    }

    @Test(
        "The bit depth is one of the listed ones; lossy sound has none",
        arguments: [
            ("[24]", 24, .pass), ("[16, 24bit]", 16, .pass), ("[24]", 16, .fail), ("[16位]", 16, .pass),
            ("[24]", nil, .undetermined),
        ] as [(String, Int?, Finding.Outcome)])
    func bitDepths(allowed: String, depth: Int?, outcome: Finding.Outcome) throws {
        let judgement = try Self.rule("bitDepth: \(allowed)").judge(Self.facts(depth: depth))
        #expect(judgement.outcome == outcome)
        if depth == nil { judgement.expect(.undetermined, "not-measured", zh: ["有损编码"], en: ["lossy codec"]) }
    }

    @Test(
        "The bit rate lies between both limits, both included",
        arguments: [
            (95_999, .fail), (96_000, .pass), (96_001, .pass), (192_000, .pass), (192_001, .fail), (nil, .undetermined),
        ] as [(Int64?, Finding.Outcome)])
    func bitRates(bits: Int64?, outcome: Finding.Outcome) throws {
        let rule = try Self.rule("minBitRate: 96kbit/s, maxBitRate: 192kbps")
        let reason = outcome == .fail ? "bit-rate" : outcome == .undetermined ? "not-measured" : nil
        rule.judge(Self.facts(bits: bits)).expect(outcome, reason, zh: ["码率"], en: ["bit rate"])
        #expect(rule.measurements == [.header, .packets])
        #expect(try Self.rule("channels: [2]").measurements == [.header])
    }

    @Test(
        "The number of tracks is exact, and a file without sound has none",
        arguments: [(1, false), (2, true), (3, false)])
    func tracks(count: Int, passes: Bool) throws {
        let rule = try Self.rule("tracks: 2")
        rule.judge(Self.facts(tracks: count)).expect(passes ? .pass : .fail, passes ? nil : "tracks")
        rule.judge(.sample(hasAudio: false)).expect(.fail, "tracks", zh: ["音轨数为 0，要求 2"], en: ["is 0; 2 is required"])
    }

    @Test("A file without sound is undetermined where no number of tracks is asked for")
    func noSound() throws {
        let judgement = try Self.rule("channels: [stereo], sampleRates: [48kHz]").judge(.sample(hasAudio: false))
        judgement.expect(.undetermined, "no-audio", zh: ["没有声音"], en: ["no sound"])
        #expect(judgement.required == "stereo, 48 kHz")
    }

    @Test("A fail names every aspect that is not met with its limit, and the advice")
    func message() throws {
        let rule = try Self.rule("channels: [stereo], sampleRates: [48kHz, 44.1kHz], bitDepth: [24], tracks: 1")
        let judgement = rule.judge(Self.facts(channels: 1, layout: "mono", rate: 32_000, depth: 24))
        judgement.expect(
            .fail, "channels", zh: ["声道为单声道，要求立体声；采样率为 32 kHz，要求 48 kHz/44.1 kHz。", "请在导出设置中"],
            en: [
                "The channel layout is mono; stereo is required; the sample rate is 32 kHz; 48 kHz/44.1 kHz is required."
            ])
        #expect(judgement.required == "stereo, 48 kHz/44.1 kHz, 24 bit, 1")
        #expect(judgement.measured == "mono, 32 kHz, 24 bit, 1")
    }

    @Test("A pass names every aspect")
    func passMessage() throws {
        try Self.rule("channels: [2], sampleRates: [48kHz]").judge(Self.facts()).expect(
            .pass, zh: ["声道为立体声，采样率为 48 kHz，符合要求。"],
            en: ["The channel layout is stereo, the sample rate is 48 kHz, as required."])
    }

    @Test("An aspect that is not met outweighs one that is not known")
    func failFirst() throws {
        try Self.rule("channels: [stereo], sampleRates: [48kHz]").judge(Self.facts(layout: nil, rate: 44_100)).expect(
            .fail, "sample-rate")
    }

    @Test("An encouraged rule gives an advisory that says \"encouraged\"")
    func encouraged() throws {
        let finding = try Self.rule("tracks: 2").finding(Self.facts(), .encouraged)
        #expect(finding.outcome == .advisory)
        #expect(finding.message.zh.contains("鼓励 2") && finding.message.en.contains("2 is encouraged"))
    }

    @Test(
        "Values that nothing can meet, and values without a unit, are reported",
        arguments: [
            SecondSchema.mistake("audio-format", "", "", "tracks is missing"),
            SecondSchema.mistake("audio-format", "channels: [0]", "channels[0]", "\"0\" is not a number of channels"),
            SecondSchema.mistake("audio-format", "channels: [65]", "channels[0]", "number of channels"),
            SecondSchema.mistake("audio-format", "channels: [surround]", "channels[0]", "number of channels"),
            SecondSchema.mistake("audio-format", "channels: 2", "channels", "list"),
            SecondSchema.mistake("audio-format", "channels: [2, 2]", "channels[1]", "listed twice"),
            SecondSchema.mistake("audio-format", "sampleRates: [48]", "sampleRates[0]", "48Hz or 48kHz"),
            SecondSchema.mistake("audio-format", "sampleRates: [0Hz]", "sampleRates[0]", "sample rate"),
            SecondSchema.mistake("audio-format", "sampleRates: [99999kHz]", "sampleRates[0]", "sample rate"),
            SecondSchema.mistake("audio-format", "bitDepth: [0]", "bitDepth[0]", "bits from 1 to 64"),
            SecondSchema.mistake("audio-format", "bitDepth: [65]", "bitDepth[0]", "bits from 1 to 64"),
            SecondSchema.mistake("audio-format", "maxBitRate: 0kbit/s", "maxBitRate", "above zero"),
            SecondSchema.mistake(
                "audio-format", "minBitRate: 2kbit/s, maxBitRate: 1kbit/s", "minBitRate", "minBitRate is above"),
            SecondSchema.mistake("audio-format", "minBitRate: 128k", "minBitRate", "128kbit/s or 1024kbit/s"),
            SecondSchema.mistake("audio-format", "tracks: 0", "tracks", "whole number from 1 to 64"),
            SecondSchema.mistake("audio-format", "tracks: 1, layout: stereo", "layout", "unknown key"),
        ])
    func mistakes(mistake: Mistake) { mistake.check() }

    @Test("The JSON has the parameters with their units")
    func wire() throws {
        #expect(
            try SecondSchema.wire(
                "audio-format",
                "channels: [stereo, 6], sampleRates: [44.1kHz], bitDepth: [16], minBitRate: 96kbit/s, tracks: 1")
                == #"{"bitDepth":[16],"channels":["stereo","6"],"minBitsPerSecond":96000,"sampleRates":[44100],"tracks":1}"#
        )
    }
}
