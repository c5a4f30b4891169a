public import MediaFacts

/// A requirement that only a person can judge: content, originality, structure. The file may offer evidence.
public struct PersonRule: RuleKind, Hashable {
    /// The name of the kind in contest files.
    public static let kind = "person"
    /// The name of the kind for people.
    public static let title = LocalizedText(zh: "人工判断", en: "Judged by a person")
    /// The year the work must be from, for a hint by the file's creation time; nil for no hint.
    public var year: Int?
    /// Whether the file's subtitle streams are shown as evidence.
    public var showsSubtitles: Bool

    /// Whether the verdict is `needs-review` at best: the notice asks for something that can be measured, though not by
    /// clipcheck, so no file is compliant before a person has looked.
    public var isBlocking: Bool

    /// Makes a rule.
    public init(year: Int? = nil, showsSubtitles: Bool = false, isBlocking: Bool = false) {
        self.year = year
        self.showsSubtitles = showsSubtitles
        self.isBlocking = isBlocking
    }

    /// Reads the parameters of a rule of this kind.
    public init(_ parameters: ParameterReader) {
        year = parameters.value("createdIn", shape: LocalizedText(zh: "年份，如 2023", en: "a year, like 2023")) {
            Int($0).flatMap { (1990...2100).contains($0) ? $0 : nil }
        }
        showsSubtitles =
            parameters.value(
                "evidence", shape: LocalizedText(zh: " subtitle-streams（字幕流）", en: "subtitle-streams")
            ) { $0 == "subtitle-streams" ? true : nil } ?? false
        isBlocking = parameters.flag("blocking") ?? false
        if isBlocking, parameters.plainText("level") == Rule.Level.encouraged.rawValue {
            parameters.report(
                "blocking", "鼓励项不影响结论，不能写 blocking: true", "a rule of level encouraged never changes the verdict")
        }
    }

    /// What the file says that helps a person; never a judgement.
    public func evidence(_ facts: MediaFacts) -> [Evidence] {
        [creationTime(facts), showsSubtitles ? subtitles(facts) : nil].compactMap(\.self)
    }

    private func creationTime(_ facts: MediaFacts) -> Evidence? {
        guard let year, let created = facts.container.createdAt, !created.hasPrefix("\(year)-") else { return nil }
        return Evidence(
            kind: "creation-time", value: created,
            note: LocalizedText(
                zh: "文件记录的创建时间不在 \(year) 年。相机时钟或转码软件都可能改变它，仅供参考。",
                en:
                    "The file's creation time is not in \(year). A camera's clock or an export may have set it: a hint only."
            ))
    }

    private func subtitles(_ facts: MediaFacts) -> Evidence {
        let streams = facts.subtitles.map { $0.codec + ($0.language.map { " (\($0))" } ?? "") }
        return Evidence(
            kind: "subtitle-streams", value: streams.isEmpty ? "0" : streams.joined(separator: ", "),
            note: LocalizedText(
                zh: streams.isEmpty ? "文件中没有字幕流；字幕可能已压制在画面中，请看画面。" : "文件中有字幕流。",
                en: streams.isEmpty
                    ? "The file has no subtitle stream; subtitles may be burnt into the picture: look at it."
                    : "The file has subtitle streams."))
    }
}

extension PersonRule {
    private enum CodingKeys: String, CodingKey { case createdIn, evidence, blocking }

    /// Writes the wire form; parameters that are not given are `null`, and `blocking` is left out where it is `false`, as
    /// in every file of `clipcheck.contest/1`.
    public func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(year, forKey: .createdIn)
        try values.encode(showsSubtitles ? "subtitle-streams" : nil, forKey: .evidence)
        if isBlocking { try values.encode(isBlocking, forKey: .blocking) }
    }
}
