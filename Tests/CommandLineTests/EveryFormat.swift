import Foundation
import TestSupport
import Testing

/// Writes a run in every format at once.
enum EveryFormat {
    /// Each format with the name of its file.
    static let outputs = [
        "text": "run.txt", "json": "run.json", "ndjson": "run.ndjson", "csv": "run.csv", "xlsx": "run.xlsx",
        "junit": "run.xml", "html": "run.html", "github": "run.log",
    ]

    /// The options of `check` that write every format into a folder.
    static func options(to folder: String) -> [String] {
        outputs.sorted { $0.key < $1.key }.flatMap { format, name in
            ["--format", format, "--output", "\(folder)/\(name)"]
        }
    }

    /// The text of every output; of a workbook, the text of all its parts. The program `python` unpacks the workbook.
    static func content(of folder: TemporaryFolder) async throws -> [String: String] {
        var content: [String: String] = [:]
        for (format, name) in outputs where format != "xlsx" {
            content[format] = try String(contentsOfFile: folder.path(name), encoding: .utf8)
        }
        let unpack =
            "import sys, zipfile; z = zipfile.ZipFile(sys.argv[1]); [print(z.read(n).decode()) for n in z.namelist()]"
        let outcome = try await Command(
            try #require(python), ["-c", unpack, folder.path("run.xlsx")], environment: ["PYTHONUTF8": "1"]
        ).run()
        #expect(outcome.code == 0, "\(outcome.errorText)")
        content["xlsx"] = outcome.text
        return content
    }

    /// Path of any Python 3, to unpack workbooks; nil when none is installed.
    static let python = ProcessInfo.processInfo.environment["CLIPCHECK_PYTHON"] ?? Binary.tool("python3")
}
