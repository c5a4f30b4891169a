internal import MediaFacts

/// A subject of `ContestInterview`: the notice's words, and the limits that can be in them.
struct InterviewTopic: Sendable {
    /// A parameter that the interview asks for.
    struct Limit: Sendable {
        var kind: String
        var parameter: String
        /// The question.
        var prompt: LocalizedText
        /// Whether the parameter is a list.
        var isList = false
        /// Parameters of the same rule that leave no room for this one.
        var excludedBy: [String] = []
        /// A parameter of the same rule that this one needs.
        var needs: String?
    }

    /// The question for the notice's words.
    let prompt: LocalizedText
    /// The limits in the order in which they are asked for.
    let limits: [Limit]

    /// The items of an answer that is a list: `mp4、mov`, `[mp4, mov]`, `15秒或30秒`.
    static func items(_ answer: String) -> [String] {
        var text = HalfWidth.folded(answer)
        if text.hasPrefix("["), text.hasSuffix("]") { text = String(text.dropFirst().dropLast()) }
        return text.replacing("或", with: ",").split { ",、;".contains($0) }
            .map { HalfWidth.trimmed(String($0)) }.filter { !$0.isEmpty }
    }

    /// All subjects.
    static let all = [duration, shape, resolution, container, fileSize, bitRate, frameRate, sound]

    private static let duration = InterviewTopic(
        zh: "时长", en: "Length", example: "时长 3-5 分钟",
        [
            Limit("duration", "min", zh: "最短，如 3m", en: "Shortest, like 3m"),
            Limit("duration", "max", zh: "最长，如 5m", en: "Longest, like 5m"),
            Limit(
                "duration", "allowed", zh: "只允许的长度，如 15s、30s", en: "The only lengths, like 15s, 30s", isList: true,
                excludedBy: ["min", "max"]),
        ])

    private static let shape = InterviewTopic(
        zh: "横竖屏和画面比例", en: "Orientation and shape", example: "16:9 横屏",
        [
            Limit("orientation", "allowed", zh: "横屏、竖屏或方形", en: "landscape, portrait or square", isList: true),
            Limit("aspect-ratio", "allowed", zh: "画面比例，如 16:9", en: "Shape, like 16:9", isList: true),
        ])

    private static let resolution = InterviewTopic(
        zh: "分辨率", en: "Resolution", example: "1920×1080 及以上",
        [
            Limit("resolution", "min", zh: "最小尺寸，如 1920x1080", en: "Least size, like 1920x1080"),
            Limit(
                "resolution", "sizes", zh: "只允许的尺寸，如 1920x1080、3840x2160",
                en: "The only sizes, like 1920x1080, 3840x2160",
                isList: true, excludedBy: ["min"]),
            Limit(
                "resolution", "shortSide", zh: "短边，如 1080、720P", en: "Short side, like 1080, 720P",
                excludedBy: ["min", "sizes"]),
        ])

    private static let container = InterviewTopic(
        zh: "文件格式", en: "File format", example: "mp4、mov 等格式",
        [
            Limit("container", "allowed", zh: "允许的格式，如 mp4、mov", en: "Formats, like mp4, mov", isList: true),
            Limit(
                "container", "others", zh: "其他格式：fail（不合格）或 review（由人确认）",
                en: "Other formats: fail, or review by a person", needs: "allowed"),
        ])

    private static let fileSize = InterviewTopic(
        zh: "文件大小", en: "File size", example: "不超过 200MB",
        [
            Limit("file-size", "max", zh: "最大，如 200MB", en: "Largest, like 200MB"),
            Limit("file-size", "min", zh: "最小，如 30MB", en: "Smallest, like 30MB"),
        ])

    private static let bitRate = InterviewTopic(
        zh: "码率", en: "Bit rate", example: "码率不低于 8Mbps",
        [
            Limit("bit-rate", "min", zh: "最低，如 8Mbps", en: "Lowest, like 8Mbps"),
            Limit("bit-rate", "max", zh: "最高，如 20Mbps", en: "Highest, like 20Mbps"),
        ])

    private static let frameRate = InterviewTopic(
        zh: "帧率", en: "Frame rate", example: "25 帧/秒",
        [
            Limit("frame-rate", "min", zh: "最低，如 24", en: "Lowest, like 24"),
            Limit("frame-rate", "max", zh: "最高，如 60", en: "Highest, like 60"),
            Limit(
                "frame-rate", "allowed", zh: "只允许的帧率，如 25、29.97", en: "The only rates, like 25, 29.97", isList: true,
                excludedBy: ["min", "max"]),
        ])

    private static let sound = InterviewTopic(
        zh: "声音格式", en: "Sound format", example: "立体声，48kHz",
        [
            Limit("audio-format", "channels", zh: "声道，如 stereo、mono", en: "Channels, like stereo, mono", isList: true),
            Limit("audio-format", "sampleRates", zh: "采样率，如 48kHz", en: "Sample rates, like 48kHz", isList: true),
        ])

    private init(zh: String, en: String, example: String, _ limits: [Limit]) {
        prompt = LocalizedText(
            zh: "\(zh)（通知原文，如“\(example)”）", en: "\(en), in the notice's words, like \"\(example)\"")
        self.limits = limits
    }
}

extension InterviewTopic.Limit {
    fileprivate init(
        _ kind: String, _ parameter: String, zh: String, en: String, isList: Bool = false, excludedBy: [String] = [],
        needs: String? = nil
    ) {
        self.init(
            kind: kind, parameter: parameter, prompt: LocalizedText(zh: zh, en: en), isList: isList,
            excludedBy: excludedBy, needs: needs)
    }
}
