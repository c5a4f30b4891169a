internal import MediaFacts

/// Why a text is no tree of YAML for a contest file, and where.
struct YAMLMistake: Error {
    private let place: YAMLPlace
    private let key: String
    private let message: LocalizedText

    private init(_ place: YAMLPlace, key: String = "", zh: String, en: String) {
        self.place = place
        self.key = key
        message = LocalizedText(zh: zh, en: en)
    }

    /// The error of the whole file.
    func contestFileError(_ file: String) -> ContestFileError {
        let problem = ContestFileError.Problem(
            line: place.line, column: place.column, key: key, message: message)
        return ContestFileError(file: file, problems: [problem])
    }

    /// The text breaks the grammar; `problem` is libyaml's own English description, nil when there is none.
    static func syntax(_ problem: String?, at place: YAMLPlace) -> YAMLMistake {
        let (zh, en) = problem.map { ("：\($0)", ": \($0)") } ?? ("", "")
        return YAMLMistake(place, zh: "不是有效的 YAML" + zh, en: "not valid YAML" + en)
    }

    /// An anchor or an alias: a few bytes of them can stand for gigabytes.
    static func alias(at place: YAMLPlace) -> YAMLMistake {
        YAMLMistake(
            place, zh: "不支持锚点（&名称）和别名（*名称），请把内容完整写出；如果是文字，请加引号",
            en: "anchors (&name) and aliases (*name) are not supported: write the value out; put text in quotes")
    }

    /// A key of a mapping that is a list or a mapping.
    static func compositeKey(at place: YAMLPlace) -> YAMLMistake {
        YAMLMistake(
            place, zh: "键应为一个名称，不能是列表或键值结构",
            en: "a key must be a name, not a list or a mapping")
    }

    /// A key that stands in its mapping already.
    static func repeatedKey(_ key: String, at place: YAMLPlace) -> YAMLMistake {
        YAMLMistake(
            place, key: key, zh: "键“\(key)”写了两次", en: "the key \"\(key)\" is written twice")
    }

    /// A second document in the text.
    static func anotherDocument(at place: YAMLPlace) -> YAMLMistake {
        YAMLMistake(
            place, zh: "这里开始了另一个文档（---），一个文件只能写一个竞赛",
            en: "another document begins here (---); a file holds one contest")
    }

    /// A list or a mapping inside of more others than `YAMLComposer.depth` admits.
    static func tooDeep(at place: YAMLPlace) -> YAMLMistake {
        YAMLMistake(
            place, zh: "嵌套超过 \(YAMLComposer.depth) 层，竞赛规则文件不需要这么深；请检查括号和缩进",
            en: "nested more than \(YAMLComposer.depth) deep, which no contest file needs; check brackets and "
                + "indentation")
    }

    /// The file costs more than `budget`; the place is where the parser stopped.
    static func overBudget(
        _ excess: ReadingBudget.Excess, _ budget: ReadingBudget, at place: YAMLPlace
    ) -> YAMLMistake {
        switch excess {
        case .bytes:
            YAMLMistake(
                place, zh: "文件超过 1 MiB，不像竞赛规则文件；请只保留竞赛规则",
                en: "the file is over 1 MiB, hardly a contest file; keep only the contest's rules")
        case .events:
            YAMLMistake(
                place, zh: "文件超过 \(budget.events) 个键、值和括号，不像竞赛规则文件；请只保留竞赛规则",
                en:
                    "the file has more than \(budget.events) keys, values and brackets, hardly a contest file; keep only "
                    + "the contest's rules")
        case .time:
            YAMLMistake(
                place,
                zh: "读取用去的处理器时间超过 \(budget.time.components.seconds) 秒；请只保留竞赛规则",
                en: "reading took more than \(budget.time.components.seconds) s of processor time; keep only the "
                    + "contest's rules")
        case .withdrawn:
            YAMLMistake(place, zh: "没有读完：读取被中止", en: "it was not read to its end: reading was interrupted")
        }
    }
}
