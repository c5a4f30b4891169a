internal import MediaFacts

/// The questions of `ContestInterview` that are not about a limit.
enum InterviewPrompts {
    static func header(_ header: ContestDraft.Header) -> LocalizedText {
        switch header {
        case .nameZH: LocalizedText(zh: "竞赛名称", en: "Name of the contest in Chinese")
        case .nameEN: LocalizedText(zh: "英文名称", en: "Name in English")
        case .document: LocalizedText(zh: "通知的文号或标题", en: "Number or title of the notice")
        case .issued: LocalizedText(zh: "发文日期，如 2024-02-27", en: "Day of issue, like 2024-02-27")
        case .id:
            LocalizedText(
                zh: "编号：小写字母、数字和连字符，如 xian-2024", en: "Id: lower-case words joined by hyphens, like xian-2024")
        }
    }

    static let windowClause = LocalizedText(
        zh: "征集时间（通知原文）", en: "Submission period (in the notice's words)")
    static let opens = LocalizedText(zh: "从何时起，如 2024-02-27", en: "Open from, like 2024-02-27")
    static let closes = LocalizedText(
        zh: "到何时止，如 2024-04-23（当日 24:00）或 2024-04-23T17:00+08:00",
        en: "Open until, like 2024-04-23 (its midnight) or 2024-04-23T17:00+08:00")
    static let person = LocalizedText(
        zh: "由人判断的要求（通知原文，一次一条），如字幕、水印、原创",
        en: "Requirement for a person, one a line: subtitles, watermark, originality")
    static let categories = LocalizedText(
        zh: "作品类别，用顿号分开，如 剧情类、纪实类", en: "Categories of works, separated by commas")
    static let formClause = LocalizedText(
        zh: "报名表（通知原文），如 作品名称、联系人、联系电话、邮箱", en: "Entry form (in the notice's words)")
    static let fields = LocalizedText(zh: "表单各项，用顿号分开", en: "Fields of the form, separated by commas")
    static let timeShape = LocalizedText(
        zh: "应为日期或带时区的时间，如 2024-04-23 或 2024-04-23T17:00+08:00",
        en: "must be a date or a time with offset, like 2024-04-23 or 2024-04-23T17:00+08:00")
}
