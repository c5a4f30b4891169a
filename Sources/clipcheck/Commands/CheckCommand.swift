public import ArgumentParser
import BlockingLanes
import ContestRules
public import EntryIntake
import EntryStore
import Foundation
public import MediaFacts
import ReportSigning
import Reporting

/// `clipcheck check`: judges files and folders by the rules of a contest.
struct CheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "检查文件或文件夹。 Checks files and folders.")

    @Argument(help: ArgumentHelp("视频文件或文件夹 Videos or folders of them.", valueName: "path"), completion: .file())
    var paths: [PathArgument]

    @Option(help: "竞赛编号或规则文件 Id of a built-in contest, or a contest file.", completion: ContestChoice.completion)
    var contest: String?

    @OptionGroup(title: "输出 Output") var outputOptions: OutputOptions

    @OptionGroup(title: "文件 Files") var fileOptions: FileOptions

    @Option(help: "同时检查的文件数，默认为处理器核数 Files checked at once; default: one a core.")
    var jobs: Int?

    @Option(
        help: """
            看得多仔细 How closely to look: quick (header and packets), standard (also keyframes, sound and suspicious \
            passages), full (every frame). Default: as the rules need.
            """)
    var depth: Depth?

    @Flag(help: "不计算 SHA-256 Leave the SHA-256 out of the report.")
    var noDigest = false

    @Flag(
        help: """
            沿用上次对同一文件夹检查的结果，只检查有变化的文件 Go on from the last run over the same paths: only what has \
            changed since is checked.
            """)
    var resume = false

    @Flag(help: "持续监视文件夹，文件停止增长后即检查；Ctrl-C 结束 Watch folders; a file is checked once it has stopped growing.")
    var watch = false

    @Option(help: ArgumentHelp("--watch：多少秒不变视为停止增长 Seconds without change. Default 5.", valueName: "s"))
    var settle: Int?

    @Option(
        help: """
            最轻的失败等级 The mildest thing that fails a run: non-compliant, needs-review (default), advisory (exit code 3).
            """)
    var failOn: FailOn = .needsReview

    @Flag(help: "把作品和报告存入数据库 Keep each file with its report in the database.")
    var store = false

    @Option(
        help: ArgumentHelp(
            "--store：作品的收到时间 When the files were handed in, like 2024-04-23T17:00:00+08:00. Default with --store: now.",
            valueName: "time"))
    var receivedAt: Moment?

    @Option(
        help: ArgumentHelp(
            "用这个密钥文件签名 JSON 结果，clipcheck verify 可核对；文件由 signing-keys create 建立 Sign the JSON with the first key "
                + "of this file, made by signing-keys create; clipcheck verify checks it.", valueName: "file"),
        completion: .file())
    var signWith: String?

    @OptionGroup var dataOptions: DataOptions

    @OptionGroup var isolationOptions: IsolationOptions

    @OptionGroup var languageOption: LanguageOption

    private var contestName: String? { contest ?? Settings.environment("CONTEST") }

    func validate() throws {
        if receivedAt != nil && !store {
            throw ValidationError("--received-at 需与 --store 同用 --received-at goes with --store.")
        }
        if let jobs, jobs < 1 { throw ValidationError("--jobs 至少为 1 --jobs is at least 1.") }
        for (flag, isSet) in [("--store", store), ("--resume", resume)] where isSet && noDigest {
            throw ValidationError(
                "\(flag) 需要 SHA-256，不能与 --no-digest 同用 \(flag) needs the digest; leave out --no-digest.")
        }
        if settle != nil && !watch { throw ValidationError("--settle 需与 --watch 同用 --settle goes with --watch.") }
        if let settle, !(1...3600).contains(settle) {
            throw ValidationError("--settle 应为 1 到 3600 秒 --settle is between 1 and 3600 seconds.")
        }
        if watch, !paths.contains(where: { FileSearch.isFolder($0.cString) }) {
            throw ValidationError("--watch 需要一个文件夹 --watch needs a folder.")
        }
        if contestName == nil {
            throw ValidationError("请用 --contest 指明竞赛 Name a contest with --contest; see clipcheck contests list.")
        }
        let targets = try outputOptions.targets()
        if signWith != nil, !targets.contains(where: \.format.isSigned) {
            throw ValidationError(
                "--sign-with 需与 --format json 或 ndjson 同用 --sign-with goes with --format json or ndjson.")
        }
    }

    func run() async throws {
        let language = languageOption.language
        let name = contestName ?? ""
        let contest = try ContestChoice.contest(name, language: language)
        let contestFile = ContestChoice.isBuiltIn(name) ? nil : PathArgument(argument: name)
        let signing = try signingKeys(language)
        let keeper = store ? try openStore(language) : nil
        defer { keeper?.close() }
        let (ending, signalNumber) = await execute(try plan(contest, contestFile, keeper, signing, language))
        for line in (ending.message?[language] ?? "").split(separator: "\n") {
            Output.error.write(TextReport.visible(String(line)) + "\n")
        }
        if let signalNumber, !watch { throw ExitCode(128 + signalNumber) }
        if ending.code != .success { throw ending.code }
    }

    private func execute(_ plan: CheckPlan) async -> (CheckPlan.Ending, Int32?) {
        let interruption = await Interruption()
        let ending = await interruption.cancelling { await plan.execute() }
        return (ending, interruption.signalNumber)
    }

    /// The keys that `--sign-with` names; nil without it.
    private func signingKeys(_ language: Language) throws -> SigningKeyRing? {
        guard let signWith else { return nil }
        return try IntakeError.explained(language) { () throws(IntakeError) in
            guard let ring = try SigningKeyRing.read(signWith) else { throw .signingKeysMissing(signWith) }
            return ring
        }
    }

    private func openStore(_ language: Language) throws -> EntryStore {
        do {
            let store = try dataOptions.store()
            if let migration = store.migration {
                Output.error.write(
                    LocalizedText(
                        zh: "数据库已升级，升级前的备份：\(migration.backup)\n",
                        en: "The database was brought up to date; the copy from before: \(migration.backup)\n")[
                            language])
            }
            return store
        } catch {
            Output.error.write(error.message[language] + "\n")
            throw Exit.code(error)
        }
    }

    private func plan(
        _ contest: Contest, _ contestFile: PathArgument?, _ keeper: EntryStore?,
        _ signing: SigningKeyRing?, _ language: Language
    ) throws -> CheckPlan {
        let wanted = try jobs ?? Settings.number("JOBS", in: 1...Int.max) ?? BlockingLanes.cores
        let lanes = min(wanted, Composition.mostJobs)
        let targets = try outputOptions.targets()
        let inspector = try isolationOptions.inspector(
            for: .command, jobs: lanes, waiting: .max, language: language)
        return CheckPlan(
            contest: contest, paths: paths, search: fileOptions.search, inspector: inspector,
            intake: try keeper.map { keeper in
                let keys = try IntakeError.explained(language) { () throws(IntakeError) in
                    try dataOptions.signingKeys()
                }
                return Composition.intake(contests: [contest], inspector: inspector, store: keeper, sealing: keys)
            },
            received: receivedAt, manifest: fileOptions.manifest,
            categories: try fileOptions.categories(in: contest, language),
            contestFile: contestFile, targets: targets,
            signing: signing, lanes: lanes,
            skipsDigest: noDigest, depth: depth, isResumed: resume, settle: watch ? .seconds(settle ?? 5) : nil,
            failOn: failOn,
            showsContacts: fileOptions.showContacts, voice: outputOptions.voice, language: language)
    }
}

extension Depth: ExpressibleByArgument {}

extension Moment: ExpressibleByArgument {
    /// Reads a time of RFC 3339 with its offset from UTC, such as `2024-04-23T17:00:00+08:00`; nil for any other text.
    public init?(argument: String) { self.init(rfc3339: argument) }
}

/// The mildest result that gives a run of `check` an exit code other than 0.
enum FailOn: String, ExpressibleByArgument, CaseIterable {
    case nonCompliant = "non-compliant"
    case needsReview = "needs-review"
    case advisory
}
