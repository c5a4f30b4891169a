internal import ContestRules
internal import MediaFacts

extension Words {
    /// The text of `line`: the message of its only finding, or one sentence with the number and names of all its rules.
    ///
    /// - Parameter isAlone: whether nothing else names the rule of a single finding. A message such as "this needs
    ///   sound" then gets the rule's name in parentheses.
    func text(_ line: JoinedFindings, _ names: RuleNames, isAlone: Bool = false) -> String {
        let message = line.first.message[language]
        let labels = line.findings.map { names.label(of: $0.rule, in: language) }.joined(separator: comma)
        guard line.isJoined else {
            return isAlone && beginning(line) != nil ? message + self("（\(labels)）", " (\(labels))") : message
        }
        if let beginning = beginning(line) { return beginning + self("：", ": ") + labels }
        let count = line.findings.count
        return message + self("（\(count) 项：\(labels)）", " (\(count) checks: \(labels))")
    }

    /// The beginning of a sentence that the names of rules follow; nil where the message of the findings serves.
    private func beginning(_ line: JoinedFindings) -> String? {
        guard line.first.outcome == .undetermined || line.first.outcome == .pending else { return nil }
        let checks = line.findings.count
        return switch line.first.reason {
        case Finding.notDecoded where line.first.message == Finding.notDecodedMessage:
            self("\(checks) 项须解码后才能检查", "\(checks) checks need decoding")
        case Finding.notDecoded where line.first.message == Finding.notEveryFrameMessage:
            self("\(checks) 项须逐帧解码后才能检查", "\(checks) checks need every frame decoded")
        case Finding.noVideo: self("\(checks) 项须有视频画面才能检查", "\(checks) checks need a video picture")
        case Finding.noAudio: self("\(checks) 项须有声音才能检查", "\(checks) checks need sound")
        case Finding.beingDecoded:
            self("\(checks) 项正在检查，完成后报告会更新", "\(checks) checks are not finished; the report will be updated")
        case Report.givenUp:
            self("\(checks) 项多次检查都未能完成，请人工查看", "\(checks) checks were tried several times; have a person look")
        default: nil
        }
    }

    /// The name of a checklist item. A person's rule without a name of its own is told by the first words of its
    /// clause, because all such rules share the name of their kind.
    func name(_ item: ChecklistItem, _ names: RuleNames) -> String {
        guard item.name == PersonRule.title else { return names.label(of: item.rule, in: language) }
        let clause = Self.abridged(item.clause, to: 20)
        return self("“\(clause)”（\(item.rule)）", "“\(clause)” (\(item.rule))")
    }

    /// The sentence about checks of a run that were not made because the run decoded less than their rules need.
    func text(_ undecoded: RunSummary.Undecoded, _ names: RuleNames) -> String {
        let (checks, files) = (undecoded.rules.count, undecoded.files)
        let labels = undecoded.rules.map { names.label(of: $0, in: language) }.joined(separator: comma)
        return self(
            "\(files) 个文件的 \(checks) 项未检查：", "\(counted(checks, "check")) of \(counted(files, "file")) not made: ")
            + labels
    }

    /// The title of the sentence about checks that were not made, with the option that decoded too little.
    func title(_ undecoded: RunSummary.Undecoded) -> String {
        undecoded.depth == .quick
            ? self("未解码（--depth quick）", "Not decoded (--depth quick)")
            : self(
                "未逐帧解码（--depth \(undecoded.depth.rawValue)）",
                "Not every frame decoded (--depth \(undecoded.depth.rawValue))")
    }

    /// `text` cut to at most `most` scalars; a cut text ends in `…`.
    static func abridged(_ text: String, to most: Int) -> String {
        text.unicodeScalars.count > most
            ? String(String.UnicodeScalarView(text.unicodeScalars.prefix(most - 1))) + "…" : text
    }

    /// The sign between the items of a list.
    private var comma: String { self("、", ", ") }

    private func counted(_ number: Int, _ noun: String) -> String { "\(number) \(noun)\(number == 1 ? "" : "s")" }
}
