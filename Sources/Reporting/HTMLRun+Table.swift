internal import ContestRules
internal import MediaFacts

extension HTMLRun {
    /// The heading, the filters and the head of the table of files.
    func tableOpening(_ summary: RunSummary) -> String {
        let hidden = [Quota.Grouping.region, .category].filter { summary.groups(by: $0).isEmpty }.map {
            " no-\($0.rawValue)"
        }
        return """
            <section id="files"><h2>\(words("文件", "Files"))</h2>
            \(filters(summary))
            <p id="shown" class="small" aria-live="polite" data-text="\(words("显示 # / # 个文件", "Files shown: # of #"))"></p>
            </section>
            <table id="list" class="list\(hidden.joined())"><thead><tr>\(columns.joined())</tr></thead><tbody>
            """
    }

    private var columns: [String] {
        [
            ("i", words("序号", "No."), "number"), ("v", words("结论", "Verdict"), "number"),
            ("f", words("文件", "File"), "text"), ("category", words("类别", "Category"), "text"),
            ("region", words("地区", "Region"), "text"), ("n", words("时长", "Length"), "number"),
            ("p", words("画面", "Picture"), "number"), ("n", words("大小", "Size"), "number"),
            ("a", words("需要注意", "What needs attention"), "number"),
        ].map { "<th scope=\"col\" class=\"\($0)\" data-sort=\"\($2)\">\($1)</th>" }
    }

    /// The filters above the table. They stay hidden until the page's script runs, because they have no effect without
    /// it.
    private func filters(_ summary: RunSummary) -> String {
        let verdicts = Standing.allCases.filter { $0.count(summary.tally) > 0 }
            .map { ($0.rawValue, name($0), $0.count(summary.tally)) }
        let reasons = summary.reasons.map { reason in
            (
                HTMLText.escaped(Self.key(reason)),
                "\(words.outcome(reason.outcome))\(words("：", ": "))\(HTMLText.escaped(Words.abridged(reason.clause, to: 30)))",
                reason.files
            )
        }
        let groups = [Quota.Grouping.category, .region].map { grouping in
            select(
                grouping.rawValue, name(grouping),
                summary.groups(by: grouping).map { (Self.key($0), name($0), $0.tally.total) })
        }
        let selects =
            [select("verdict", words("结论", "Verdict"), verdicts), select("rule", words("原因", "Reason"), reasons)]
            + groups
        return """
            <div id="tools" role="search" hidden>\(selects.joined())\
            <label>\(words("查找", "Find")) <input id="text" type="search" autocomplete="off" \
            placeholder="\(words("文件名、作品、单位、问题…", "file, work, organisation, problem…"))"></label> \
            <button id="clear" type="button">\(words("全部显示", "Show all"))</button></div>
            """
    }

    /// A list box that filters by `id`; empty without `options`.
    ///
    /// - Parameter options: for each option its value and its name, both escaped, and the number of its files.
    private func select(_ id: String, _ label: String, _ options: [(String, String, Int)]) -> String {
        guard !options.isEmpty else { return "" }
        let items = options.map { "<option value=\"\($0)\">\($1) (\($2))</option>" }
        return """
            <label>\(label) <select id="by-\(id)" autocomplete="off"><option value="">\(words("全部", "all"))</option>\
            \(items.joined())</select></label> 
            """
    }

    /// Two tables with clauses from the notice: those that a person must check of every work, and those of the
    /// automatic checks.
    func rulesSection() -> String {
        [
            section(
                words("每件作品均须人工核对", "For a person to check, of every work"), words("核对", "Done"), rules.forPeople,
                mark: "□"),
            section(words("自动检查的要求（通知原文）", "What was checked (in the notice's words)"), "", rules.measured, mark: ""),
        ].joined()
    }

    private func section(_ title: String, _ head: String, _ clauses: [HTMLRunRules.Clause], mark: String) -> String {
        guard !clauses.isEmpty else { return "" }
        let rows = clauses.map {
            "<tr>\(mark.isEmpty ? "" : "<td class=\"mark\">\(mark)</td>")<td>\(HTMLText.escaped($0.text))</td>"
                + "<td class=\"small\">\(HTMLText.escaped(rules.names.nameWithID(of: $0.rule, in: language)))</td></tr>"
        }
        return """
            <section><h2>\(title)</h2>
            <table class="plain"><tbody>
            \(rows.joined(separator: "\n"))
            </tbody></table></section>

            """
    }
}
