internal import ContestRules
internal import EntryIntake
internal import MediaFacts

extension HTMLRun {
    /// One file as a row, ending with a line break.
    func row(_ file: CheckedFile, number: Int) -> String {
        let standing = Standing(file)
        let attention = attention(file)
        let facts = file.report?.facts
        let picture = facts?.video?.picture
        let keys = Set(file.report?.findings.filter { $0.outcome != .pass }.map(Self.key) ?? []).sorted()
        let alone = file.work == nil ? " data-alone" : ""  // counted in no region, no category
        let found = keys.isEmpty ? "" : " data-rules=\"|\(HTMLText.escaped(keys.joined(separator: "|")))|\""
        return """
            <tr class="\(standing.rawValue)"\(found)\(alone)><td class="i">\(number)</td>\
            <td class="v" data-n="\(standing.rank)"><b>\(name(standing))</b>\(unchanged(file))</td>\
            <td class="f">\(title(file))</td>\
            <td class="category">\(HTMLText.path(file.work?.category ?? ""))</td>\
            <td class="region">\(HTMLText.path(file.work?.region ?? ""))</td>\
            \(cell("n", facts?.duration?.wholeMilliseconds, facts?.duration.map(Self.length)))\
            \(cell("p", picture.map { Int64($0.displayWidth) * Int64($0.displayHeight) }, picture.map(Self.size)))\
            \(cell("n", bytes(file), bytes(file).map(Wording.bytes)))\
            <td class="a" data-n="\(attention.count)">\(list(attention))\(look(file))\(details(file))</td></tr>

            """
    }

    private static func key(_ finding: Finding) -> String { "\(finding.rule)=\(finding.outcome.rawValue)" }

    private static func size(_ picture: PictureGeometry) -> String {
        "\(picture.displayWidth)×\(picture.displayHeight)<small>\(picture.displayAspectRatio.colonText)</small>"
    }

    /// A length such as `2:26.140`, or `2:26` when it has no part of a second.
    private static func length(_ length: Duration) -> String {
        let text = FactsLine.clock(length)
        return text.hasSuffix(".000") ? String(text.dropLast(4)) : text
    }

    /// A cell with the text of a number, and the number itself for sorting; empty when `number` is nil. `kind` is the
    /// class of the column. Callers pass text that clipcheck made, so it is not escaped.
    private func cell(_ kind: String, _ number: Int64?, _ text: String?) -> String {
        number.map { "<td class=\"\(kind)\" data-n=\"\($0)\">\(text ?? "")</td>" } ?? "<td class=\"\(kind)\"></td>"
    }

    private func bytes(_ file: CheckedFile) -> Int64? { file.report?.media.bytes }

    private func unchanged(_ file: CheckedFile) -> String {
        guard file.isUnchanged, let report = file.report else { return "" }
        return "<small>\(words("沿用", "as of ")) \(HTMLText.escaped(String(report.createdAt.prefix(10))))</small>"
    }

    // MARK: The work and its file

    private func title(_ file: CheckedFile) -> String {
        let fields = file.work?.fields ?? []
        let title = fields.first { $0.name == "title" && !$0.value.isEmpty }.map { "<b>\(Self.line($0.value))</b>" }
        let people = Self.people(fields).map { Self.line($0.value) }.joined(separator: " · ")
        return (title ?? "") + "<span class=\"path\">\(path(file.path))</span>"
            + (people.isEmpty ? "" : "<span class=\"who\">\(people)</span>")
    }

    /// The folder is there, but the name stands out.
    private func path(_ path: String) -> String {
        guard let slash = path.unicodeScalars.lastIndex(of: "/") else { return HTMLText.path(path) }
        let name = path.unicodeScalars.index(after: slash)
        return "<i>\(HTMLText.path(String(path[..<name])))</i>\(HTMLText.path(String(path[name...])))"
    }

    /// The fields that name the entrant and how to reach them. The page shows them without a label.
    private static func people(_ fields: [Work.Field]) -> [Work.Field] {
        ["entrant", "organisation", "contact", "phone"].compactMap { name in
            fields.first { $0.name == name && !$0.value.isEmpty }
        }
    }

    /// Fields with a value that no other part of the row shows.
    private static func otherFields(_ work: Work) -> [Work.Field] {
        let shown = Set(people(work.fields).map(\.name) + ["title"])
        return work.fields.filter {
            !$0.value.isEmpty && !shown.contains($0.name)
                && !($0.name == "category" && $0.value == work.category)
                && !($0.name == "region" && $0.value == work.region)
        }
    }

    private static func line(_ text: String) -> String { HTMLText.path(text) }

    // MARK: What needs attention

    private func attention(_ file: CheckedFile) -> [String] {
        switch file.outcome {
        case .failure(let error): [item("e", mark(Standing.error), HTMLText.escaped(error.message[language]))]
        case .success(let report):
            items(report.attention.withoutUndecoded, file.ruleNames) + unchecked(report)
                + items((file.work?.findings ?? []).attention, file.ruleNames, prefix: words.submission)
        }
    }

    private func unchecked(_ report: Report) -> [String] {
        let count = report.findings.count(where: report.merelyFollows)
        return count == 0
            ? []
            : [
                item(
                    "q", mark(.undetermined), words("其余 \(count) 项未能检查。", "The other \(count) rules were not checked."))
            ]
    }

    private func items(_ findings: [Finding], _ names: RuleNames, prefix: String = "") -> [String] {
        JoinedFindings.joining(findings).withQuotes.map { line, quotes in
            let finding = line.first
            let clause =
                " <small>\(HTMLText.escaped(names.label(of: finding.rule, in: language)))\(words("：", ": "))"
                + "“\(HTMLText.escaped(finding.clause))”</small>"
            let message = HTMLText.escaped(words.text(line, names))
            return item(tone(finding.outcome), mark(finding.outcome), prefix + message + (quotes ? clause : ""))
        }
    }

    private func item(_ tone: String, _ mark: String, _ text: String) -> String {
        "<li class=\"\(tone)\"><b>\(mark)</b> \(text)</li>"
    }

    private func look(_ file: CheckedFile) -> String {
        file.report.map { HTMLContent(words: words, report: $0, stills: file.stills).figure(strip) } ?? ""
    }

    private func list(_ items: [String]) -> String { items.isEmpty ? "" : "<ul>\(items.joined())</ul>" }

    // MARK: The rest, to be opened

    private func details(_ file: CheckedFile) -> String {
        guard let report = file.report else { return "" }
        let names = file.ruleNames
        let passed = (report.findings + (file.work?.findings ?? [])).filter { $0.outcome == .pass }
        let open = report.findings.filter { report.merelyFollows($0) || $0.isUndecoded }
        let lines =
            [report.facts.map { HTMLText.escaped(FactsLine.text($0)) }].compactMap(\.self)
            + JoinedFindings.joining(passed + open).map { line in
                let name =
                    line.isJoined ? "" : " <i>\(HTMLText.escaped(names.label(of: line.first.rule, in: language)))</i>"
                return "\(mark(line.first.outcome)) \(HTMLText.escaped(words.text(line, names)))\(name)"
            }
            + people(report.checklist, names)
            + (file.work.map(Self.otherFields) ?? []).map {
                "\(HTMLText.escaped($0.label[language]))\(words("：", ": "))\(HTMLText.escaped($0.value))"
            }
            + [report.media.sha256.map { "SHA-256 \(HTMLText.escaped($0))" }].compactMap(\.self)
        let heading = words("\(passed.count) 项符合 · 详情", "\(passed.count) met · details")
        return "<details><summary>\(heading)</summary>\(lines.joined(separator: "<br>"))</details>"
    }

    private func people(_ checklist: [ChecklistItem], _ names: RuleNames) -> [String] {
        guard !checklist.isEmpty else { return [] }
        let items = checklist.map { HTMLText.escaped(words.name($0, names)) }.joined(separator: words("、", ", "))
        return ["□ \(words("待人工核对：", "For a person: "))\(items)"]
            + checklist.flatMap(\.evidence).map {
                "· \(HTMLText.escaped($0.value)) – \(HTMLText.escaped($0.note[language]))"
            }
    }
}
