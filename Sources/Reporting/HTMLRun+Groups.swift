internal import ContestRules
internal import MediaFacts

extension HTMLRun {
    /// The section about groups that break a quota; empty when none does.
    func breaches(_ summary: RunSummary) -> String {
        let items = summary.breaches.map {
            "<li>\(HTMLText.escaped($0.message[language])) <small>“\(HTMLText.escaped($0.clause))”</small></li>"
        }
        guard !items.isEmpty else { return "" }
        return """
            <section><h2>\(words("名额不符", "Quotas not kept"))</h2>
            <ul class="breaches">
            \(items.joined(separator: "\n"))
            </ul></section>
            """
    }

    /// One table for the categories, the regions, and the units and entrants that a quota counts, with the number of works of
    /// each verdict; empty when no work names a group.
    func groups(_ summary: RunSummary) -> String {
        let tables = [Quota.Grouping.category, .region, .unit, .entrant].map { table($0, summary) }.filter {
            !$0.isEmpty
        }
        return tables.isEmpty ? "" : "<div class=\"groups\">\n\(tables.joined(separator: "\n"))\n</div>"
    }

    private func table(_ grouping: Quota.Grouping, _ summary: RunSummary) -> String {
        let groups = summary.groups(by: grouping)
        guard !groups.isEmpty else { return "" }
        let breaching = Set(summary.breaches.map(\.key))
        let standings = Standing.allCases.filter { $0 != .error || summary.tally.errors > 0 }
        let heads = standings.map { "<th scope=\"col\" class=\"number\">\(word($0))</th>" }
        let title = words("按\(grouping.title.zh)", "By \(grouping.title.en.lowercased())")
        return """
            <section><h2>\(title)</h2>
            <table class="plain"><thead><tr><th scope="col">\(name(grouping))</th>\
            <th scope="col" class="number">\(words("报送", "Sent"))</th>\(heads.joined())</tr></thead><tbody>
            \(groups.map { row($0, grouping, standings, breaching) }.joined(separator: "\n"))
            </tbody></table></section>
            """
    }

    private func row(
        _ group: RunSummary.Group, _ grouping: Quota.Grouping, _ standings: [Standing], _ breaching: Set<String>
    ) -> String {
        let isBreaching = group.key.map(breaching.contains) ?? false
        let mark = isBreaching ? " <b class=\"mark x\">\(words("名额不符", "quota"))</b>" : ""
        let counts = standings.map { standing -> String in
            let count = standing.count(group.tally)
            return "<td class=\"number\(count > 0 ? " \(standing.rawValue)" : " none")\">\(count)</td>"
        }
        // The table of files has a column to filter by for categories and regions only.
        let isFilter = [.category, .region].contains(grouping)
        let link = "<a href=\"#files\" data-by=\"\(grouping.rawValue)\" data-value=\"\(Self.key(group))\">"
        return """
            <tr><td>\(isFilter ? "\(link)\(name(group))</a>" : name(group))\(mark)</td><td class="number">\(group.tally.total)</td>\(counts.joined())</tr>
            """
    }

    func name(_ grouping: Quota.Grouping) -> String {
        words(grouping.title.zh, grouping.title.en)
    }

    func name(_ group: RunSummary.Group) -> String {
        group.name.map(HTMLText.path) ?? words("（未注明）", "(not named)")
    }

    /// The value that the page's script compares with `=` followed by a row's cell. The sign `=` sets a group without a
    /// name apart from the empty value, which means "all".
    static func key(_ group: RunSummary.Group) -> String { "=" + (group.name.map(HTMLText.path) ?? "") }
}
