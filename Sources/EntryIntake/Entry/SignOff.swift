internal import ContestRules

/// A person's answer to a checklist item or to a finding that the notice leaves to a person. Never changed once written.
public struct SignOff: Sendable, Hashable, Codable {
    /// The item that was answered.
    public var item: Item
    /// The answer.
    public var answer: Answer
    /// Name of the person, as given.
    public var who: String
    /// The reason; empty when none was given.
    public var why: String
    /// When, RFC 3339 with offset.
    public var createdAt: String
    /// SHA-256 of the media that the entry had then; nil when it had none.
    public var mediaSHA256: String?
    /// Version of the entry that the answer made; a later change of the answered field has a higher one.
    public var version: Int

    /// Makes an answer.
    public init(
        item: Item, answer: Answer, who: String, why: String, createdAt: String, mediaSHA256: String?, version: Int = 1
    ) {
        self.item = item
        self.answer = answer
        self.who = who
        self.why = why
        self.createdAt = createdAt
        self.mediaSHA256 = mediaSHA256
        self.version = version
    }

    /// A person's possible answers.
    public enum Answer: String, Sendable, Hashable, Codable, CaseIterable {
        /// It is as the notice requires.
        case approved
        /// It is not, and the entry is rejected.
        case refused
    }

    /// A rule of the contest, and for a form the field.
    public struct Item: Sendable, Hashable, Codable {
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
    /// Whether the subject of an answer is still the same: for a form item the field was not corrected since, for every
    /// other item the entry holds the same bytes.
    public func isCurrent(_ signOff: SignOff) -> Bool {
        guard let field = signOff.item.field else { return signOff.mediaSHA256 == media?.sha256 }
        return !corrections.contains { $0.version > signOff.version && $0.fields.contains(field) }
    }

    /// The newest answer on each item, whether its subject is still the same or not.
    private var newestAnswers: [SignOff.Item: SignOff] {
        signOffs.reduce(into: [:]) { answers, signOff in answers[signOff.item] = signOff }
    }

    /// The answers that count: the newest on each item, if its subject has not changed since.
    public var countingAnswers: [SignOff.Item: SignOff.Answer] {
        newestAnswers.filter { isCurrent($0.value) }.mapValues(\.answer)
    }

    /// Items that a person refused and whose subject changed afterwards: a person must look again before the entry can be
    /// accepted.
    public var itemsToLookAtAgain: Set<SignOff.Item> {
        Set(newestAnswers.filter { $0.value.answer == .refused && !isCurrent($0.value) }.keys)
    }

    /// Whether any refusal waits for a second look.
    public var mustLookAgain: Bool { !itemsToLookAtAgain.isEmpty }

    /// Every item that a person may answer: the checklist, findings left to a person, and refusals whose subject changed.
    public var itemsForPeople: Set<SignOff.Item> {
        let left = ((report?.findings ?? []) + admissionFindings).filter { $0.outcome == .review }
        return Set(
            (report?.checklist ?? []).map { SignOff.Item(rule: $0.rule) }
                + left.map { SignOff.Item(rule: $0.rule, field: $0.field) }
        ).union(signOffs.map(\.item))
    }
}
