public import MediaFacts

/// Questions and answers that end in a contest file.
///
/// Each subject asks for the notice's own words first and then for the limits in them. Every answer is tried in the file, and
/// the loader's message refuses it there: the text at the end loads.
public struct ContestInterview: Sendable {
    /// What is asked.
    public struct Question: Sendable, Hashable {
        /// What is asked, with an example.
        public var prompt: LocalizedText
        /// The answer that an empty line stands for; nil when an empty line skips the question.
        public var proposal: String?
        /// What the notice's words leave open; nil mostly.
        public var note: LocalizedText?
    }

    private enum Step {
        case header(ContestDraft.Header)
        case windowClause, opens, closes
        case clause(InterviewTopic)
        case limit(InterviewTopic, Int)
        case person
        case categories
        case formClause, fields
    }

    private var draft = ContestDraft()
    private var steps: [Step]
    /// The words of the subject that is asked about.
    private var clause = ""
    private var opens = ""

    /// Begins with the first question.
    public init() {
        steps =
            ContestDraft.Header.allCases.map(Step.header) + [.windowClause]
            + InterviewTopic.all.map(Step.clause) + [.person, .categories, .formClause]
    }

    /// The answer that refuses a proposal.
    public static let refusal = "-"

    /// The contest file, as far as it is answered.
    public var text: String { draft.text }

    /// The question that waits for an answer; nil at the end.
    public var question: Question? {
        guard let step = steps.first else { return nil }
        let proposal = proposal(step)
        guard let proposal, case .limit(let topic, let index) = step else {
            return Question(prompt: prompt(step), proposal: proposal)
        }
        // Words that can mean several things are no proposal: the author says which.
        let doubt = doubt(draft.setting(topic, topic.limits[index], proposal, clause: clause))
        return Question(prompt: prompt(step), proposal: doubt == nil ? proposal : nil, note: doubt)
    }

    /// Takes the answer to `question`.
    ///
    /// - Parameter line: the answer; an empty one takes the proposal or skips the question, and `-` skips it.
    /// - Returns: why the answer cannot stand, and the same question is asked again; nil when the next one is.
    public mutating func answer(_ line: String) -> LocalizedText? {
        guard let step = steps.first else { return nil }
        let written = HalfWidth.trimmed(line)
        let answer = written.isEmpty ? question?.proposal ?? "" : written == Self.refusal ? "" : written
        let before = self
        steps.removeFirst()
        if let doubt = take(answer, step) {
            self = before
            return doubt
        }
        return nil
    }

    /// Takes one answer into the draft and puts the questions that follow from it in front.
    private mutating func take(_ answer: String, _ step: Step) -> LocalizedText? {
        switch step {
        case .header(let header):
            if answer.isEmpty { return LocalizedText(zh: "这一项必须填写", en: "this cannot be left out") }
            draft.header[header] = header == .issued ? WrittenDate.first(in: answer)?.text ?? answer : answer
            return doubt(draft)
        case .clause(let topic): ask(topic, answer)
        case .limit(let topic, let index): return take(answer, topic, index)
        case .person:
            if !answer.isEmpty {
                draft.addPerson(answer, isMeasurable: false)
                steps.insert(.person, at: 0)
            }
        case .categories:
            draft.categories = InterviewTopic.items(answer)
            return doubt(draft)
        case .windowClause, .opens, .closes: return takeWindow(answer, step)
        case .formClause:
            clause = answer
            if !answer.isEmpty { steps.insert(.fields, at: 0) }
        case .fields:
            draft.setForm(answer, clause: clause)
            return doubt(draft)
        }
        return nil
    }

    private mutating func ask(_ topic: InterviewTopic, _ words: String) {
        clause = words
        if !words.isEmpty { steps.insert(.limit(topic, 0), at: 0) }
    }

    private mutating func take(_ answer: String, _ topic: InterviewTopic, _ index: Int) -> LocalizedText? {
        if !answer.isEmpty {
            draft = draft.setting(topic, topic.limits[index], answer, clause: clause)
            if let doubt = doubt(draft) { return doubt }
        }
        let next = topic.limits.indices.first { $0 > index && !draft.excludes(topic.limits[$0]) }
        if let next {
            steps.insert(.limit(topic, next), at: 0)
        } else if !draft.hasRule(of: topic) {
            // Words without a limit stay in the file, and no file is compliant before a person has looked.
            draft.addPerson(clause, isMeasurable: true)
        }
        return nil
    }

    private mutating func takeWindow(_ answer: String, _ step: Step) -> LocalizedText? {
        switch step {
        case .windowClause:
            clause = answer
            if !answer.isEmpty { steps.insert(.opens, at: 0) }
        case .opens:
            guard !answer.isEmpty else { return nil }
            opens = WrittenDate.exactly(answer).map { $0.text + "T00:00+08:00" } ?? answer
            guard ContestTime(opens) != nil else { return InterviewPrompts.timeShape }
            steps.insert(.closes, at: 0)
        default:
            guard !answer.isEmpty else { return InterviewPrompts.timeShape }
            let closes = WrittenDate.exactly(answer).map { $0.text + "T24:00+08:00" } ?? answer
            draft.window = (opens, closes, clause)
            return doubt(draft)
        }
        return nil
    }

    /// What the loader says of a draft; nil when it loads.
    private func doubt(_ draft: ContestDraft) -> LocalizedText? {
        do {
            _ = try ContestFile.load(draft.text, file: "new.yaml")
            return nil
        } catch {
            let messages = error.problems.prefix(3).map(\.message)
            return LocalizedText(
                zh: messages.map(\.zh).joined(separator: "；"), en: messages.map(\.en).joined(separator: "; "))
        }
    }

    private func proposal(_ step: Step) -> String? {
        switch step {
        case .header(.nameEN): draft.header[.nameZH]
        case .header(.id): "contest-" + (draft.header[.issued]?.prefix(4) ?? "1")
        case .opens: WrittenDate.all(in: clause).first.map(\.text)
        case .closes: WrittenDate.all(in: clause).dropFirst().first.map(\.text)
        case .limit(let topic, let index): ClauseProposals.proposal(topic.limits[index], clause)
        case .fields: FormDraft.labels(in: clause).joined(separator: "、")
        default: nil
        }
    }

    private func prompt(_ step: Step) -> LocalizedText {
        switch step {
        case .header(let header): InterviewPrompts.header(header)
        case .windowClause: InterviewPrompts.windowClause
        case .opens: InterviewPrompts.opens
        case .closes: InterviewPrompts.closes
        case .clause(let topic): topic.prompt
        case .limit(let topic, let index): topic.limits[index].prompt
        case .person: InterviewPrompts.person
        case .categories: InterviewPrompts.categories
        case .formClause: InterviewPrompts.formClause
        case .fields: InterviewPrompts.fields
        }
    }
}
