internal import ContestRules
internal import MediaFacts

/// The words of people for the fields of a form and for the groups of a quota.
enum FormFieldWords {
    /// What a field asks: 文本，必填，最多 500 字.
    static func text(_ field: FormField, _ language: Language) -> String {
        let need =
            field.isRequired ? LocalizedText(zh: "必填", en: "required") : LocalizedText(zh: "选填", en: "optional")
        let most = field.mostCharacters.map { LocalizedText(zh: "最多 \($0) 字", en: "at most \($0) characters") }
        let choices = field.choices.isEmpty ? nil : Self.choices(field)
        let personal = field.isPersonal ? LocalizedText(zh: "个人信息", en: "personal") : nil
        let tolerance = field.tolerance > .zero ? Wording.duration(field.tolerance) : nil
        let error = tolerance.map { LocalizedText(zh: "误差不超过 \($0.zh)", en: "within \($0.en)") }
        let parts = [kind(field.kind.rawValue), need, most, choices, error, personal].compactMap { $0?[language] }
        return parts.joined(separator: language == .chinese ? "，" : ", ")
    }

    private static func choices(_ field: FormField) -> LocalizedText {
        let list = Wording.list(field.choices)
        let others =
            field.allowsOtherChoice
            ? LocalizedText(zh: "，其他的由人工确认", en: ", others by a person") : LocalizedText(zh: "", en: "")
        return LocalizedText(zh: "\(list.zh)\(others.zh)", en: "\(list.en)\(others.en)")
    }

    private static func kind(_ name: String) -> LocalizedText {
        kinds[name].map { LocalizedText(zh: $0.zh, en: $0.en) } ?? LocalizedText(zh: name, en: name)
    }

    /// The name of what a quota counts by.
    static func grouping(_ name: String) -> LocalizedText {
        groupings[name].map { LocalizedText(zh: $0.zh, en: $0.en) } ?? LocalizedText(zh: name, en: name)
    }

    private static let kinds: [String: (zh: String, en: String)] = [
        "text": ("文字", "text"), "phone": ("电话", "telephone"), "email": ("邮箱", "e-mail"), "choice": ("单选", "choice"),
        "duration": ("时长", "length"), "url": ("网址", "web address"), "number": ("数字", "number"), "date": ("日期", "date"),
        "file": ("附件", "file"),
    ]

    private static let groupings: [String: (zh: String, en: String)] = [
        "region": ("地区", "region"), "category": ("类别", "category"), "unit": ("单位", "organisation"),
        "entrant": ("参赛者", "entrant"),
    ]
}
