import MediaFacts
import Testing

@testable import ContestRules

/// A contest file of known lines, to be spoilt.
enum SampleContest {
    static let text = """
        schema: clipcheck.contest/1
        id: test-2026
        revision: 1
        name: {zh: 测试, en: Test}
        source: {document: 测字〔2026〕1号, issued: 2026-01-02}
        window: {opens: 2026-01-02T00:00+08:00, closes: 2026-04-23T24:00+08:00}
        categories: [剧情类, 纪实类]
        rules:
          - {id: readable, kind: readable, level: required, clause: 文件能够打开}
          - id: duration
            kind: duration
            level: required
            clause: 时长2-5分钟
            min: 2m
            max: 5m
            tolerance: 500ms
          - id: aspect-ratio
            kind: aspect-ratio
            level: required
            clause: 拍摄格式为16:9
            allowed: ["16:9"]
            tolerance: 0.5%
          - id: resolution
            kind: resolution
            level: required
            clause: 分辨率1920*1080
            sizes: [1920x1080, 2560x1440]
          - id: container
            kind: container
            level: required
            clause: 格式：mp4、mov
            allowed: [mp4, mov]
          - {id: originality, kind: person, level: required, clause: 须为原创}

        """

    /// The text with line `number` (from 1) put in other words; nil removes the line.
    static func text(line number: Int, _ replacement: String?) -> String {
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        lines.replaceSubrange(number - 1...number - 1, with: replacement.map { [$0] } ?? [])
        return lines.joined(separator: "\n")
    }

    /// The text with one more rule, whose first line is line 34.
    static func text(rule: String) -> String { text + rule + "\n" }
}

/// A spoilt file and what must be said of it.
struct Mistake: Sendable, CustomTestStringConvertible {
    var name: String
    var text: String
    /// All problems in order: line, key and a fragment of the English message.
    var problems: [(line: Int, key: String, fragment: String)]
    var testDescription: String { name }

    init(_ name: String, _ text: String, _ problems: (Int, String, String)...) {
        self.name = name
        self.text = text
        self.problems = problems.map { (line: $0.0, key: $0.1, fragment: $0.2) }
    }

    /// The sample with line `line` in other words, or without it, and one mistake on that very line.
    init(_ name: String, line: Int, _ replacement: String?, _ key: String, _ fragment: String) {
        self.init(name, SampleContest.text(line: line, replacement), (line, key, fragment))
    }

    /// Loads the file and compares what is said of it.
    func check() {
        let error = #expect(throws: ContestFileError.self) { try ContestFile.load(text, file: "contests/test.yaml") }
        guard let error else { return }
        #expect(error.file == "contests/test.yaml")
        #expect(error.problems.map { "\($0.line) \($0.key)" } == problems.map { "\($0.line) \($0.key)" })
        for (said, due) in zip(error.problems, problems) {
            #expect(said.message.en.contains(due.fragment))
            #expect(said.message.zh.isChinese)
            #expect(said.column >= 1)
        }
        for (line, problem) in zip(error.lines(.english), error.problems) {
            #expect(line.hasPrefix("contests/test.yaml:\(problem.line):\(problem.column): "))
            #expect(line.contains(problem.key) && line.hasSuffix(problem.message.en))
        }
        #expect(error.lines(.chinese).count == error.problems.count)
    }
}

/// The problems of a text that must be refused; empty, with an issue recorded, when it is not.
func problems(of text: String, at sourceLocation: SourceLocation = #_sourceLocation) -> [ContestFileError.Problem] {
    let error = #expect(throws: ContestFileError.self, sourceLocation: sourceLocation) {
        try ContestFile.load(text, file: "test.yaml")
    }
    return error?.problems ?? []
}
