internal import ContestRules

/// Where an entry stands between submission and decision.
public enum Standing: String, Sendable, Hashable, Codable, CaseIterable {
    /// Undecided: no media yet, still being checked, or people still have to answer.
    case open
    /// The media breaks a required rule, the submission does, or a person refused it.
    case rejected
    /// Compliant, admitted and approved by people.
    case accepted

    /// Folds reports, admission and sign-offs. Measurement can reject but never accept: the checklist waits for people.
    public init(_ entry: Entry) {
        let answers = entry.countingAnswers
        let findings = (entry.report?.findings ?? []) + entry.admissionFindings
        let required = findings.filter { $0.level == .required }
        if required.contains(where: { $0.outcome == .fail }) || answers.values.contains(.refused) {
            self = .rejected
        } else if let report = entry.report, required.allSatisfy({ $0.isSettled(by: answers) }),
            report.checklist.allSatisfy({ answers[SignOff.Item(rule: $0.rule)] == .approved })
        {
            self = .accepted
        } else {
            self = .open
        }
    }
}

/// A person's answer to a checklist item or to a finding that the notice leaves to a person. Never changed once written.
public struct SignOff: Sendable, Hashable {
    /// What was answered.
    public var item: Item
    /// The answer.
    public var answer: Answer
    /// Who answered, as they call themselves.
    public var who: String
    /// Why; empty when nothing was said.
    public var why: String
    /// When, RFC 3339 with offset.
    public var createdAt: String
    /// SHA-256 of the media that was answered about. An answer about a file that was replaced no longer counts.
    public var mediaSHA256: String?

    /// Makes an answer.
    public init(item: Item, answer: Answer, who: String, why: String, createdAt: String, mediaSHA256: String?) {
        self.item = item
        self.answer = answer
        self.who = who
        self.why = why
        self.createdAt = createdAt
        self.mediaSHA256 = mediaSHA256
    }

    /// What a person can answer.
    public enum Answer: String, Sendable, Hashable, Codable, CaseIterable {
        /// It is as the notice wants it.
        case approved
        /// It is not, and the entry is rejected.
        case refused
    }

    /// A rule of the contest, and for a form the field.
    public struct Item: Sendable, Hashable {
        /// Id of the rule.
        public var rule: String
        /// Name of the form's field; nil for every other kind of rule.
        public var field: String?

        /// Names an item.
        public init(rule: String, field: String? = nil) {
            self.rule = rule
            self.field = field
        }
    }
}

extension Entry {
    /// The answers that count: the newest on each item, about the media that the entry has now.
    public var countingAnswers: [SignOff.Item: SignOff.Answer] {
        signOffs.filter { $0.mediaSHA256 == media?.sha256 }
            .reduce(into: [:]) { answers, signOff in answers[signOff.item] = signOff.answer }
    }

    /// Everything that waits for, or has had, a person's answer: the checklist, and findings left to a person.
    public var itemsForPeople: Set<SignOff.Item> {
        let left = ((report?.findings ?? []) + admissionFindings).filter { $0.outcome == .review }
        return Set(
            (report?.checklist ?? []).map { SignOff.Item(rule: $0.rule) }
                + left.map { SignOff.Item(rule: $0.rule, field: $0.field) })
    }
}

extension Finding {
    /// Whether nothing more is to be said of a required rule.
    fileprivate func isSettled(by answers: [SignOff.Item: SignOff.Answer]) -> Bool {
        outcome == .pass
            || outcome == .review && answers[SignOff.Item(rule: rule, field: field)] == .approved
    }
}
