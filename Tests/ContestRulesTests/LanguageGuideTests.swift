import Foundation
import TestSupport
import Testing

@testable import ContestRules

@Suite("docs/LANGUAGE.md")
struct LanguageGuideTests {
    /// An example of the guide.
    struct Example: CustomTestStringConvertible, Sendable {
        /// What the example is: a whole `file`, top-level `keys`, or a list of `rules`.
        var form: String
        var text: String
        /// Line of the guide at which the example begins.
        var line: Int
        var testDescription: String { "line \(line)" }

        /// The example within a file that loads without it.
        var file: String {
            switch form {
            case "rules": Self.head + "categories: [短视频, 微电影]\n" + Self.form + text.indented
            case "keys":
                text.contains(/(?m)^rules:/) ? Self.head + text : Self.head + text + Self.form
            default: text
            }
        }

        private static let head = """
            schema: clipcheck.contest/2
            id: example
            revision: 1
            name: {zh: 示例, en: Example}
            source: {document: 通知, issued: 2026-03-01}
            window: {opens: 2026-03-01T00:00+08:00, closes: 2026-05-31T24:00+08:00}

            """
        private static let form = "rules:\n  - {id: example-of-a-rule, kind: readable, level: required, clause: 能够打开}\n"
    }

    static let guide: [Example] = {
        guard let text = try? String(contentsOfFile: TestMedia.path("../docs/LANGUAGE.md"), encoding: .utf8) else {
            return []
        }
        var (examples, open): ([Example], Example?) = ([], nil)
        for (index, line) in text.components(separatedBy: "\n").enumerated() {
            if let example = open {
                if line == "```" {
                    examples.append(example)
                    open = nil
                } else {
                    open?.text += line + "\n"
                }
            } else if line.hasPrefix("```yaml") {
                open = Example(form: String(line.dropFirst("```yaml ".count)), text: "", line: index + 1)
            }
        }
        return examples
    }()

    @Test("every example of the guide loads", arguments: guide)
    func loads(example: Example) throws {
        #expect(["file", "keys", "rules"].contains(example.form), "the fence says what the example is")
        do {
            let contest = try ContestFile.load(example.file, file: "example.yaml")
            #expect(contest.schema == .second)
        } catch {
            Issue.record("\(error)")
        }
    }

    @Test("the guide has an example for every kind and for every key of a file")
    func coversEveryKind() throws {
        let text = Self.guide.map(\.text).joined()
        for kind in RuleFile.kindNames {
            #expect(text.contains("kind: \(kind),") || text.contains("kind: \(kind)\n"), "no example of \(kind)")
        }
        let keys = Set(Self.guide.flatMap { $0.text.matches(of: /(?m)^([a-z]+):/).map { String($0.1) } })
        #expect(keys.isSuperset(of: ["window", "categories", "quotas"]))
    }

    @Test("no example of the guide means the same as another")
    func areDifferent() {
        #expect(Set(Self.guide.map(\.text)).count == Self.guide.count && Self.guide.count >= 15)
    }
}

extension String {
    /// Every line two spaces further to the right.
    fileprivate var indented: String {
        split(separator: "\n", omittingEmptySubsequences: false).map { $0.isEmpty ? "" : "  " + $0 }.joined(
            separator: "\n")
    }
}
