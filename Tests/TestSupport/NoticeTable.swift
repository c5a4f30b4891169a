public import ContestRules
internal import Foundation

/// The verdicts of the notices under `Tests/ContestRulesTests/Notices`, as `verdicts.json` holds them.
public struct NoticeTable: Sendable, Decodable {
    /// Recipes of clips by name.
    public let clips: [String: Recipe]
    /// The cases of each notice by the id of its source.
    public let notices: [String: Cases]

    /// The way in which ffmpeg makes a clip.
    public struct Recipe: Sendable, Decodable {
        /// Name of the clip's file.
        public let file: String
    }

    /// The cases of one notice.
    public struct Cases: Sendable, Decodable {
        /// Facts, and the judgement of each.
        public let samples: [Sample]
        /// Clips, and the judgement of each.
        public let clips: [Clip]
    }

    /// Facts and their judgement.
    public struct Sample: Sendable, Decodable {
        /// The facts.
        public let facts: NoticeSample
        /// Their judgement.
        public let expected: NoticeJudgement

        private enum CodingKeys: String, CodingKey { case facts }

        /// Reads the facts and, beside them, the judgement.
        public init(from decoder: any Decoder) throws {
            facts = try decoder.container(keyedBy: CodingKeys.self).decode(NoticeSample.self, forKey: .facts)
            expected = try NoticeJudgement(from: decoder)
        }
    }

    /// A clip and its judgement.
    public struct Clip: Sendable, Decodable {
        /// Name of the recipe.
        public let name: String
        /// The judgement of the clip.
        public let expected: NoticeJudgement

        private enum CodingKeys: String, CodingKey { case clip }

        /// Reads the name and, beside it, the judgement.
        public init(from decoder: any Decoder) throws {
            name = try decoder.container(keyedBy: CodingKeys.self).decode(String.self, forKey: .clip)
            expected = try NoticeJudgement(from: decoder)
        }
    }

    /// The table; nil when it cannot be read, for which a test fails.
    public static let all: NoticeTable? = FileManager.default.contents(
        atPath: NoticeFile.folder.appending(path: "verdicts.json").path
    ).flatMap { try? JSONDecoder().decode(NoticeTable.self, from: $0) }
}

/// The verdict of a notice, and the rules that do not pass.
public struct NoticeJudgement: Sendable, Hashable {
    /// The category of the work; nil where the notice has none.
    public var category: String?
    /// The verdict.
    public var verdict: Verdict
    /// Sorted ids of rules by outcome, without those that pass.
    public var rules: [String: [String]]

    /// The judgement of `outcome` by `contest`.
    public init(of outcome: ProbeOutcome, by contest: Contest, category: String? = nil) {
        let declaration = contest.declaration(of: [:], category: category.map { ($0, .option) })
        let findings = contest.findings(for: outcome, declared: declaration)
        self.category = category
        verdict = Verdict(findings, contest.checklist(for: outcome, declared: declaration))
        rules = Dictionary(grouping: findings.filter { $0.outcome != .pass }, by: \.outcome.rawValue)
            .mapValues { $0.map(\.rule).sorted() }
    }
}

extension NoticeJudgement: Decodable {
    private enum CodingKeys: String, CodingKey { case category, verdict }

    private enum Outcomes: String, CodingKey, CaseIterable { case fail, advisory, review, undetermined, pending }

    /// Reads the JSON form; an outcome without rules is left out there.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        category = try values.decodeIfPresent(String.self, forKey: .category)
        verdict = try values.decode(Verdict.self, forKey: .verdict)
        let lists = try decoder.container(keyedBy: Outcomes.self)
        rules = [:]
        for outcome in Outcomes.allCases {
            rules[outcome.rawValue] = try lists.decodeIfPresent([String].self, forKey: outcome)?.sorted()
        }
    }
}

extension NoticeJudgement: CustomStringConvertible {
    /// `non-compliant, fail: [duration]`.
    public var description: String {
        ([verdict.rawValue] + rules.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }).joined(separator: ", ")
    }
}
