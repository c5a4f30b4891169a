internal import ContestRules
internal import MediaFacts

/// The summary of a run, for a terminal.
extension TextReport {
    /// The number of files of each verdict, the checks that were not made for want of decoding, the reasons, the tables
    /// by category and by region where works name them, and the broken quotas. An interruption comes first.
    public func summary(_ summary: RunSummary) -> String {
        interruption(summary) + self.summary(summary.tally, unchanged: summary.unchanged) + undecoded(summary)
            + reasons(summary) + groups(summary)
    }

    /// The notes about the run and the files that were left out because they are no videos; empty when there are none.
    public func notes(_ summary: RunSummary) -> String {
        section(
            words("请留意", "Please note"),
            summary.notes.flatMap {
                item("!", .review, "\(Self.visible($0.subject)): \($0.message[language])", indent: 2)
            })
            + section(
                words("以下文件不是视频，已跳过", "Passed over, because they are no videos"),
                summary.passedOver.flatMap { block($0, indent: 2) })
    }

    /// The regions and categories that break a quota of the contest; empty when none does. `summary` contains this
    /// text.
    public func quotas(_ summary: RunSummary) -> String {
        let breaches = summary.breaches.flatMap { breach in
            item("×", .fail, breach.message[language], indent: 2)
                + block(
                    "\(breach.quota)" + words("：“\(breach.clause)”", ": \"\(breach.clause)\""), indent: 4, style: .dim)
        }
        return section(words("配额", "Quotas"), breaches)
    }

    /// One sentence for each depth at which files were not decoded enough; empty when none is open.
    private func undecoded(_ summary: RunSummary) -> String {
        let rows = summary.undecoded.flatMap { each in
            broken(words.title(each) + words("：", ": ") + words.text(each, summary.ruleNames), indent: 0)
        }
        return rows.isEmpty ? "" : lines(rows)
    }

    private func interruption(_ summary: RunSummary) -> String {
        guard summary.isInterrupted else { return "" }
        let text = words(
            "已中断：还有 \(summary.unchecked) 个文件没有检查。",
            "Interrupted: \(summary.unchecked) files were not checked.")
        let hint = words("加 --resume 可从这里继续。", " Go on from here with --resume.")
        return lines(broken(text + (summary.isResumable ? hint : ""), indent: 0))
    }

    private func reasons(_ summary: RunSummary) -> String {
        let rows = summary.reasons.map { reason -> [String] in
            let count = String(repeating: " ", count: max(0, 6 - String(reason.files).count)) + String(reason.files)
            let name = summary.ruleNames.label(of: reason.rule, in: language)
            let clause = words("“\(reason.clause)”", "\"\(reason.clause)\"")
            let rest = broken("\(name) · \(words.outcome(reason.outcome)) · \(clause)", indent: 8)
            return rest.enumerated().map { ($0 == 0 ? count + "  " : "        ") + $1 }
        }
        return section(words("原因（文件数）", "Reasons (files)"), rows.flatMap(\.self))
    }

    private func groups(_ summary: RunSummary) -> String {
        let titles: [(Quota.Grouping, String)] = [
            (.category, words("按类别", "By category")), (.region, words("按地区", "By region")),
            (.unit, words("按报送单位", "By unit")), (.entrant, words("按参赛者", "By entrant")),
        ]
        let tables = titles.map { grouping, title in
            section(
                title,
                summary.groups(by: grouping).flatMap { group in
                    let name = group.name.map(Self.visible) ?? words("（未填）", "(none)")
                    return broken("\(name)\(words("：", ": "))\(words.counts(group.tally))", indent: 2).map { "  " + $0 }
                })
        }
        return tables.joined() + quotas(summary)
    }

    private func section(_ title: String, _ rows: [String]) -> String {
        rows.isEmpty ? "" : lines(broken(title + words("：", ":"), indent: 0) + rows)
    }
}
