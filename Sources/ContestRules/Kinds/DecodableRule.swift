internal import MediaFacts

/// Picture and sound decode without error.
struct DecodableRule: ContentRule {
    static let kind = "decodable"
    /// How closely that is looked at: keyframes, suspicious passages and all sound, or every frame.
    var depth: Depth

    init(depth: Depth = .standard) { self.depth = depth }

    init(_ parameters: ParameterReader) {
        depth =
            parameters.value(
                "depth", shape: LocalizedText(zh: " standard（抽查）或 full（逐帧）", en: "standard or full")
            ) { text in Depth(rawValue: text).flatMap { $0 > .quick ? $0 : nil } } ?? .standard
    }

    var measurements: Set<Measurement> { [.header, .packets, .picture, .sound] }
    var required: String? { nil }

    func judge(_ content: ContentFacts, of facts: MediaFacts) -> Judgement {
        guard facts.video != nil else { return .noPicture() }
        guard let picture = content.picture else { return undetermined(.nothingDecoded) }
        let seen = "\(picture.framesExamined)/\(picture.frames)"
        switch picture.shortfall {
        case nil: break
        case ContentShortfall.nothingDecoded?, ContentShortfall.stopsDecoding?:
            let until = picture.last.map { Wording.clock($0.at.wholeMilliseconds) } ?? "0:00"
            return Judgement(
                .fail, reason: picture.shortfall?.rawValue, measured: seen,
                message: LocalizedText(
                    zh: "画面只能解码到 \(until)，其后无法播放。请检查原文件后重新导出。",
                    en: "The picture decodes up to \(until) and no further. Check the original and export again."))
        case let shortfall?: return undetermined(shortfall)
        }
        if picture.damagedFrames > 0 {
            let places = picture.damage.isEmpty ? "" : "，\(LongestStretch.places(picture.damage))"
            let english = picture.damage.isEmpty ? "" : " (\(LongestStretch.places(picture.damage)))"
            return Judgement(
                .fail, reason: "damaged-frames", measured: "\(picture.damagedFrames)",
                message: LocalizedText(
                    zh: "有 \(picture.damagedFrames) 帧画面损坏\(places)。请重新导出或重新传输原文件。",
                    en:
                        "\(picture.damagedFrames) frames are damaged\(english). Export it again, or copy the original again."
                ),
                passages: picture.damage.map { Passage($0) })
        }
        if let sound = content.sound, let shortfall = sound.shortfall { return undetermined(shortfall) }
        if let sound = content.sound, sound.damagedPackets > Self.harmlessPackets {
            return Judgement(
                .review, reason: "damaged-sound", measured: "\(sound.damagedPackets)",
                message: LocalizedText(
                    zh: "有 \(sound.damagedPackets) 处声音数据无法解码，请试听确认。",
                    en: "\(sound.damagedPackets) pieces of sound do not decode. Listen to it."))
        }
        return Judgement(
            .pass, measured: seen,
            message: content.depth == .full
                ? LocalizedText(
                    zh: "全部 \(picture.framesExamined) 帧画面都能解码。", en: "All \(picture.framesExamined) frames decode.")
                : LocalizedText(
                    zh: "抽查的 \(picture.framesExamined) 帧画面（共 \(picture.frames) 帧）和全部声音都能解码。",
                    en:
                        "The \(picture.framesExamined) frames that were sampled (of \(picture.frames)) and all sound decode."
                ))
    }

    /// A recording that begins in the middle of a stream has a packet or two that nothing can decode.
    private static let harmlessPackets = 2
}

extension DecodableRule: Encodable {
    private enum CodingKeys: String, CodingKey { case depth }

    func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(depth, forKey: .depth)
    }
}
