internal import MediaFacts

/// The file is named as the notice asks: `参赛者姓名（单位名称）+作品名称+联系电话`.
struct FileNameRule: AdmissionRule {
    static let kind = "file-name"
    static let title = LocalizedText(zh: "文件名", en: "File name")

    init() {}
    init(_ parameters: ParameterReader) {}

    /// The name itself holds a person's name and number, so the judgement does not repeat it.
    func judge(_ submission: Submission, in contest: Contest) -> [Judgement] {
        guard let filename = submission.filename else {
            guard submission.hasMedia else { return [.noMedia("检查文件名", "its name will be checked")] }
            return [
                judgement(
                    .undetermined, "no-filename", zh: "提交时没有文件名，无法检查是否为“\(FileNameConvention.form)”。",
                    en: "It was sent without a file name, which should be entrant (organisation)+title+telephone.")
            ]
        }
        guard !Self.hasUnreadableBytes(filename) else {
            return [
                judgement(
                    .undetermined, "unreadable-name",
                    zh: "文件名的字符编码无法识别，不能检查是否为“\(FileNameConvention.form)”。请用 UTF-8 文件名重新提交。",
                    en: "The character set of the file name is unknown, so its form cannot be checked. "
                        + "Send the file again under a name in UTF-8.")
            ]
        }
        guard FileNameConvention.parse(filename) != nil else {
            return [
                judgement(
                    .fail, "file-name",
                    zh: "文件名不符合要求的“\(FileNameConvention.form)”，请改名，例如：张三（某某公司）+守信的故事+手机号码.mp4。",
                    en: "The file name is not as required: entrant (organisation)+title+telephone. Rename the file.")
            ]
        }
        return [
            judgement(
                .pass, nil, zh: "文件名符合“\(FileNameConvention.form)”。",
                en: "The file name is as required: entrant (organisation)+title+telephone.")
        ]
    }

    /// Whether the name holds a byte that `DecodedName` could not read and wrote as `[D7]`. A name in which a person typed
    /// these four characters is left to a person, too.
    private static func hasUnreadableBytes(_ filename: String) -> Bool { filename.contains(/\[[89A-F][0-9A-F]\]/) }

    private func judgement(_ outcome: Finding.Outcome, _ reason: String?, zh: String, en: String) -> Judgement {
        Judgement(outcome, reason: reason, message: LocalizedText(zh: zh, en: en))
    }
}
