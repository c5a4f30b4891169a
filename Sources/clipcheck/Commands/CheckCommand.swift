public import ArgumentParser
import BlockingLanes
import ContestRules
public import EntryIntake
import Foundation
import MediaFacts
import Reporting

/// `clipcheck check`: judges files and folders by a contest.
struct CheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "检查文件或文件夹。 Checks files and folders.")

    @Argument(help: ArgumentHelp("视频文件或文件夹 Videos or folders of them.", valueName: "path"))
    var paths: [String]

    @Option(help: "竞赛编号或规则文件 Id of a built-in contest, or a contest file.")
    var contest: String?

    @Option(help: "输出格式 text, json, ndjson.")
    var format: CheckFormat = .text

    @Option(help: ArgumentHelp("写入文件而不是屏幕 Write to a file instead of standard output.", valueName: "file"))
    var output: String?

    @Option(help: "同时检查的文件数，默认为处理器核数 Files checked at once; default: one a core.")
    var jobs: Int?

    @Flag(help: "不计算 SHA-256 Leave the SHA-256 out of the report.")
    var noDigest = false

    @Flag(help: "把作品和报告存入数据库 Keep each file with its report in the database.")
    var store = false

    @Option(
        help: ArgumentHelp(
            "--store：作品的收到时间 With --store: when the files were handed in, like 2024-04-23T17:00:00+08:00. Default: now.",
            valueName: "time"))
    var receivedAt: Moment?

    @OptionGroup var dataOptions: DataOptions

    @OptionGroup var isolationOptions: IsolationOptions

    @OptionGroup var languageOption: LanguageOption

    func validate() throws {
        if receivedAt != nil && !store {
            throw ValidationError("--received-at 需与 --store 同用 --received-at goes with --store.")
        }
        if let jobs, jobs < 1 { throw ValidationError("--jobs 至少为 1 --jobs is at least 1.") }
        if store && noDigest {
            throw ValidationError(
                "--store 需要 SHA-256，不能与 --no-digest 同用 --store needs the digest; leave out --no-digest.")
        }
    }

    func run() async throws {
        let language = languageOption.language
        guard let name = contest ?? Settings.environment("CONTEST") else {
            throw ValidationError("请用 --contest 指明竞赛 Name a contest with --contest; see clipcheck contests list.")
        }
        let contest = try ContestChoice.contest(name, language: language)
        let lanes = try jobs ?? Settings.number("JOBS", in: 1...Int.max) ?? BlockingLanes.cores
        let inspector = try isolationOptions.inspector(
            default: .bestEffort, jobs: lanes, waiting: .max, language: language)
        let files = FileSearch.files(paths)
        let destination = try openOutput(over: files, language)
        var printer = CheckPrinter(
            format: format, destination: destination, language: language, files: files.count)
        do {
            let intake =
                store
                ? Composition.intake(contests: [contest], inspector: inspector, store: try dataOptions.store())
                : nil
            let run = CheckRun(
                contest: contest, inspector: inspector, intake: intake, received: receivedAt, skipsDigest: noDigest)
            await run.check(files, atOnce: max(1, lanes)) { printer.take($0) }
        } catch {
            Output.error.write(error.message[language] + "\n")
            throw Exit.code(error)
        }
        guard printer.finish() else {
            Output.error.write(
                LocalizedText(zh: "结果无法写出，磁盘可能已满。\n", en: "The results could not be written; the disk may be full.\n")[
                    language])
            throw Exit.failure
        }
        if printer.tally.total == 0 {
            Output.error.write(LocalizedText(zh: "没有找到视频文件。\n", en: "No video was found.\n")[language])
            throw Exit.noInput  // a pipeline that checks nothing must not pass
        }
        let code = Exit.code(printer.tally, errors: printer.errors)
        if code != .success { throw code }
    }

    private func openOutput(over files: [FileSearch.Found], _ language: Language) throws -> Output {
        guard let output else { return .standard }
        var target = stat()
        if stat(output, &target) == 0, target.st_mode & S_IFMT == S_IFREG,
            files.contains(where: { $0.isSame(as: target) })
        {
            Output.error.write(
                LocalizedText(
                    zh: "\(output) 是要检查的文件，不能写入。\n", en: "\(output) is one of the inputs; it is not overwritten.\n")[
                        language])
            throw Exit.usage
        }
        guard let file = Output(path: output) else {
            let reason = String(cString: strerror(errno))
            Output.error.write(
                LocalizedText(zh: "无法写入 \(output)：\(reason)。\n", en: "\(output) cannot be written: \(reason).\n")[
                    language])
            throw Exit.failure
        }
        return file
    }
}

/// How `check` writes its results.
enum CheckFormat: String, ExpressibleByArgument, CaseIterable {
    /// For people.
    case text
    /// One array of all results.
    case json
    /// One result a line, as each file ends.
    case ndjson
}

extension Moment: ExpressibleByArgument {
    /// Reads RFC 3339 with offset.
    public init?(argument: String) { self.init(rfc3339: argument) }
}
