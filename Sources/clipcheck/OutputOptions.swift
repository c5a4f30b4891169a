import ArgumentParser
import Foundation
import Reporting

/// Options that choose the formats of `check`, their files, and how much is written to standard error.
struct OutputOptions: ParsableArguments {
    @Option(
        help: """
            输出格式，可多次使用，各配一个 --output Format; may be repeated, each with its own --output: \
            text, json, ndjson, csv, xlsx, junit, html, github.
            """)
    var format: [RunFormat] = []

    @Option(
        help: ArgumentHelp("写入文件而不是屏幕 Write to a file instead of standard output.", valueName: "file"),
        completion: .file())
    var output: [String] = []

    @Flag(help: "不显示进度和提示 No progress and no notes on standard error.")
    var quiet = false

    @Flag(help: "逐个文件列出全部细节 Say everything about every file.")
    var verbose = false

    /// A format and the file that it is written to.
    struct Target: Sendable, Equatable {
        var format: RunFormat
        /// Path of the file; nil for standard output.
        var path: String?
    }

    /// How much `check` writes beside the results: no progress and notes (`quiet`), both (`normal`), or also every
    /// detail of every file (`verbose`).
    enum Voice: Sendable {
        case quiet, normal, verbose
    }

    /// The voice that `--quiet` and `--verbose` choose.
    var voice: Voice { quiet ? .quiet : verbose ? .verbose : .normal }

    func validate() throws {
        if quiet && verbose { throw ValidationError("--quiet 与 --verbose 不能同用 --quiet or --verbose, not both.") }
    }

    /// The formats with the files that they are written to; text to standard output when no flag says otherwise.
    ///
    /// - Throws: a usage error when an `--output` has no format, when two formats go to one file or to standard output,
    ///   or when a workbook goes to standard output.
    func targets(_ arguments: [String] = RawArguments.process.texts) throws -> [Target] {
        let pairs = OutputPairs(arguments)
        if let file = pairs.surplus.first {
            throw ValidationError("--output \(file) 没有对应的 --format --output \(file) has no --format.")
        }
        let targets = pairs.pairs.map { pair in
            Target(format: pair.format.flatMap(RunFormat.init) ?? .text, path: pair.output)
        }
        guard targets.count(where: { $0.path == nil }) < 2 else {
            throw ValidationError(
                "只能有一种格式输出到屏幕，其余请各加 --output Only one format can go to standard output; give the others an --output."
            )
        }
        if targets.contains(where: { $0.format == .xlsx && $0.path == nil }) {
            throw ValidationError("xlsx 须用 --output 写入文件 xlsx needs an --output file.")
        }
        let paths = targets.compactMap(\.path).map { URL(filePath: $0).standardizedFileURL.path }
        guard Set(paths).count == paths.count else {
            throw ValidationError("两种格式不能写入同一个文件 Two formats cannot go to one file.")
        }
        return targets
    }
}

/// A format that `check` writes its results in.
enum RunFormat: String, ExpressibleByArgument, CaseIterable, Sendable {
    /// Text for people to read in a terminal.
    case text
    /// One JSON array of all results.
    case json
    /// One JSON object a line for each result, written as each file ends.
    case ndjson
    /// One row for each file, for spreadsheet programs.
    case csv
    /// An Excel workbook of three sheets.
    case xlsx
    /// JUnit XML for CI: a test case for each file and rule.
    case junit
    /// One HTML page that needs no other file.
    case html
    /// Workflow commands that GitHub Actions shows as annotations.
    case github

    /// Whether `--sign-with` signs the format.
    var isSigned: Bool { self == .json || self == .ndjson }
}
