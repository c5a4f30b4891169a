internal import ContestRules

/// A person's answer to a checklist item or to a finding with the outcome `review`. A stored answer never changes.
public struct SignOff: Sendable, Hashable, Codable {
    /// The item that the person answered.
    public var item: Item
    /// The answer.
    public var answer: Answer
    /// Name of the person, as sent.
    public var who: String
    /// Reason for the answer; empty when none was given.
    public var why: String
    /// Time of the answer, RFC 3339 with offset.
    public var createdAt: String
    /// SHA-256 of the entry's media at that time; nil when the entry had none.
    public var mediaSHA256: String?
    /// Version of the entry after the answer. A later correction of the answered field has a higher version.
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
        /// The item is as the notice requires.
        case approved
        /// The item is not as the notice requires, so the entry is rejected.
        case refused
    }

    /// The subject of an answer: a rule of the contest, and for a rule about the form the field.
    public struct Item: Sendable, Hashable, Codable {
        /// Id of the rule.
        public var rule: String
        /// Name of the form's field; nil for a rule that is not about a field.
        public var field: String?

        /// Names an item.
        public init(rule: String, field: String? = nil) {
            self.rule = rule
            self.field = field
        }
    }
}

extension Entry {
    /// Whether the subject of an answer has not changed: the field of the item was not corrected, or for an item
    /// without a field the entry still has the same bytes.
    public func isCurrent(_ signOff: SignOff) -> Bool {
        guard let field = signOff.item.field else { return signOff.mediaSHA256 == media?.sha256 }
        return !corrections.contains { $0.version > signOff.version && $0.fields.contains(field) }
    }

    /// The newest answer on each item, even if its subject has changed.
    private var newestAnswers: [SignOff.Item: SignOff] {
        signOffs.reduce(into: [:]) { answers, signOff in answers[signOff.item] = signOff }
    }

    /// The answers that count: the newest on each item, if its subject has not changed since.
    public var countingAnswers: [SignOff.Item: SignOff.Answer] {
        newestAnswers.filter { isCurrent($0.value) }.mapValues(\.answer)
    }

    /// Items that a person refused and whose subject changed afterwards: a person must look again before the entry can
    /// be accepted.
    public var itemsToLookAtAgain: Set<SignOff.Item> {
        Set(newestAnswers.filter { $0.value.answer == .refused && !isCurrent($0.value) }.keys)
    }

    /// Whether `itemsToLookAtAgain` has any item.
    public var mustLookAgain: Bool { !itemsToLookAtAgain.isEmpty }

    /// Every item that a person may answer: checklist items, findings with the outcome `review`, and answered items.
    public var itemsForPeople: Set<SignOff.Item> {
        let left = ((report?.findings ?? []) + admissionFindings).filter { $0.outcome == .review }
        return Set(
            (report?.checklist ?? []).map { SignOff.Item(rule: $0.rule) }
                + left.map { SignOff.Item(rule: $0.rule, field: $0.field) }
        ).union(signOffs.map(\.item))
    }
}
