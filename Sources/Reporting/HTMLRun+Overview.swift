internal import ContestRules
internal import MediaFacts

extension HTMLRun {
    /// Everything above the table of files.
    func overview(_ summary: RunSummary) -> String {
        [notices(summary), tally(summary), reasons(summary), breaches(summary), groups(summary)]
            .filter { !$0.isEmpty }.joined(separator: "\n")
    }

    // MARK: What the reader must know before the figures

    private func notices(_ summary: RunSummary) -> String {
        let items = incompleteness(summary) + undecoded(summary) + problems(summary) + passedOver(summary)
        return items.isEmpty ? "" : "<ul class=\"notices\">\n\(items.joined(separator: "\n"))\n</ul>"
    }

    private func incompleteness(_ summary: RunSummary) -> [String] {
        guard summary.isInterrupted || summary.unchecked > 0 else { return [] }
        let what = summary.isInterrupted ? words("检查被中断。", "The check was interrupted. ") : ""
        let rest =
            summary.unchecked > 0
            ? words("还有 \(summary.unchecked) 个文件没有检查。", "Files not checked: \(summary.unchecked). ") : ""
        return ["<li class=\"stop\">\(what)\(rest)\(words("以下结果不完整。", "What follows is incomplete."))</li>"]
    }

    /// Checks that were not made because the run decoded too little, one item for each depth.
    private func undecoded(_ summary: RunSummary) -> [String] {
        summary.undecoded.map { each in
            let text = HTMLText.escaped(words.text(each, summary.ruleNames))
            return "<li><b>\(words.title(each))</b>\(words("：", ": "))\(text)</li>"
        }
    }

    private func problems(_ summary: RunSummary) -> [String] {
        let notes = summary.notes.map {
            "<li><b>\(HTMLText.path($0.subject))</b>\(words("：", ": "))\(HTMLText.escaped($0.message[language]))</li>"
        }
        let errors = summary.tally.errors
        let failed =
            errors == 0
            ? []
            : [
                "<li class=\"stop\"><a href=\"#files\" data-by=\"verdict\" data-value=\"e\">"
                    + words("\(errors) 个文件出错", "Files without a verdict: \(errors)") + "</a>"
                    + words("，没有得出结论，须重新检查。", ". They could not be checked; check them again.") + "</li>"
            ]
        return failed + shortened(notes) { words("另有 \($0) 条提示", "More notes: \($0)") }
    }

    private func passedOver(_ summary: RunSummary) -> [String] {
        let names = summary.passedOver.map { "<li>\(HTMLText.path($0))</li>" }
        guard !names.isEmpty else { return [] }
        let text = words("跳过 \(names.count) 个不是视频的文件", "Files passed over, being no videos: \(names.count)")
        return ["<li><details><summary>\(text)</summary><ul>\(names.joined())</ul></details></li>"]
    }

    /// `items` up to twelve; of more, the first twelve and one item that opens to show the others under the text `rest`
    /// of their number.
    private func shortened(_ items: [String], rest: (Int) -> String) -> [String] {
        let shown = 12
        guard items.count > shown else { return items }
        return items.prefix(shown) + [
            "<li><details><summary>\(rest(items.count - shown))</summary>"
                + "<ul>\(items.dropFirst(shown).joined())</ul></details></li>"
        ]
    }

    // MARK: What came out

    private func tally(_ summary: RunSummary) -> String {
        let tally = summary.tally
        let shown = Standing.allCases.filter { $0 != .error || tally.errors > 0 }
        let cards = shown.map { standing in
            """
            <li class="\(standing.rawValue)"><a href="#files" data-by="verdict" data-value="\(standing.rawValue)">\
            <b>\(standing.count(tally))</b> \(name(standing))</a></li>
            """
        }
        let asides = [
            tally.advised > 0
                ? words("其中 \(tally.advised) 个另有建议（○）", "With advice (○): \(tally.advised)") : nil,
            summary.unchanged > 0
                ? words(
                    "\(summary.unchanged) 个文件没有变化，沿用上次结果",
                    "Unchanged since an earlier check, whose result stands: \(summary.unchanged)") : nil,
        ].compactMap(\.self)
        return """
            <section><h2>\(words("结论", "Result"))</h2>
            \(strip(tally))
            <ul class="tally">
            \(cards.joined(separator: "\n"))
            <li class="all"><a href="#files" data-by="verdict" data-value=""><b>\(tally.total)</b> \
            \(words("共计", "Files"))</a></li>
            </ul>\(asides.isEmpty ? "" : "\n<p class=\"small\">\(asides.joined(separator: words("；", "; ")))</p>")
            </section>
            """
    }

    /// A bar with the share of each result. The bar is SVG, not CSS backgrounds, because browsers do not print
    /// backgrounds.
    private func strip(_ tally: Tally) -> String {
        guard tally.total > 0 else { return "<p>\(words("没有检查任何文件。", "No file was checked."))</p>" }
        var start = 0
        let parts = Standing.allCases.compactMap { standing -> String? in
            let count = standing.count(tally)
            defer { start += count }
            guard count > 0 else { return nil }
            return """
                <rect class="\(standing.rawValue)" x="\(Self.percent(start, of: tally.total))" \
                width="\(Self.percent(count, of: tally.total))" height="16"/>
                """
        }
        return "<svg class=\"strip\" width=\"100%\" height=\"16\" aria-hidden=\"true\">\(parts.joined())</svg>"
    }

    private static func percent(_ part: Int, of whole: Int) -> String {
        "\(Wording.decimal((Double(part) * 1000 / Double(max(1, whole))).rounded() / 10))%"
    }

    // MARK: Why

    private func reasons(_ summary: RunSummary) -> String {
        let rows = summary.reasons.map { reason in
            let share = Self.percent(reason.files, of: summary.tally.total)
            return """
                <tr class="\(tone(reason.outcome))"><td class="mark">\(mark(reason.outcome)) \
                \(words.outcome(reason.outcome))</td>\
                <td><a href="#files" data-by="rule" data-value="\(HTMLText.escaped(Self.key(reason)))">\
                \(HTMLText.escaped(reason.clause))</a> <small>\(HTMLText.escaped(summary.ruleNames.nameWithID(of: reason.rule, in: language)))</small></td>\
                <td class="number">\(reason.files)</td>\
                <td class="share"><svg width="100%" height="12" aria-hidden="true"><rect class="back" width="100%" \
                height="12"/><rect width="\(share)" height="12"/></svg></td><td class="number small">\(share)</td></tr>
                """
        }
        guard !rows.isEmpty else { return "" }
        return """
            <section><h2>\(words("原因（通知原文）", "Why (in the notice's words)"))</h2>
            <table class="plain"><thead><tr><th scope="col">\(words("结果", "Outcome"))</th>\
            <th scope="col">\(words("要求", "Rule"))</th><th scope="col" class="number">\(words("文件数", "Files"))</th>\
            <th scope="col" colspan="2">\(words("占全部文件", "Of all files"))</th></tr></thead><tbody>
            \(rows.joined(separator: "\n"))
            </tbody></table></section>
            """
    }

    /// The key of a reason, which the `data-rules` attribute of each affected row contains.
    static func key(_ reason: RunSummary.Reason) -> String { "\(reason.rule)=\(reason.outcome.rawValue)" }
}
