internal import MediaFacts

/// A stream that content rules measure.
enum MeasuredStream: Hashable {
    /// The main video stream.
    case picture
    /// The main audio stream.
    case sound

    /// The stream's name in messages.
    var name: LocalizedText {
        switch self {
        case .picture: LocalizedText(zh: "画面", en: "picture")
        case .sound: LocalizedText(zh: "声音", en: "sound")
        }
    }

    /// Name of the stream's codec; nil when the file has no such stream or its codec is unknown.
    func codec(_ facts: MediaFacts) -> String? {
        let codec = self == .picture ? facts.video?.codec : facts.audio?.codec
        return codec == "unknown" ? nil : codec
    }

    /// The reason why less of the stream was measured than the depth promises; nil when everything was measured.
    func shortfall(_ content: ContentFacts) -> ContentShortfall? {
        self == .picture ? content.picture?.shortfall : content.sound?.shortfall
    }

    /// Whether the stream was measured in full.
    func isMeasured(_ facts: MediaFacts) -> Bool {
        guard let content = facts.content else { return false }
        let isThere = self == .picture ? content.picture != nil : content.sound != nil
        return isThere && shortfall(content) == nil
    }
}

/// The one cause for which no sample of a stream can be decoded. The header tells the cause, so every rule about the stream
/// gives the same one.
struct StreamObstacle: Hashable {
    /// Stable word for a judgement's reason: the problem's code, or the shortfall where no problem names the cause.
    var reason: String
    /// The cause and the advice.
    var message: LocalizedText

    /// The obstacle to decoding `stream`, from the file's problems, else from the stream's shortfall; nil without one.
    init?(_ stream: MeasuredStream, _ facts: MediaFacts) {
        if let code = Self.problems(of: stream).first(where: { facts.integrity.problem($0) != nil }) {
            self.init(reason: code.rawValue, message: Self.message(code, stream, facts))
        } else if let shortfall = facts.content.flatMap(stream.shortfall), let code = Self.codes[shortfall] {
            self.init(reason: shortfall.rawValue, message: Self.message(code, stream, facts))
        } else {
            return nil
        }
    }

    /// Problems of the file for which `stream` cannot be decoded; the first that the file has is the cause.
    static func problems(of stream: MeasuredStream) -> [IntegrityProblem.Code] {
        switch stream {
        case .picture: [.externalData, .encrypted, .hevcInFLV, .noVideoDecoder]
        case .sound: [.externalData, .encrypted, .noAudioDecoder]
        }
    }

    private init(reason: String, message: LocalizedText) {
        self.reason = reason
        self.message = message
    }

    /// Shortfalls that mean the same as a problem's code. Nothing that was measured in spite of them is believed.
    private static let codes: [ContentShortfall: IntegrityProblem.Code] = [
        .externalData: .externalData, .encrypted: .encrypted, .noDecoder: .noVideoDecoder,
    ]

    /// The samples lie in another file.
    static let externalData = StreamObstacle(
        reason: IntegrityProblem.Code.externalData.rawValue,
        message: LocalizedText(
            zh: "视频引用了另一个文件里的画面（引用影片），那个文件没有一起提交。请在剪辑软件中“导出为独立文件”（自包含影片）后再提交。",
            en: "The pictures are in another file, which this one only refers to (a reference movie). "
                + "Export it as a self-contained movie."))

    private static func message(
        _ code: IntegrityProblem.Code, _ stream: MeasuredStream, _ facts: MediaFacts
    ) -> LocalizedText {
        let name = stream.name
        switch code {
        case .externalData: return externalData.message
        case .encrypted:
            return LocalizedText(
                zh: "\(name.zh)已加密，无法检查。请从原始素材重新导出，提交未加密的文件。",
                en:
                    "The \(name.en) is encrypted and cannot be checked. Export it from the original, without encryption."
            )
        case .hevcInFLV:
            return LocalizedText(
                zh: "FLV 文件中的画面编码是 HEVC，FLV 标准没有这种编码，许多播放器不能播放。请重新导出为 mp4（H.264 + AAC）。",
                en: "The FLV file holds HEVC, which the FLV standard does not have and many players cannot play. "
                    + "Export it as mp4 (H.264 + AAC).")
        default:
            let codec = stream.codec(facts)
            return LocalizedText(
                zh: "\(name.zh)使用的编码\(codec.map { " \($0) " } ?? "")无法解码。请导出为 H.264 + AAC（mp4）后再提交。",
                en: "The codec of the \(name.en)\(codec.map { " (\($0))" } ?? "") cannot be decoded. "
                    + "Export it as H.264 + AAC (mp4).")
        }
    }
}
