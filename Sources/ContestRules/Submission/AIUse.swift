/// The answers of a form to the question whether AI was used.
enum AIUse {
    /// Answers that say yes.
    static let yes: Set<String> = [
        "是", "有", "使用", "已使用", "使用了", "使用ai", "ai生成", "ai辅助", "部分使用", "部分ai生成", "yes", "y", "true", "used",
    ]
    /// Answers that say no.
    static let no: Set<String> = [
        "否", "无", "没有", "未使用", "不使用", "没有使用", "未使用ai", "不是", "非ai生成", "no", "n", "false", "none", "notused",
    ]

    /// Whether `answer` says that AI was used; nil for an answer that is neither yes nor no. Case, width and spaces do not
    /// count.
    static func isUsed(_ answer: String) -> Bool? {
        let plain = HalfWidth.folded(answer).lowercased().filter { !$0.isWhitespace }
        return yes.contains(plain) ? true : no.contains(plain) ? false : nil
    }
}
