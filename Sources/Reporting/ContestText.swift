public import ContestRules
public import MediaFacts

/// The rules of a contest for people: what the notice says, how it is read, and what is measured.
public struct ContestText {
    private let contest: Contest
    private let language: Language
    private let columns: Int

    /// - Parameter columns: the widest line in columns; a wide character takes two.
    public init(_ contest: Contest, _ language: Language, columns: Int = 80) {
        self.contest = contest
        self.language = language
        self.columns = columns
    }

    /// The whole text, with a line's end after its last line.
    public var text: String {
        let parts = [head, general] + groups.map(group) + [persons, form, quotas]
        return parts.filter { !$0.isEmpty }.map { $0.joined(separator: "\n") + "\n" }.joined(separator: "\n")
    }

    private var head: [String] {
        let revision = say("第 \(contest.revision) 版", "revision \(contest.revision)")
        var lines = wrapped("\(contest.name[language])\(bracketed("\(contest.id), \(revision)"))")
        lines += named(say("通知", "Notice"), "\(contest.source.document), \(contest.source.issued)")
        if let window = contest.window {
            let zone = bracketed(window.closes.zone[language])
            let text = say(
                "\(window.opens.words) 至 \(window.closes.words)", "\(window.opens.words) to \(window.closes.words)")
            lines += named(say("征集时间", "Open"), text + zone)
        }
        if !contest.categories.isEmpty {
            lines += named(say("类别", "Categories"), Wording.list(contest.categories)[language])
        }
        return lines
    }

    /// The rules that no file has to write, in one line.
    private var general: [String] {
        let rules = contest.rules.filter(\.isGeneral)
        guard let clause = rules.first?.clause else { return [] }
        let titles = rules.map { rule in
            rule.title[language] + (rule.level == .encouraged ? bracketed(level(.encouraged)) : "")
        }
        return named(say(clause, "General rules of clipcheck"), Wording.list(titles)[language])
    }

    /// The headings of the measured rules and of those about the submission, with their rules.
    private var groups: [(title: String, rules: [Rule])] {
        let written = contest.rules.filter { !$0.isGeneral }
        let measured = written.filter { if case .measured = $0.kind { true } else { false } }
        let submission = written.filter { if case .admission = $0.kind { true } else { false } }
        return [
            (say("必须", "Required"), measured.filter { $0.level == .required }),
            (say("鼓励", "Encouraged"), measured.filter { $0.level == .encouraged }),
            (say("报送", "Submission"), submission),
        ]
    }

    private func group(_ group: (title: String, rules: [Rule])) -> [String] {
        group.rules.isEmpty ? [] : [group.title] + group.rules.flatMap(rule)
    }

    private func rule(_ rule: Rule) -> [String] {
        var title = rule.title[language] + bracketed(rule.id)
        if case .admission = rule.kind, rule.level == .encouraged { title += bracketed(level(.encouraged)) }
        let limits = rule.limits.map { $0[language] }.joined(separator: say("，", "; "))
        return (limits.isEmpty ? wrapped(title, indent: 2) : named(title, limits, indent: 2)) + sources(rule)
    }

    /// The clause and the decision under a rule.
    private func sources(_ rule: Rule) -> [String] {
        named(say("原文", "Clause"), rule.clause, indent: 4)
            + (rule.decision.map { named(say("理解", "Read as"), $0, indent: 4) } ?? [])
    }

    /// The items that a person judges.
    private var persons: [String] {
        let rules = contest.rules.filter { if case .person = $0.kind { true } else { false } }
        guard !rules.isEmpty else { return [] }
        return [say("由人判断", "Judged by a person")]
            + rules.flatMap { rule -> [String] in
                let mark = rule.level == .encouraged ? bracketed(level(.encouraged)) : ""
                let notes = rule.limits.map { $0[language] } + (rule.decision.map { [$0] } ?? [])
                return wrapped("\(rule.clause)\(bracketed(rule.id))\(mark)", indent: 2)
                    + notes.flatMap { wrapped($0, indent: 4) }
            }
    }

    /// The fields of the form.
    private var form: [String] {
        let fields = contest.rules.flatMap { rule -> [FormField] in
            if case .admission(let kind) = rule.kind, let form = kind as? FormRule { form.fields } else { [] }
        }
        guard !fields.isEmpty else { return [] }
        return [say("表单各项", "Fields of the form")]
            + fields.flatMap { field in
                named(field.label[language] + bracketed(field.name), FormFieldWords.text(field, language), indent: 2)
            }
    }

    private var quotas: [String] {
        guard !contest.quotas.isEmpty else { return [] }
        return [say("报送数量", "Quotas")]
            + contest.quotas.flatMap { quota -> [String] in
                let group = FormFieldWords.grouping(quota.grouping.rawValue)[language]
                let limits = [
                    quota.least.map { say("至少 \($0) 件", "at least \($0)") },
                    quota.most.map { say("最多 \($0) 件", "at most \($0)") },
                ].compactMap(\.self).joined(separator: say("，", ", "))
                let groups = quota.groups.isEmpty ? "" : bracketed(Wording.list(quota.groups)[language])
                return named(say("每个\(group)", "Each \(group)") + bracketed(quota.id), limits + groups, indent: 2)
                    + named(say("原文", "Clause"), quota.clause, indent: 4)
            }
    }
}

extension ContestText {
    private func say(_ zh: String, _ en: String) -> String { language == .chinese ? zh : en }

    private func bracketed(_ text: String) -> String { say("（\(text)）", " (\(text))") }

    private func level(_ level: Rule.Level) -> String {
        level == .required ? say("必须", "required") : say("鼓励", "encouraged")
    }

    private func named(_ name: String, _ text: String, indent: Int = 0) -> [String] {
        wrapped(name + say("：", ": ") + text, indent: indent)
    }

    /// `text` in lines of at most `columns`, the lines after the first two columns further in. Control characters of a
    /// contest file do not reach the terminal.
    private func wrapped(_ text: String, indent: Int = 0) -> [String] {
        let margin = String(repeating: " ", count: indent)
        let lines = DisplayWidth.wrapped(ControlCharacters.replaced(in: text), to: columns - indent - 2)
        return lines.enumerated().map { margin + ($0 == 0 ? "" : "  ") + $1 }
    }
}
