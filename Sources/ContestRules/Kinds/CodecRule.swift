internal import MediaFacts

/// The codecs of video and audio are among the listed ones, as FFmpeg names them, in a listed profile and up to a level.
struct CodecRule: MeasuredRule {
    static let kind = "codec"
    static let title = LocalizedText(zh: "编码", en: "Codec")
    /// Video codecs that are allowed; nil for any.
    var video: [String]?
    /// Audio codecs that are allowed; nil for any. A file without audio passes.
    var audio: [String]?
    /// What any other codec is worth.
    var others: ContainerRule.Others
    /// Profiles that are allowed, each for the listed codecs that have it; a codec that has none of them may have any
    /// profile. A name that video and audio codecs share, such as `Main` of `h264` and of `aac`, speaks of the video where
    /// both are listed. Nil for any profile.
    var profiles: [String]?
    /// The highest level that is allowed, for the video codecs that have it; nil for any level.
    var highestLevel: CodecLevelLimit?

    init(
        video: [String]? = nil, audio: [String]? = nil, others: ContainerRule.Others = .fail,
        profiles: [String]? = nil, highestLevel: CodecLevelLimit? = nil
    ) {
        self.video = video
        self.audio = audio
        self.others = others
        self.profiles = profiles
        self.highestLevel = highestLevel
    }

    init(_ parameters: ParameterReader) {
        video = parameters.list("video", .codec(.video, in: parameters.schema))
        audio = parameters.list("audio", .codec(.audio, in: parameters.schema))
        others = parameters.others() ?? .fail
        profiles = parameters.list("profiles", .profile(of: (video ?? []) + (audio ?? [])))
        highestLevel = parameters.value("maxLevel", .level)
        if !parameters.has("video") && !parameters.has("audio") {
            parameters.report(nil, "需要 video 或 audio 之一", "video or audio is missing")
        }
        if let video, !video.isEmpty, let highestLevel, !video.contains(where: highestLevel.isLevel) {
            parameters.report(
                "maxLevel", "video 中没有编码有级别 \(highestLevel.text)",
                "no codec under video has the level \(highestLevel.text)")
        } else if highestLevel != nil, !parameters.has("video") {
            parameters.report("maxLevel", "级别属于视频编码：请写明 video", "a level belongs to a video codec: write video, too")
        }
    }

    func judge(_ facts: MediaFacts) -> Judgement {
        guard let picture = facts.video else { return .noPicture(required: required) }
        let measured = [picture.codec, facts.audio?.codec].compactMap(\.self).joined(separator: " + ")
        let isVideoRight = video?.contains(picture.codec) ?? true
        let isAudioRight = facts.audio.map { audio?.contains($0.codec) ?? true } ?? true
        guard isVideoRight && isAudioRight else { return wrongCodec(measured, isVideoRight: isVideoRight) }
        let details = details(picture, facts.audio)
        if !details.isEmpty { return judge(details, measured) }
        return Judgement(
            .pass, required: required, measured: measured,
            message: LocalizedText(zh: "编码为 \(measured)，符合要求。", en: "The codecs are \(measured), as required."))
    }

    private func wrongCodec(_ measured: String, isVideoRight: Bool) -> Judgement {
        Judgement(
            others == .fail ? .fail : .review, reason: isVideoRight ? "audio-codec" : "video-codec",
            required: required, measured: measured,
            message: LocalizedText(
                zh: "编码为 \(measured)，要求 \(required)。"
                    + (others == .fail ? "请在导出设置中选择要求的编码。" : "通知未排除其他编码，请人工确认。"),
                en: "The codecs are \(measured); \(required) is required. "
                    + (others == .fail ? "Choose them when you export." : "The notice leaves room: a person decides.")))
    }

    /// Judges profiles and level of codecs that are allowed.
    private func judge(_ details: [Aspect], _ codecs: String) -> Judgement {
        var judgement = Judgement.of(
            details,
            advice: LocalizedText(
                zh: "请在导出设置中选择要求的编码档次（profile）和级别（level）。",
                en: "Choose that profile and level when you export."),
            unknown: .exportAgain)
        judgement.required = required
        judgement.measured = ([codecs] + details.compactMap(\.measured?.text)).joined(separator: ", ")
        return judgement
    }

    private var required: String {
        let codecs = [video, audio].compactMap(\.self).map { $0.joined(separator: "/") }.joined(separator: " + ")
        return [codecs, profiles?.joined(separator: "/"), highestLevel.map { "≤ \($0.text)" }].compactMap(\.self)
            .joined(separator: ", ")
    }
}

extension CodecRule {
    /// The aspects beside the codecs that concern this file.
    private func details(_ picture: VideoFacts, _ sound: AudioFacts?) -> [Aspect] {
        [
            profileAspect(
                LocalizedText(zh: "视频编码档次", en: "video profile"), "video-profile", picture.codec, picture.profile,
                of: profiles(ofVideo: true)),
            levelAspect(picture),
            sound.flatMap {
                profileAspect(
                    LocalizedText(zh: "声音编码档次", en: "audio profile"), "audio-profile", $0.codec, $0.format?.profile,
                    of: profiles(ofVideo: false))
            },
        ].compactMap(\.self)
    }

    /// The listed profiles that speak of the video, or of the audio: those that a listed codec of it has.
    private func profiles(ofVideo: Bool) -> [String] {
        let videoNames = CodecProfile.names(of: video ?? [])
        guard !ofVideo else { return (profiles ?? []).filter(videoNames.contains) }
        let audioNames = CodecProfile.names(of: audio ?? [])
        return (profiles ?? []).filter { audioNames.contains($0) && !videoNames.contains($0) }
    }

    /// The profile of a stream; nil when its codec has none of the profiles `listed`.
    private func profileAspect(
        _ name: LocalizedText, _ reason: String, _ codec: String, _ profile: String?, of listed: [String]
    ) -> Aspect? {
        let own = listed.filter { CodecProfile.names(of: [codec]).contains($0) }
        guard !own.isEmpty else { return nil }
        return Aspect(
            name, reason: reason, required: .init(own.joined(separator: "/")), profile, shown: { .init($0) },
            isMet: own.contains)
    }

    /// The level of the video; nil when its codec has no such level.
    private func levelAspect(_ picture: VideoFacts) -> Aspect? {
        guard let highestLevel, highestLevel.isLevel(of: picture.codec) else { return nil }
        let limit = Bounds.words(nil, highestLevel.text)
        return Aspect(
            LocalizedText(zh: "编码级别", en: "level"), reason: "level",
            required: .init("≤ \(highestLevel.text)", zh: limit.zh, en: limit.en), picture.coding?.level,
            shown: { .init($0) }, isMet: { highestLevel.admits($0, of: picture.codec) })
    }
}

extension CodecRule: Encodable {
    private enum CodingKeys: String, CodingKey { case video, audio, others, profiles, maxLevel }

    func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(video, forKey: .video)
        try values.encode(audio, forKey: .audio)
        try values.encode(others, forKey: .others)
        try values.encodeIfPresent(profiles, forKey: .profiles)
        try values.encodeIfPresent(highestLevel?.text, forKey: .maxLevel)
    }
}
