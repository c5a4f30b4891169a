internal import MediaFacts

/// The codecs of video and audio are among the listed ones, as FFmpeg names them.
struct CodecRule: MeasuredRule {
    static let kind = "codec"
    static let title = LocalizedText(zh: "编码", en: "Codec")
    /// Video codecs that are allowed; nil for any.
    var video: [String]?
    /// Audio codecs that are allowed; nil for any. A file without audio passes.
    var audio: [String]?
    /// What any other codec is worth.
    var others: ContainerRule.Others

    init(video: [String]? = nil, audio: [String]? = nil, others: ContainerRule.Others = .fail) {
        self.video = video
        self.audio = audio
        self.others = others
    }

    init(_ parameters: ParameterReader) {
        let shape = LocalizedText(
            zh: "FFmpeg 的编码名称，如 h264、hevc、aac", en: "a codec name of FFmpeg's, like h264, hevc or aac")
        let name = { (text: String) in text.wholeMatch(of: /[a-z0-9_.]{2,32}/) == nil ? nil : text }
        video = parameters.list("video", shape: shape, name)
        audio = parameters.list("audio", shape: shape, name)
        others = parameters.others() ?? .fail
        if !parameters.has("video") && !parameters.has("audio") {
            parameters.report(nil, "需要 video 或 audio 之一", "video or audio is missing")
        }
    }

    func judge(_ facts: MediaFacts) -> Judgement {
        guard let picture = facts.video else { return .noPicture(required: required) }
        let measured = [picture.codec, facts.audio?.codec].compactMap(\.self).joined(separator: " + ")
        let isVideoRight = video?.contains(picture.codec) ?? true
        let isAudioRight = facts.audio.map { audio?.contains($0.codec) ?? true } ?? true
        guard !(isVideoRight && isAudioRight) else {
            return Judgement(
                .pass, required: required, measured: measured,
                message: LocalizedText(zh: "编码为 \(measured)，符合要求。", en: "The codecs are \(measured), as required."))
        }
        return Judgement(
            others == .fail ? .fail : .review, reason: isVideoRight ? "audio-codec" : "video-codec",
            required: required, measured: measured,
            message: LocalizedText(
                zh: "编码为 \(measured)，要求 \(required)。"
                    + (others == .fail ? "请在导出设置中选择要求的编码。" : "通知未排除其他编码，请人工确认。"),
                en: "The codecs are \(measured); \(required) is required. "
                    + (others == .fail ? "Choose them when you export." : "The notice leaves room: a person decides.")))
    }

    private var required: String {
        [video, audio].compactMap(\.self).map { $0.joined(separator: "/") }.joined(separator: " + ")
    }
}

extension CodecRule: Encodable {
    private enum CodingKeys: String, CodingKey { case video, audio, others }

    func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(video, forKey: .video)
        try values.encode(audio, forKey: .audio)
        try values.encode(others, forKey: .others)
    }
}
