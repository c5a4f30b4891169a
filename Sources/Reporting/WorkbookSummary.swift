internal import ContestRules
internal import MediaFacts

/// The sheet with the summary of the run, one part below the other.
struct WorkbookSummary {
    var words: Words

    var name: String { words("汇总", "Summary") }

    /// Widths of the columns in columns of text; all parts share them.
    var widths: [Int] { [30, 18, 12, 60, 50, 12] }

    /// The rows of the sheet, with an empty row between parts. A part without rows is left out.
    ///
    /// - Parameter leftOut: number of rows that did not fit into the other sheets; 0 is not mentioned.
    func rows(_ summary: RunSummary, leftOut: Int = 0) -> [[WorkbookCell]] {
        let parts = [
            head(summary, leftOut), tally(summary), undecoded(summary), reasons(summary),
            groups(summary, .category, words("按类别", "By category")),
            groups(summary, .region, words("按地区", "By region")),
            groups(summary, .unit, words("按报送单位", "By unit")),
            groups(summary, .entrant, words("按参赛者", "By entrant")), breaches(summary), notes(summary),
            passedOver(summary),
        ]
        return Array(parts.filter { !$0.isEmpty }.joined(separator: [[]]))
    }

    private func head(_ summary: RunSummary, _ leftOut: Int) -> [[WorkbookCell]] {
        var rows: [[WorkbookCell]] = [
            [.title(words("竞赛", "Contest")), .text(summary.contest[words.language])],
            [.title(words("竞赛编号", "Contest id")), .text(summary.contestID)],
        ]
        if !summary.endedAt.isEmpty { rows.append([.title(words("完成时间", "Ended at")), .text(summary.endedAt)]) }
        if summary.isInterrupted {
            rows.append([
                .coloured(words("检查被中断，结果不完整", "Interrupted: not complete"), .bad),
                .text(words("未检查的文件：", "Files not checked:")), .count(summary.unchecked),
            ])
        }
        if leftOut > 0 {
            rows.append([
                .coloured(words("工作表已满，未列出的行：", "Rows that Excel has no room for:"), .bad), .count(leftOut),
            ])
        }
        return rows
    }

    private func tally(_ summary: RunSummary) -> [[WorkbookCell]] {
        let tally = summary.tally
        return [
            [.title(words("结论", "Verdict")), .title(words("文件数", "Files"))],
            [.coloured(words.heading(words.verdict(.compliant)), .good), .count(tally.compliant)],
            [.coloured(words.heading(words.verdict(.needsReview)), .doubtful), .count(tally.needsReview)],
            [.coloured(words.heading(words.verdict(.nonCompliant)), .bad), .count(tally.nonCompliant)],
            [.coloured(words.heading(words.error), .failure), .count(tally.errors)],
            [.text(words("合计", "Total")), .count(tally.total)],
            [.coloured(words("其中有改进建议", "of which with advice"), .advice), .count(tally.advised)],
            [.text(words("其中沿用上次结果", "of which unchanged since an earlier run")), .count(summary.unchanged)],
        ]
    }

    /// Checks that were not made because the run decoded too little, one row for each depth.
    private func undecoded(_ summary: RunSummary) -> [[WorkbookCell]] {
        summary.undecoded.map { each in
            [
                .coloured(words.title(each), .doubtful), .empty, .empty,
                .text(words.text(each, summary.ruleNames)),
            ]
        }
    }

    private func reasons(_ summary: RunSummary) -> [[WorkbookCell]] {
        part(
            [
                words("原因（规则）", "Reason (rule)"), words("规则编号", "Rule id"), words("结果", "Outcome"),
                words("文件数", "Files"), words("通知原文", "Clause"),
            ],
            summary.reasons.map {
                [
                    .text($0.name?[words.language] ?? $0.rule), .text($0.rule),
                    .coloured(words.outcome($0.outcome), WorkbookCell.Tone($0.outcome)), .count($0.files),
                    .text($0.clause),
                ]
            })
    }

    private func groups(_ summary: RunSummary, _ grouping: Quota.Grouping, _ title: String) -> [[WorkbookCell]] {
        part(
            [
                title, words("合计", "Total"), words.heading(words.verdict(.compliant)),
                words.heading(words.verdict(.needsReview)),
                words.heading(words.verdict(.nonCompliant)), words.heading(words.error),
            ],
            summary.groups(by: grouping).map { group in
                let tally = group.tally
                return [
                    .text(group.name ?? words("（未填写）", "(not named)")), .count(tally.total), .count(tally.compliant),
                    .count(tally.needsReview), .count(tally.nonCompliant), .count(tally.errors),
                ]
            })
    }

    private func breaches(_ summary: RunSummary) -> [[WorkbookCell]] {
        part(
            [
                words("名额不符", "Quota not kept"), words("要求", "Required"), words("实际", "Measured"),
                words("说明", "Message"), words("通知原文", "Clause"),
            ],
            summary.breaches.map {
                [
                    .coloured($0.group, .bad), .text($0.required), .count($0.measured),
                    .text($0.message[words.language]), .text($0.clause),
                ]
            })
    }

    private func notes(_ summary: RunSummary) -> [[WorkbookCell]] {
        part(
            [words("提示", "Note"), "", "", words("说明", "Message")],
            summary.notes.map { [.text($0.subject), .empty, .empty, .text($0.message[words.language])] })
    }

    private func passedOver(_ summary: RunSummary) -> [[WorkbookCell]] {
        part([words("未检查的非视频文件", "Files that are no videos")], summary.passedOver.map { [.text($0)] })
    }

    /// The titles and `rows` of a part; empty when there are no rows.
    private func part(_ titles: [String], _ rows: [[WorkbookCell]]) -> [[WorkbookCell]] {
        rows.isEmpty ? [] : [titles.map(WorkbookCell.title)] + rows
    }
}
