internal import ContestRules
internal import EntryIntake
public import MediaFacts

/// The results of a run as a CSV table that Excel and WPS open by a double click: UTF-8 with a byte order mark, CRLF,
/// RFC 4180, one row for each file.
///
/// The header depends on the contest and the language only, never on the files. `CSVCell` describes how a cell is kept
/// from being read as a formula, a number, a date or a time.
public struct CSVRun: RunRendering {
    /// Language of the header, the verdicts and the messages.
    public let language: Language
    private let columns: [RunColumn]
    private let words: Words

    /// Makes a renderer.
    ///
    /// - Parameter columns: the fields of a work that have a column, in order.
    public init(language: Language, columns: [RunColumn]) {
        self.language = language
        self.columns = columns
        words = Words(language)
    }

    /// The byte order mark and the header.
    public mutating func opening(_ summary: RunSummary) -> String {
        let names =
            [words("文件", "File"), words("结论", "Verdict")] + columns.map { $0.label[language] }
            + [words("类别", "Category"), words("地区", "Region")] + Self.factNames.map { $0[language] }
            + [
                words("需注意的检查结果", "What needs attention"), words("投稿检查", "Submission"), "SHA-256",
                words("错误", "Error"),
            ]
        return "\u{feff}" + row(names.map(CSVCell.text))
    }

    /// The row of one file.
    public mutating func piece(_ file: CheckedFile) -> String {
        let (work, names) = (file.work, file.ruleNames)
        let values = columns.map { column in work?.fields.first { $0.name == column.name }?.value }
        return row(
            [CSVCell.text(file.path), CSVCell.text(file.report.map { words.verdict($0.verdict) } ?? words.error)]
                + values.map(CSVCell.text) + [CSVCell.text(work?.category), CSVCell.text(work?.region)]
                + facts(file.report) + [
                    CSVCell.text(file.report.map { told($0.attention, names) }),
                    CSVCell.text(work.map { told($0.findings.attention, names) }),
                    CSVCell.text(file.report?.media.sha256), CSVCell.text(error(file)),
                ])
    }

    private static let factNames = [
        LocalizedText(zh: "时长（秒）", en: "Length (s)"), LocalizedText(zh: "显示宽度", en: "Display width"),
        LocalizedText(zh: "显示高度", en: "Display height"), LocalizedText(zh: "画面比例", en: "Aspect ratio"),
        LocalizedText(zh: "帧率", en: "Frame rate"), LocalizedText(zh: "封装格式", en: "Container"),
        LocalizedText(zh: "视频编码", en: "Video codec"), LocalizedText(zh: "音频编码", en: "Audio codec"),
        LocalizedText(zh: "字节数", en: "Bytes"),
    ]

    /// The cells of the file's facts, in the order of `factNames`; each is empty where its fact is unknown.
    private func facts(_ report: Report?) -> [String] {
        let facts = report?.facts
        let picture = facts?.video?.picture
        return [
            CSVCell.figure(facts?.duration.map(Wording.seconds)),
            CSVCell.figure(picture.map { "\($0.displayWidth)" }), CSVCell.figure(picture.map { "\($0.displayHeight)" }),
            CSVCell.text(picture?.displayAspectRatio.colonText),
            CSVCell.figure(facts?.video?.frameRate.map { Wording.decimal($0.value) }),
            CSVCell.text(facts?.container.family.rawValue), CSVCell.text(facts?.video?.codec),
            CSVCell.text(facts?.audio?.codec), CSVCell.figure(report.map { "\($0.media.bytes)" }),
        ]
    }

    /// The findings as one text: for each line the name of its rule and its message, or the joined line.
    private func told(_ findings: [Finding], _ names: RuleNames) -> String {
        JoinedFindings.joining(findings).map { line in
            let name = line.isJoined ? "" : names.label(of: line.first.rule, in: language) + words("：", ": ")
            return name + withoutStop(words.text(line, names))
        }.joined(separator: words("；", "; "))
    }

    /// `message` without its full stop, because the separator of the list follows it.
    private func withoutStop(_ message: String) -> String {
        guard let last = message.unicodeScalars.last, last == "。" || last == "." else { return message }
        return String(message.unicodeScalars.dropLast())
    }

    private func error(_ file: CheckedFile) -> String? {
        guard case .failure(let error) = file.outcome else { return nil }
        return error.code.rawValue + words("：", ": ") + error.message[language]
    }

    private func row(_ cells: [String]) -> String { cells.joined(separator: ",") + "\r\n" }
}
