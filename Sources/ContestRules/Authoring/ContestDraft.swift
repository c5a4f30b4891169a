internal import MediaFacts

/// The contest file of an interview, as far as it is answered.
struct ContestDraft: Sendable {
    /// Values of the file's head, in the order in which they are asked for.
    enum Header: CaseIterable { case nameZH, nameEN, document, issued, id }

    /// A rule and its parameters in the order of their answers.
    private struct DraftRule {
        var id: String
        var kind: String
        var clause: String
        var parameters: [(name: String, value: YAMLNode)] = []
    }

    /// What was answered of the head; the text has stopgaps for the rest.
    var header: [Header: String] = [:]
    /// First and last moment, and the notice's words.
    var window: (opens: String, closes: String, clause: String)?
    /// The categories of works.
    var categories: [String] = []
    private var rules: [DraftRule] = []
    private var persons: [DraftRule] = []
    private var form: YAMLNode?

    /// A draft with one more parameter.
    func setting(
        _ topic: InterviewTopic, _ limit: InterviewTopic.Limit, _ answer: String, clause: String
    ) -> ContestDraft {
        var draft = self
        let items = InterviewTopic.items(answer).map(ClauseProposals.name)
        let value = limit.isList ? YAMLNode.list(items) : .text(ClauseProposals.name(answer))
        let index = rules.firstIndex { $0.kind == limit.kind } ?? rules.count
        if index == rules.count { draft.rules.append(DraftRule(id: limit.kind, kind: limit.kind, clause: clause)) }
        draft.rules[index].parameters.append((limit.parameter, value))
        return draft
    }

    /// Whether an answer before leaves no room for `limit`, or one that it needs is missing.
    func excludes(_ limit: InterviewTopic.Limit) -> Bool {
        let given = rules.first { $0.kind == limit.kind }?.parameters.map(\.name) ?? []
        return limit.excludedBy.contains(where: given.contains) || limit.needs.map { !given.contains($0) } ?? false
    }

    /// Whether the notice's words about `topic` became a rule.
    func hasRule(of topic: InterviewTopic) -> Bool {
        topic.limits.contains { limit in rules.contains { $0.kind == limit.kind } }
    }

    /// Adds an item for a person.
    ///
    /// - Parameter isMeasurable: whether no file may be compliant before a person has looked.
    mutating func addPerson(_ clause: String, isMeasurable: Bool) {
        var rule = DraftRule(id: "item-\(persons.count + 1)", kind: PersonRule.kind, clause: clause)
        if clause.contains("字幕") { rule.parameters.append(("evidence", .text("subtitle-streams"))) }
        if isMeasurable { rule.parameters.append(("blocking", .text("true"))) }
        persons.append(rule)
    }

    /// Puts the form's fields in place of earlier ones; no field is no form.
    mutating func setForm(_ labels: String, clause: String) {
        let fields = FormDraft.fields(InterviewTopic.items(labels), categories: categories)
        form = fields.isEmpty ? nil : rule(FormRule.kind, FormRule.kind, clause, [("fields", .list(fields))])
    }

    /// The text of the file.
    var text: String {
        var all = rules.map { rule($0.id, $0.kind, $0.clause, $0.parameters) }
        all += persons.map { rule($0.id, $0.kind, $0.clause, $0.parameters) }
        if let window { all.append(rule(WindowRule.kind, WindowRule.kind, window.clause, [])) }
        if let form { all.append(form) }
        // A contest has a rule: until there is one the general rule is written out.
        if all.isEmpty { all.append(rule("readable", "readable", "文件能够打开", [])) }
        var pairs: [(String, YAMLNode)] = [
            ("schema", .text(Contest.Schema.second.rawValue)), ("id", .text(header[.id] ?? "contest-1")),
            ("revision", .text("1")),
            ("name", .map([("zh", .text(header[.nameZH] ?? "竞赛")), ("en", .text(header[.nameEN] ?? "Contest"))])),
            (
                "source",
                .map([
                    ("document", .text(header[.document] ?? "通知")), ("issued", .text(header[.issued] ?? "2000-01-01")),
                ])
            ),
        ]
        if let window {
            pairs.append(("window", .map([("opens", .text(window.opens)), ("closes", .text(window.closes))])))
        }
        if !categories.isEmpty { pairs.append(("categories", .list(categories))) }
        pairs.append(("rules", .list(all)))
        return Self.comment + YAMLWriter.text(YAMLMapping(pairs), order: [])
    }

    private static let comment = """
        # clause 为通知原文；decision（理解）可以逐条补写。通用要求（能打开、完整、能解码等）不必写出。
        # clause quotes the notice; a decision says how it is read. General rules apply without being written.

        """

    private func rule(
        _ id: String, _ kind: String, _ clause: String, _ parameters: [(name: String, value: YAMLNode)]
    ) -> YAMLNode {
        .map(
            [("id", .text(id)), ("kind", .text(kind)), ("level", .text("required")), ("clause", .text(clause))]
                + parameters.map { ($0.name, $0.value) })
    }
}
