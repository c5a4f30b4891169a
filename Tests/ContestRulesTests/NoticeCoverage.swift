import Foundation
import TestSupport
import Testing

@testable import ContestRules

/// The table `Notices/coverage`: every open clause, and what states it.
struct NoticeCoverage: Sendable {
    /// The clauses in the order of the table.
    let clauses: [NoticeClause]
    /// Names of the notices by source.
    let notices: [String: String]

    /// The table; empty, with an issue recorded by the tests, when it cannot be read.
    static let all: NoticeCoverage = (try? read()) ?? NoticeCoverage(clauses: [], notices: [:])

    /// Reads the four files of the table.
    static func read() throws -> NoticeCoverage {
        var clauses: [NoticeClause] = []
        var notices: [String: String] = [:]
        for group in NoticeClause.Group.allCases {
            let file = NoticeFile.folder.appending(path: "coverage/\(group.rawValue).yaml")
            let text = try String(contentsOf: file, encoding: .utf8)
            let root = try #require(try YAMLComposer.root(of: text, meter: ReadingMeter(ContestFile.budget))?.mapping)
            for pair in root.pairs {
                let source = try #require(pair.value.mapping)
                notices[pair.key] = try #require(source["notice"]?.text)
                let rows = try #require(source["clauses"]?.sequence)
                clauses += try rows.enumerated().map { index, row in
                    let row = try #require(row.mapping)
                    return NoticeClause(
                        source: pair.key, group: group, index: index, text: try #require(row["text"]?.text),
                        answer: try answer(row))
                }
            }
        }
        return NoticeCoverage(clauses: clauses, notices: notices)
    }

    private static let keys: Set<String> = [
        "text", "rules", "top", "categories", "declared", "decision", "permits", "person", "lacks",
    ]

    /// What states the clause of a row; exactly one answer must be there.
    private static func answer(_ row: YAMLMapping) throws -> NoticeClause.Answer {
        #expect(row.pairs.allSatisfy { keys.contains($0.key) })
        let isStated = row["rules"] != nil || row["top"] != nil
        let others = ["permits", "person", "lacks"].filter { row[$0] != nil }
        #expect(others.count == (isStated ? 0 : 1))
        if let reason = row["person"]?.text { return .person(try #require(PersonReason(rawValue: reason))) }
        if let feature = row["lacks"]?.text { return .lacking(try #require(LackingFeature(rawValue: feature))) }
        if row["permits"] != nil { return .permission }
        return .stated(
            NoticeClause.Snippet(
                rules: texts(row["rules"]), top: row["top"]?.text ?? "", categories: texts(row["categories"]),
                isDeclared: row["declared"]?.text == "true"))
    }

    private static func texts(_ node: YAMLNode?) -> [String] { node?.sequence?.compactMap(\.text) ?? [] }
}

/// A part of a whole.
struct Share: Equatable, CustomStringConvertible {
    var part: Int
    var whole: Int

    /// In percent, to a tenth.
    var percent: Double { whole == 0 ? 0 : (Double(part) * 1000 / Double(whole)).rounded() / 10 }
    var description: String { "\(part) of \(whole), \(percent) %" }
}

extension NoticeCoverage {
    /// The share of clauses that a contest file states without a person; of one group, or of all.
    func stated(_ group: NoticeClause.Group? = nil) -> Share {
        let counted = clauses.filter { group == nil || $0.group == group }
        return Share(part: counted.count(where: \.isStated), whole: counted.count)
    }

    /// Sources of which every clause satisfies `condition`, sorted.
    private func sources(where condition: (NoticeClause) -> Bool) -> [String] {
        Dictionary(grouping: clauses, by: \.source).filter { $0.value.allSatisfy(condition) }.keys.sorted()
    }

    /// Sources of which every clause is stated.
    var whole: [String] { sources(where: \.isStated) }

    /// Sources of which a clause is stated, or is about text in the picture, a watermark or taste.
    var wholeButForReading: [String] {
        sources { clause in
            if case .person(let reason) = clause.answer { !reason.isMeasurable } else { clause.isStated }
        }
    }

    /// The number of stated clauses whose snippet satisfies `condition`.
    func snippets(where condition: (NoticeClause.Snippet) -> Bool) -> Int {
        clauses.compactMap(\.snippet).count(where: condition)
    }

    /// The figures for people.
    var report: String {
        let groups = NoticeClause.Group.allCases.map { "  \($0.rawValue): \(stated($0))" }
        let permissions = clauses.count { if case .permission = $0.answer { true } else { false } }
        let total = Set(clauses.map(\.source)).count
        return
            (["Clauses that a contest file states without a person: \(stated())"] + groups + [
                "  of them declared by the entrant in the form: \(snippets(where: \.isDeclared))",
                "  of them permissions, which need no rule: \(permissions)",
                "Sources whole, every clause stated: \(whole.count) of \(total): \(whole.joined(separator: " "))",
                "Sources whole but for text in the picture, watermarks and taste: \(wholeButForReading.count) of "
                    + "\(total): \(wholeButForReading.joined(separator: " "))",
                "What cannot be said, a person judges:",
            ] + counts { if case .person(let reason) = $0 { "\(reason.rawValue): \(reason.words)" } else { nil } }
            + ["What cannot be said, the language lacks it:"]
            + counts { if case .lacking(let what) = $0 { "\(what.rawValue): \(what.words)" } else { nil } })
            .joined(separator: "\n")
    }

    /// Lines with the number of clauses for each text that `name` gives, the greatest first.
    private func counts(_ name: (NoticeClause.Answer) -> String?) -> [String] {
        Dictionary(grouping: clauses.compactMap { name($0.answer) }, by: \.self).mapValues(\.count)
            .sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { "  \($0.value) × \($0.key)" }
    }
}
