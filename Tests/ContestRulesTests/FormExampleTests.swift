import Foundation
import Testing

@testable import ContestRules

@Suite("docs/FORM.md")
struct FormExampleTests {
    @Test("The example of docs/FORM.md is a contest file that loads")
    func example() throws {
        let file = URL(filePath: #filePath).deletingLastPathComponent().appending(
            components: "..", "..", "docs", "FORM.md")
        let text = try String(contentsOf: file, encoding: .utf8)
        let example = try #require(text.firstMatch(of: /```yaml\n([^`]*)```/)?.1)
        let contest = try ContestFile.load(String(example), file: "FORM.md")
        #expect(contest.form?.fields.map(\.kind) == [.text, .choice, .text, .text, .url, .number, .date])
        #expect(contest.fileNamePattern?.text.zh == "【地区】--【作品名称】--【参赛者】")
        #expect(contest.quotas.map(\.grouping) == [.unit, .entrant])
    }
}
