internal import MediaFacts

/// Fails when pictures are damaged or lost, or decoding stops before the end. Passes only when every picture that the depth
/// promises was decoded.
struct DecodableRule: ContentRule {
    static let kind = "decodable"
    static let title = LocalizedText(zh: "可解码", en: "Decodable")
    static let stream = MeasuredStream.picture
    static let problems: [IntegrityProblem.Code] = [
        .externalData, .encrypted, .noVideoDecoder, .noAudioDecoder, .hevcInFLV, .picturesMissing,
    ]
    /// The depth that the rule needs: `standard` decodes keyframes, suspicious ranges and all sound, `full` every frame.
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

    func judge(_ facts: MediaFacts) -> Judgement {
        guard facts.video != nil else { return .noPicture() }
        if let loss = PictureLoss(facts) { return loss.judgement }
        if let obstacle = StreamObstacle(.picture, facts) { return Self.blocked(obstacle) }
        guard let content = facts.content, content.depth >= depth else { return notDecoded(facts) }
        return judge(content, of: facts)
    }

    func judge(_ content: ContentFacts, of facts: MediaFacts) -> Judgement {
        guard let picture = content.picture else { return undetermined(.nothingDecoded) }
        if let failure = Self.failure(of: picture, facts) { return failure }
        if let shortfall = picture.shortfall { return undetermined(shortfall) }
        guard picture.framesExamined > 0, picture.frames > 0 else { return undetermined(.nothingDecoded) }
        if let doubt = soundDoubt(content, facts) { return doubt }
        return Self.passed(picture, content.depth, hasSound: facts.audio != nil)
    }

    private static func blocked(_ obstacle: StreamObstacle) -> Judgement {
        Judgement(.undetermined, reason: obstacle.reason, message: obstacle.message)
    }

    /// A fail when pictures are damaged or decoding stops; else nil.
    private static func failure(of picture: PictureContent, _ facts: MediaFacts) -> Judgement? {
        switch picture.shortfall {
        case ContentShortfall.nothingDecoded?: return nothingDecoded
        case ContentShortfall.stopsDecoding?: return stops(picture, facts)
        default: return picture.damagedFrames > 0 ? damaged(picture) : nil
        }
    }

    private static let nothingDecoded = Judgement(
        .fail, reason: ContentShortfall.nothingDecoded.rawValue, measured: "0",
        message: LocalizedText(
            zh: "画面一帧也解不出来，无法播放。请检查原文件后重新导出。",
            en: "Not one picture decodes, so it cannot be played. Check the original and export again."))

    /// A fail that names the last picture's time, and the film's length where the facts have a greater one.
    private static func stops(_ picture: PictureContent, _ facts: MediaFacts) -> Judgement {
        guard let last = picture.last?.at, last >= .zero else {
            return Judgement(
                .fail, reason: ContentShortfall.stopsDecoding.rawValue,
                message: LocalizedText(
                    zh: "画面解码中途停止，其后无法播放。请检查原文件后重新导出。",
                    en: "The picture stops decoding on the way. Check the original and export again."))
        }
        let whole = facts.duration.flatMap { $0.wholeMilliseconds > last.wholeMilliseconds ? $0 : nil }
        let (until, total) = (Wording.duration(last), whole.map(Wording.duration))
        return Judgement(
            .fail, reason: ContentShortfall.stopsDecoding.rawValue,
            measured: ([last] + [whole].compactMap(\.self)).map { "\(Wording.seconds($0)) s" }.joined(separator: " / "),
            message: LocalizedText(
                zh: "画面只能解码到 \(until.zh)\(total.map { "（全长 \($0.zh)）" } ?? "")，其后无法播放。请检查原文件后重新导出。",
                en: "The picture decodes up to \(until.en)\(total.map { " of \($0.en)" } ?? "") and no further. "
                    + "Check the original and export again."))
    }

    private static func damaged(_ picture: PictureContent) -> Judgement {
        let count = picture.counted(picture.damagedFrames)
        let places = Wording.places(picture.damage)
        return Judgement(
            .fail, reason: "damaged-frames", measured: "\(count)",
            message: LocalizedText(
                zh: "有 \(count) 帧画面损坏\(places.isEmpty ? "" : "（\(places)）")。请重新导出或重新传输原文件。",
                en: "\(count) frames are damaged\(places.isEmpty ? "" : " (\(places))"). "
                    + "Export it again, or copy the original again."),
            passages: picture.damage.map { Passage($0) })
    }

    /// Undetermined or a review when the sound was not decoded in full; else nil.
    private func soundDoubt(_ content: ContentFacts, _ facts: MediaFacts) -> Judgement? {
        if facts.integrity.problem(.noAudioDecoder) != nil, let obstacle = StreamObstacle(.sound, facts) {
            return Self.blocked(obstacle)
        }
        guard let sound = content.sound else {
            return facts.audio == nil ? nil : undetermined(.nothingDecoded, .sound)
        }
        if let shortfall = sound.shortfall {
            return StreamObstacle(.sound, facts).map(Self.blocked) ?? undetermined(shortfall, .sound)
        }
        guard sound.damagedPackets > Self.harmlessPackets else { return nil }
        return Judgement(
            .review, reason: "damaged-sound", measured: "\(sound.damagedPackets)",
            message: LocalizedText(
                zh: "有 \(sound.damagedPackets) 处声音数据无法解码，请试听确认。",
                en: "\(sound.damagedPackets) packets of sound do not decode. Listen to it."))
    }

    /// A pass, unless fewer pictures were examined than the depth promises.
    private static func passed(_ picture: PictureContent, _ depth: Depth, hasSound: Bool) -> Judgement {
        let (examined, frames) = (picture.counted(picture.framesExamined), picture.frames)
        let seen = "\(examined)/\(frames)"
        guard depth < .full || examined == frames else {
            return Judgement(
                .undetermined, reason: "not-all-examined", measured: seen,
                message: LocalizedText(
                    zh: "只解出 \(examined) 帧画面，全片共 \(frames) 帧，不能确认其余画面。请播放查看，或重新导出。",
                    en:
                        "Of \(frames) frames, \(examined) were decoded; the others are unknown. Play it, or export it again."
                ))
        }
        guard examined < frames else {
            return Judgement(
                .pass, measured: seen,
                message: LocalizedText(zh: "全部 \(frames) 帧画面都能解码。", en: "All \(frames) frames decode."))
        }
        return Judgement(
            .pass, measured: seen,
            message: LocalizedText(
                zh: "抽查的 \(examined) 帧画面（共 \(frames) 帧）\(hasSound ? "和全部声音" : "")都能解码。",
                en: "The \(examined) frames that were sampled (of \(frames))\(hasSound ? " and all sound" : "") decode."
            ))
    }

    /// Most undecodable packets of sound in a whole file: a recording that begins in the middle of a stream has one or two.
    private static let harmlessPackets = 2
}

extension PictureContent {
    /// `count` pictures of the film, at most all of them.
    func counted(_ count: Int) -> Int { max(0, min(count, frames)) }
}

extension DecodableRule: Encodable {
    private enum CodingKeys: String, CodingKey { case depth }

    func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(depth, forKey: .depth)
    }
}
