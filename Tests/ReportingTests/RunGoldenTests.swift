import Foundation
import MediaFacts
import Testing

@testable import Reporting

/// Compares the formats of a run with files in `Golden`. To change these files on purpose, run the tests once with
/// `CLIPCHECK_WRITE_GOLDEN=1` and read the difference.
@Suite("Formats of a run")
struct RunGoldenTests {
    /// A rendering and the name of the golden file that it must write.
    struct Case: Sendable, CustomTestStringConvertible {
        var name: String
        var rendering: any RunRendering
        /// Indices into `SampleRun.files` of the files in the run.
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

    @Test("Each format of a run writes its golden file byte for byte", arguments: cases)
    func golden(of each: Case) throws {
        let written = try Self.text(each)
        let file = URL(filePath: #filePath).deletingLastPathComponent().appending(components: "Golden", each.name)
        if ProcessInfo.processInfo.environment["CLIPCHECK_WRITE_GOLDEN"] != nil {
            try Data(written.utf8).write(to: file)
        }
        #expect(try Data(contentsOf: file) == Data(written.utf8), "\(written)")
    }

    @Test("No format of a run contains a path or a cause of an error from this machine", arguments: cases)
    func secrets(of each: Case) throws {
        let written = try SampleRun.text(each.rendering, SampleRun.files())
        #expect(!written.contains("/srv/secret") && !written.contains("errno"))
    }

    private static func text(_ each: Case) throws -> String {
        let files = try SampleRun.files()
        return try SampleRun.text(each.rendering, each.files.map { files[$0] })
    }
}
