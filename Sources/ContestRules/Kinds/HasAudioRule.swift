internal import MediaFacts

/// The file has an audio stream with at least one packet.
struct HasAudioRule: MeasuredRule {
    static let kind = "has-audio"
    static let title = LocalizedText(zh: "有声音", en: "Sound present")

    init() {}
    init(_ parameters: ParameterReader) {}

    var measurements: Set<Measurement> { [.header, .packets] }

    func judge(_ facts: MediaFacts) -> Judgement {
        if facts.audio != nil, facts.integrity.audioPackets == nil { return .unknown("声音数据", "amount of sound") }
        guard let audio = facts.audio, facts.integrity.audioPackets != 0 else {
            return Judgement(
                .fail, measured: "0",
                message: LocalizedText(
                    zh: "没有声音。如作品本应有声音，请检查导出设置。",
                    en: "There is no sound. If the work should have some, check the export settings."))
        }
        return Judgement(.pass, measured: audio.codec, message: LocalizedText(zh: "有声音。", en: "There is sound."))
    }
}
