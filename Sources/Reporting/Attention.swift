internal import ContestRules
internal import MediaFacts

extension Report {
    /// The media findings that a person must read, in the order of `[Finding].attention`, with the items of the checklist
    /// that keep the verdict at needs-review. Of a report whose file could not be read or holds no video, findings that
    /// follow from that cause alone are left out.
    var attention: [Finding] {
        (findings.filter { !merelyFollows($0) } + checklist.filter(\.isBlocking).map(\.finding)).attention
    }

    /// Whether `finding` is undetermined only because the file could not be read or holds no video, while another
    /// finding of the report names that cause. Renderers then show the cause and count the rest.
    func merelyFollows(_ finding: Finding) -> Bool {
        (facts == nil || finding.reason == Finding.noVideo) && finding.outcome == .undetermined
            && finding.measured == nil
            && findings.contains { $0.outcome == .fail || ($0.outcome == .undetermined && $0.measured != nil) }
    }
}

extension ChecklistItem {
    /// The item as a finding that a person decides, for people.
    fileprivate var finding: Finding {
        let message = LocalizedText(
            zh: "“\(clause)”须由人确认后才能判为合格。", en: "Not compliant before a person has confirmed \"\(clause)\".")
        let rule = Rule(id: rule, name: name, level: level, clause: clause, kind: .person(PersonRule(isBlocking: true)))
        var finding = Finding(rule, Judgement(.review, reason: "person", message: message))
        finding.name = name
        return finding
    }
}

extension CheckedFile {
    /// The names of the rules of all findings and checklist items of the file.
    var ruleNames: RuleNames {
        RuleNames((report?.findings ?? []) + (work?.findings ?? []), report?.checklist ?? [])
    }
}

extension [Finding] {
    /// The findings that are no pass, grouped by outcome: `fail`, `review`, `undetermined`, `pending`, `advisory`.
    /// Within an outcome the order stays.
    var attention: [Finding] {
        [Finding.Outcome.fail, .review, .undetermined, .pending, .advisory].flatMap { outcome in
            filter { $0.outcome == outcome }
        }
    }

    /// The findings without those that `RunSummary.undecoded` tells once for the whole run.
    var withoutUndecoded: [Finding] { filter { !$0.isUndecoded } }
}
