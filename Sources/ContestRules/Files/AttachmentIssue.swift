internal import MediaFacts

/// One thing that keeps an attachment from passing, or a note about it.
struct AttachmentIssue {
    /// `pass` for a note that changes nothing.
    var outcome: Finding.Outcome
    /// A stable word for the cause.
    var reason: String
    /// A whole sentence whose subject is the attachment, without the attachment's name.
    var message: LocalizedText

    init(_ outcome: Finding.Outcome, _ reason: String, zh: String, en: String) {
        self.outcome = outcome
        self.reason = reason
        message = LocalizedText(zh: zh, en: en)
    }
}

extension AttachmentIssue {
    /// A problem of the file itself; nil for one that other checks report.
    ///
    /// No problem passes: a file that a person cannot open, or that is dangerous to open, was not seen by anyone.
    init?(_ problem: AttachmentProblem) {
        let code = problem.rawValue
        switch problem {
        case .damaged:
            self.init(
                .review, code, zh: "文件结构不完整，可能已损坏，请打开确认或重新导出。",
                en: "Its structure is broken: open it, or export it again.")
        case .encrypted:
            self.init(.review, code, zh: "文件有密码，无法打开，请去掉密码后重新提交。", en: "It needs a password: remove the password.")
        case .zipBomb:
            self.init(
                .review, code, zh: "文件声明的解压后大小异常（可能是压缩炸弹），请勿直接打开，请重新导出。",
                en: "It claims to unpack to an implausible size and may be a zip bomb: do not open it, export it again."
            )
        case .wrongExtension:
            self.init(
                .review, code, zh: "扩展名与内容不符，请改正文件名。", en: "Its extension is of another format: correct the name.")
        case .tooManyCues:
            self.init(
                .undetermined, code, zh: "字幕太多，只读取了前面部分，请人工查看。",
                en: "It has too many cues to read them all. A person must look.")
        case .malformedCue:
            self.init(
                .review, code, zh: "有的字幕时间无法识别，请按“00:00:01,000 --> 00:00:02,000”书写。",
                en: "Some times cannot be read: write them like 00:00:01,000 --> 00:00:02,000.")
        case .reversedCue:
            self.init(
                .review, code, zh: "字幕时间前后颠倒，请按时间顺序整理。", en: "Cues are not in order of time: put them in order.")
        case .overlappingCue:
            self.init(.pass, code, zh: "有的字幕时间重叠。", en: "Some cues overlap.")
        case .sizeUnknown: return nil
        default:
            self.init(.review, code, zh: "文件有问题（\(code)），请人工查看。", en: "It has a problem (\(code)). A person must look.")
        }
    }
}
