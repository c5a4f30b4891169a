internal import MediaFacts

/// Fails when the sound is too soft or too loud: integrated loudness (EBU R 128) or true peak (ITU-R BS.1770) is outside
/// its limits.
struct LoudnessRule: ContentRule {
    static let kind = "loudness"
    static let title = LocalizedText(zh: "响度", en: "Loudness")
    static let stream = MeasuredStream.sound
    /// Softest integrated loudness in LUFS; nil for no lower limit.
    var softest: Double?
    /// Loudest integrated loudness in LUFS; nil for no upper limit.
    var loudest: Double?
    /// Highest true peak in dBTP; nil for no limit.
    var highestPeak: Double?

    init(softest: Double?, loudest: Double?, highestPeak: Double? = nil) {
        self.softest = softest
        self.loudest = loudest
        self.highestPeak = highestPeak
    }

    init(_ parameters: ParameterReader) {
        softest = parameters.value("min", .loudness)
        loudest = parameters.value("max", .loudness)
        highestPeak = parameters.value("maxTruePeak", .truePeak)
        if !parameters.has("min"), !parameters.has("max"), !parameters.has("maxTruePeak") {
            parameters.report(nil, "至少需要 min、max、maxTruePeak 之一", "min, max or maxTruePeak is missing")
        }
        if let softest, let loudest, softest > loudest {
            parameters.report("min", "下限大于上限，任何视频都无法通过", "min is above max: nothing could ever pass")
        }
    }

    var measurements: Set<Measurement> { [.header, .packets, .sound] }

    var required: String? {
        // A dash between two negative figures reads as a third sign.
        let range = Bounds.text(softest.map(Wording.decimal), loudest.map(Wording.decimal)).replacing("–", with: " … ")
        let parts = [
            softest == nil && loudest == nil ? nil : "\(range) LUFS",
            highestPeak.map { "≤ \(Wording.decimal($0)) dBTP" },
        ]
        return parts.compactMap(\.self).joined(separator: ", ")
    }

    func judge(_ content: ContentFacts, of facts: MediaFacts) -> Judgement {
        guard facts.audio != nil else { return noSound() }
        guard let sound = content.sound else { return undetermined(.nothingDecoded) }
        if let shortfall = sound.shortfall { return undetermined(shortfall) }
        guard let loudness = sound.loudness else {
            return Judgement(
                softest == nil ? .pass : .fail, reason: "silent", required: required, measured: "silence",
                message: LocalizedText(zh: "整个作品没有可听见的声音。", en: "Nothing can be heard in the whole work."))
        }
        let peak = sound.truePeak
        let measured =
            "\(Wording.decimal(loudness)) LUFS" + (peak.map { ", \(Wording.decimal($0)) dBTP" } ?? "")
        let isSoft = softest.map { loudness < $0 } ?? false
        let isLoud = loudest.map { loudness > $0 } ?? false
        let isPeaking = highestPeak.flatMap { limit in peak.map { $0 > limit } } ?? false
        let limits = required ?? ""
        guard isSoft || isLoud || isPeaking else {
            return Judgement(
                .pass, required: required, measured: measured,
                message: LocalizedText(
                    zh: "响度为 \(measured)，符合要求（\(limits)）。", en: "Its loudness is \(measured), within \(limits)."))
        }
        let fault =
            isSoft
            ? LocalizedText(zh: "声音太小", en: "too soft")
            : isLoud
                ? LocalizedText(zh: "声音太大", en: "too loud") : LocalizedText(zh: "峰值过高", en: "its peaks are too high")
        return Judgement(
            .fail, reason: isSoft ? "too-soft" : isLoud ? "too-loud" : "peaks-too-high", required: required,
            measured: measured,
            message: LocalizedText(
                zh: "响度为 \(measured)，\(fault.zh)，要求 \(limits)。请调整音量后重新导出。",
                en:
                    "Its loudness is \(measured), \(fault.en); \(limits) is required. Change the volume and export again."
            ))
    }
}

extension LoudnessRule: Encodable {
    private enum CodingKeys: String, CodingKey { case minLUFS, maxLUFS, maxTruePeakDBTP }

    func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(softest, forKey: .minLUFS)
        try values.encode(loudest, forKey: .maxLUFS)
        try values.encode(highestPeak, forKey: .maxTruePeakDBTP)
    }
}
