import ContestRules
import Foundation
import MediaFacts
import MediaProbe
import TestSupport
import Testing

/// One file with a known property, and what a check of the file must report.
struct TruthCase: Sendable, CustomTestStringConvertible {
    /// The expected facts and outcomes of the file, as `expected.json` states them.
    struct Expected: Decodable, Sendable {
        struct Outcomes: Decodable, Sendable {
            var depths: [String]
            var outcomes: [String]
        }

        var file: String
        var why: String
        var contest: String
        /// A verdict that the file must not have at standard and full depth; nil for none.
        var verdictNot: String?
        /// Allowed values by dotted path: texts, or the ends of a range of numbers. The key `message:RULE` stands for a
        /// part of that rule's message.
        var facts: [String: [Value]]
        var rules: [String: Outcomes]
    }

    enum Value: Decodable, Sendable {
        case text(String)
        case number(Double)

        init(from decoder: any Decoder) throws {
            let value = try decoder.singleValueContainer()
            if let number = try? value.decode(Double.self) {
                self = .number(number)
            } else {
                self = .text(try value.decode(String.self))
            }
        }
    }

    let expected: Expected
    let path: String
    var testDescription: String { expected.file }

    /// Kinds of clips that are made on every run. Each tests another part of the reader; making all seven takes half a
    /// minute.
    private static let everyRun = ["07", "12", "15", "18", "19", "21", "26"]

    /// The cases of the folder `truth` beside the corpus; empty without a corpus.
    static let given: [TruthCase] =
        TestMedia.corpus.map {
            cases(in: $0.deletingLastPathComponent().appending(path: "truth").path)
        } ?? []

    /// The folder in which `make kinds` made the clips of all kinds; nil when it did not run.
    static let all = ProcessInfo.processInfo.environment["CLIPCHECK_KINDS"]

    /// The clips of all kinds where `make kinds` made them; otherwise those of `everyRun`, made on first use and kept
    /// in the build folder.
    static let made: [TruthCase] = {
        if let all { return cases(in: all) }
        return everyRun.flatMap { kind in
            (try? MadeFolder.path(script: "python/make_kind_clips.py", name: "kind-\(kind)", arguments: [kind]))
                .map { cases(in: $0) } ?? []
        }
    }()

    private static func cases(in folder: String) -> [TruthCase] {
        guard let data = FileManager.default.contents(atPath: "\(folder)/expected.json"),
            let expected = try? JSONDecoder().decode([Expected].self, from: data)
        else { return [] }
        return expected.map { TruthCase(expected: $0, path: "\(folder)/files/\($0.file)") }
    }

    /// The findings of the case's contest, and the facts or the error from which they were made.
    func examine(_ depth: Depth) throws -> ([Finding], ProbeOutcome) {
        let contest = try #require(BuiltInContests.all.first { $0.id == expected.contest })
        let file = try #require(ProbedFile(path))
        let examination = Examination(contest.measurements, depth: depth, thresholds: contest.thresholds)
        let outcome: ProbeOutcome
        do throws(ProbeError) {
            outcome = .facts(try InProcessProber.examine(file.media, for: examination, limits: ProbeLimits()).facts)
        } catch {
            outcome = .unread(error)
        }
        return (contest.findings(for: outcome), outcome)
    }

    /// Compares facts and messages with the allowed values.
    func compareFacts(_ outcome: ProbeOutcome, _ findings: [Finding], _ depth: Depth) throws {
        let tree: Any = if case .facts(let facts) = outcome { try JSONTree.of(facts) } else { [String: Any]() }
        for (path, allowed) in expected.facts {
            if path.hasPrefix("message:") {
                let message = findings.first { $0.rule == path.dropFirst(8) }?.message.zh ?? ""
                let isSaid = allowed.contains { if case .text(let part) = $0 { message.contains(part) } else { false } }
                #expect(isSaid, "\(depth) \(path): \(message)")
            } else {
                let found = JSONTree.value(path, in: tree)
                #expect(Self.isAllowed(found, allowed), "\(depth) \(path): \(found), \(expected.why)")
            }
        }
    }

    private static func isAllowed(_ found: Any, _ allowed: [Value]) -> Bool {
        if case .number(let least) = allowed.first, case .number(let most) = allowed.last {
            return (found as? Double).map { (least...most).contains($0) } ?? false
        }
        return allowed.contains { if case .text(let text) = $0 { (found as? String) == text } else { false } }
    }
}
