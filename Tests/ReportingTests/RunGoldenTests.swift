import Foundation
import MediaFacts
import Testing

@testable import Reporting

/// To change them on purpose, run once with `CLIPCHECK_WRITE_GOLDEN=1` and read the difference.
@Suite("Formats of a run")
struct RunGoldenTests {
    /// A format in a language, with the file that it must write.
    struct Case: Sendable, CustomTestStringConvertible {
        var name: String
        var rendering: any RunRendering
        /// Which of the sample's files.
        var files = Array(0..<7)
        var testDescription: String { name }
    }

    private static let cases: [Case] =
        Language.allCases.flatMap { language in
            let junit = JUnitRun(contestID: "xian-2024", language: language, startedAt: "2026-11-21T09:00:00+08:00")
            return [
                Case(
                    name: "run.\(language.rawValue).csv",
                    rendering: CSVRun(language: language, columns: SampleRun.columns)),
                Case(name: "run.\(language.rawValue).xml", rendering: junit),
                Case(name: "run.\(language.rawValue).github", rendering: GitHubRun(language: language)),
            ]
        } + [
            Case(name: "run.json", rendering: JSONRun(), files: [2, 4]),
            Case(name: "run.ndjson", rendering: NDJSONRun(), files: [2, 4]),
        ]

    @Test("are these, byte for byte", arguments: cases)
    func golden(of each: Case) throws {
        let written = try Self.text(each)
        let file = URL(filePath: #filePath).deletingLastPathComponent().appending(components: "Golden", each.name)
        if ProcessInfo.processInfo.environment["CLIPCHECK_WRITE_GOLDEN"] != nil {
            try Data(written.utf8).write(to: file)
        }
        #expect(try Data(contentsOf: file) == Data(written.utf8), "\(written)")
    }

    @Test("tell nothing of the machine", arguments: cases)
    func secrets(of each: Case) throws {
        let written = try SampleRun.text(each.rendering, SampleRun.files())
        #expect(!written.contains("/srv/secret") && !written.contains("errno"))
    }

    private static func text(_ each: Case) throws -> String {
        let files = try SampleRun.files()
        return try SampleRun.text(each.rendering, each.files.map { files[$0] })
    }
}
