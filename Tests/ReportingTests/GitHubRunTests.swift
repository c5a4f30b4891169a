import ContestRules
import EntryIntake
import MediaFacts
import TestSupport
import Testing

@testable import Reporting

@Suite("GitHubRun")
struct GitHubRunTests {
    /// A workflow command as the runner of GitHub Actions parses it.
    private struct Command: Hashable {
        var name: String
        var properties: [String: String]
        var message: String
    }

    private static func text(
        _ files: [CheckedFile], _ language: Language = .english, summary: RunSummary? = nil
    ) throws -> String {
        try SampleRun.text(GitHubRun(language: language), files, summary: summary)
    }

    /// The commands in `text`; a line that is no command is an error.
    ///
    /// Source: `TryParseV2` of actions/runner, `src/Runner.Common/ActionCommand.cs`.
    private static func commands(_ text: String) throws -> [Command] {
        let lines = text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false)
        #expect(lines.last?.isEmpty == true)
        return try lines.dropLast().map { scalars in
            let line = String(scalars)
            #expect(!scalars.contains("\r"))
            let match = try #require(line.wholeMatch(of: Self.form))
            let pairs = match.2.unicodeScalars.split(separator: ",").map { pair in
                let parts = pair.split(separator: "=", maxSplits: 1).map { unescaped(String($0), isProperty: true) }
                return (parts[0], parts.count > 1 ? parts[1] : "")
            }
            return Command(
                name: String(match.1), properties: Dictionary(pairs) { $1 },
                message: unescaped(String(match.3), isProperty: false))
        }
    }

    private nonisolated(unsafe) static let form = /::([a-z]+) (.*?)::(.*)/
        .matchingSemantics(.unicodeScalar).dotMatchesNewlines()

    private static func unescaped(_ text: String, isProperty: Bool) -> String {
        let pairs = [("%0D", "\r"), ("%0A", "\n")] + (isProperty ? [("%3A", ":"), ("%2C", ",")] : []) + [("%25", "%")]
        return pairs.reduce(text) { text, pair in
            // The search goes by bytes, because a line break and a combining mark are one `Character`.
            var (result, rest) = ([UInt8](), Array(text.utf8)[...])
            while !rest.isEmpty {
                if rest.starts(with: pair.0.utf8) {
                    result += pair.1.utf8
                    rest = rest.dropFirst(3)
                } else {
                    result.append(rest.removeFirst())
                }
            }
            return String(decoding: result, as: UTF8.self)
        }
    }

    @Test(
        "`GitHubRun` writes a command of the outcome's level for every finding but a pass",
        arguments: [
            (Finding.Outcome.fail, "error"), (.review, "warning"), (.undetermined, "warning"), (.pending, "warning"),
            (.advisory, "notice"),
        ])
    func levels(outcome: Finding.Outcome, name: String) throws {
        var report = try SampleReports.compliant()
        report.findings = [.of(.pass, rule: "good"), .of(outcome, rule: "rule")]
        let commands = try Self.commands(Self.text([CheckedFile(path: "a,b:c.mp4", outcome: .success(report))]))
        #expect(commands.count == 2)
        #expect(
            commands[0]
                == Command(
                    name: name, properties: ["file": "a,b:c.mp4", "title": "rule · \(outcome.rawValue)"],
                    message: "Words. (\"原文\")"))
    }

    @Test(
        "`GitHubRun` writes nothing for a file that meets every rule, and ends with the counts",
        arguments: [
            (Language.chinese, "共 1 个文件，合格 1，需人工确认 0，不合格 0"),
            (.english, "1 file, 1 compliant, 0 need review, 0 non-compliant"),
        ])
    func compliant(language: Language, counts: String) throws {
        var report = try SampleReports.compliant()
        report.findings = [.of(.pass, rule: "good")]
        let text = try Self.text([CheckedFile(path: "a.mp4", outcome: .success(report))], language)
        #expect(text == "::notice title=clipcheck::\(counts)\n")
    }

    @Test("`GitHubRun` writes one error for a file without a report")
    func error() throws {
        let commands = try Self.commands(Self.text([try SampleRun.files()[4]]))
        #expect(commands.map(\.name) == ["error", "notice"])
        #expect(commands[0].properties == ["file": "gone.mp4", "title": "file-missing · error"])
        #expect(commands[0].message == "There is no such file. Check the path.")
    }

    @Test(
        "`GitHubRun` writes one command, not one for each rule, for a file that could not be read",
        arguments: [(2, "error"), (3, "warning")])
    func unread(index: Int, name: String) throws {
        let commands = try Self.commands(Self.text([try SampleRun.files()[index]]))
        #expect(commands.map(\.name) == [name, "notice"])
    }

    @Test("`GitHubRun` writes a failed finding about a submission as a warning, not an error")
    func submission() throws {
        var report = try SampleReports.compliant()
        report.findings = []
        let file = CheckedFile(path: "a.mp4", outcome: .success(report), work: SampleRun.work())
        let commands = try Self.commands(Self.text([file]))
        #expect(commands.map(\.name) == ["warning", "notice"])
        #expect(commands[0].properties["title"] == "submission file-name · fail")
    }

    @Test("`GitHubRun` warns of broken quotas, of notes about the run and of an interruption")
    func run() throws {
        var summary = try SampleRun.summary([])
        summary.notes = [RunSummary.Note("row 2", LocalizedText(zh: "没有文件。", en: "No file."))]
        (summary.isInterrupted, summary.unchecked) = (true, 3)
        let commands = try Self.commands(Self.text([], summary: summary))
        #expect(commands.map(\.name) == ["warning", "warning"])
        #expect(commands[0].properties == ["title": "row 2"])
        #expect(commands[1].message.hasSuffix("; the run was interrupted, 3 files were not checked"))
    }

    @Test("`GitHubRun` keeps all of a hostile text and lets none of it begin a command", arguments: 0..<5)
    func hostile(seed: UInt64) throws {
        let texts = HostileText.texts(seed)
        let files = try texts.flatMap { text in
            [
                CheckedFile(path: text, outcome: .success(try SampleReports.hostile(text)), work: SampleRun.work(text)),
                CheckedFile(path: text, outcome: .failure(IntakeError(.cancelled, zh: text, en: text))),
            ]
        }
        var commands = try Self.commands(Self.text(files))[...]
        // The commands of the report, one of the submission, one of the error.
        let each = try SampleReports.hostile("harmless").attention.count + 2
        #expect(commands.count == each * texts.count + 1)
        #expect(commands.allSatisfy { ["error", "warning", "notice"].contains($0.name) })
        #expect(commands.allSatisfy { Set($0.properties.keys).isSubset(of: ["file", "title"]) })
        for text in texts {
            let shown = Self.visible(text)
            #expect(commands.prefix(each).allSatisfy { $0.properties["file"] == shown && $0.message.hasPrefix(shown) })
            commands = commands.dropFirst(each)
        }
    }

    private static func visible(_ text: String) -> String {
        text.unicodeScalars.map { scalar in
            let isKept = scalar.properties.generalCategory != .control || ["\t", "\r", "\n"].contains(scalar)
            return isKept ? String(scalar) : "\u{fffd}"
        }.joined()
    }
}
