import ArgumentParser
import ContestRules
import EntryIntake
import MediaFacts

/// `clipcheck probe`: prints the facts of each file as one JSON object a line, and judges nothing.
struct ProbeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "probe",
        abstract: "只读取视频信息，每行一个 JSON。 Prints facts only, one JSON object a line.",
        discussion: "退出码 exit codes: 0 全部读取 all read, 1 有文件无法识别 not media, 66 文件不存在 no such input, 70 故障 failure.")

    @Argument(help: ArgumentHelp("视频文件 Videos.", valueName: "file"))
    var files: [PathArgument]

    @Option(
        help: """
            看得多仔细 How closely to look: quick (default: header and packets), standard (also keyframes, sound and \
            suspicious passages), full (every frame).
            """)
    var depth: Depth = .quick

    @OptionGroup var isolationOptions: IsolationOptions

    func run() async throws {
        let inspector = try isolationOptions.inspector(
            for: .command, jobs: 1, waiting: .max, language: Settings.language(nil))
        var worst = ExitCode.success
        for path in files {
            let line = await probe(path, inspector)
            if line.code.rawValue > worst.rawValue { worst = line.code }
            guard let data = try? WireJSON.data(line), Output.standard.write(data), Output.standard.write("\n") else {
                throw Exit.failure
            }
        }
        if worst != .success { throw worst }
    }

    private func probe(_ file: PathArgument, _ inspector: Inspector) async -> ProbeLine {
        let (path, raw) = (file.text, file.rawText)
        do {
            let media = try OpenMediaFile(path: file.cString)
            return ProbeLine(path: path, rawPath: raw, facts: try await inspector.facts(of: media, depth: depth))
        } catch let error as ProbeError {
            let code = error.fault == .environment ? Exit.failure : Exit.nonCompliant
            return ProbeLine(
                path: path, rawPath: raw, error: .init(code: error.code.rawValue, message: error.message), code: code)
        } catch let error as IntakeError {
            return ProbeLine(
                path: path, rawPath: raw, error: .init(code: error.code.rawValue, message: error.message),
                code: Exit.code(error))
        } catch {
            return ProbeLine(
                path: path, rawPath: raw,
                error: .init(code: "internal", message: LocalizedText(zh: "\(error)", en: "\(error)")),
                code: Exit.failure)
        }
    }
}

/// One line of output: `{"path": …, "facts": …}` or `{"path": …, "error": …}`, with `rawPath` when the path is not
/// UTF-8.
private struct ProbeLine: Encodable {
    struct Failure: Encodable {
        var code: String
        var message: LocalizedText
    }

    var path: String
    /// The bytes of the path, percent-encoded, when they are not UTF-8; nil when they are.
    var rawPath: String?
    var facts: MediaFacts?
    var error: Failure?
    var code = ExitCode.success

    private enum CodingKeys: String, CodingKey { case path, rawPath, facts, error }
}
