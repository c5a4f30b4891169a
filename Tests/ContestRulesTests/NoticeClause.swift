import Foundation
import TestSupport
import Testing

@testable import ContestRules

/// One clause of a published notice, and its row in the table `Notices/coverage`.
struct NoticeClause: Sendable, CustomTestStringConvertible {
    /// Groups of notices, in the order in which they are printed.
    enum Group: String, CaseIterable {
        case chineseNotice = "zh-notice"
        case chineseStandard = "zh-technical"
        case contest = "intl-contest"
        case platform
    }

    /// What states a clause.
    enum Answer: Sendable {
        /// Rules, or other keys of a contest file.
        case stated(Snippet)
        /// Nothing: the clause allows something.
        case permission
        /// A person judges it, for this reason.
        case person(PersonReason)
        /// Nothing, for want of this feature.
        case lacking(LackingFeature)
    }

    /// The part of a contest file that states a clause.
    struct Snippet: Sendable {
        var rules: [String] = []
        var top = ""
        var categories: [String] = []
        var isDeclared = false
    }

    let source: String
    let group: Group
    let index: Int
    let text: String
    let answer: Answer

    var testDescription: String { "\(source)[\(index)] \(text)" }

    /// Whether a contest file states the clause without a person.
    var isStated: Bool {
        switch answer {
        case .stated, .permission: true
        case .person, .lacking: false
        }
    }

    /// The snippet; nil for a clause that no part of a file states.
    var snippet: Snippet? { if case .stated(let snippet) = answer { snippet } else { nil } }
}

extension NoticeClause.Snippet {
    /// The smallest contest file with the snippet in it, whose rules quote `clause`.
    func contestText(clause: String) -> String {
        let quoted = "\"" + clause.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
        let lines = rules.enumerated().map { index, rule in
            let level = rule.hasPrefix("level: ") ? "" : "level: required, "
            return "  - {id: rule-\(index + 1), clause: \(quoted), \(level)\(rule)}"
        }
        return """
            schema: clipcheck.contest/2
            id: coverage
            revision: 1
            name: {zh: 覆盖, en: Coverage}
            source: {document: 覆盖, issued: 2026-01-01}
            \(categories.isEmpty ? "" : "categories: [\(categories.joined(separator: ", "))]")
            \(top)
            rules:
            \((lines.isEmpty ? ["  - {id: content, kind: person, level: required, clause: \(quoted)}"] : lines)
                .joined(separator: "\n"))

            """
    }
}

/// The clauses that `CLIPCHECK_NOTICES` names: the published notices themselves, which are no part of this repository.
enum NoticeClausesFile {
    struct Source: Decodable {
        struct Clause: Decodable { var text: String }
        var id: String
        var notice: String
        var group: String
        var clauses: [Clause]
    }

    /// Path of `clauses.json`; nil when the variable is not set.
    static let path = ProcessInfo.processInfo.environment["CLIPCHECK_NOTICES"]

    static func sources() throws -> [Source] {
        try JSONDecoder().decode([Source].self, from: Data(contentsOf: URL(filePath: path ?? "")))
    }
}
