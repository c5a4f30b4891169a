import ArgumentParser
import BlockingLanes
import ContestRules
import EntryIntake
import EntryServer
import EntryStore
import Foundation
import Logging
import MediaFacts

/// `clipcheck serve`: runs the HTTP service until SIGTERM or SIGINT.
struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve", abstract: "启动 HTTP 服务。 Starts the HTTP service.")

    @Option(help: "监听地址，默认只限本机 Address to listen on; default 127.0.0.1, this machine only.")
    var host: String?

    @Option(help: "监听端口，0 表示任选 Port to listen on; 0 takes any free one. Default 8080.")
    var port: Int?

    @OptionGroup var dataOptions: DataOptions

    @Option(help: ArgumentHelp("另外的规则文件，可重复 A contest file beside the built-in ones; repeatable.", valueName: "file"))
    var contest: [String] = []

    @Option(help: ArgumentHelp("单个文件的最大字节数 Largest upload in bytes. Default 8 GiB.", valueName: "bytes"))
    var maxUpload: Int?

    @Option(help: "同时检查的文件数 Files checked at once; default: one a core.")
    var jobs: Int?

    @Option(help: "排队等待检查的文件数，超过则回复 429 Checks that may wait before 429. Default 512.")
    var waiting: Int?

    @Option(help: ArgumentHelp("未完成的断点续传保留多久 How long an unfinished upload is kept. Default 604800.", valueName: "s"))
    var uploadLifetime: Int?

    @Option(
        help: ArgumentHelp(
            "收发的最低速度，更慢的连接会被断开 Least rate of sending and reading; slower clients are cut off. Default 1024; 0 is none.",
            valueName: "bytes/s"))
    var minRate: Int?

    @Option(
        help: ArgumentHelp(
            "同时打开的连接数 Connections open at once; default: by the limit of descriptors (ulimit -Hn), at most 4096.",
            valueName: "n"))
    var connections: Int?

    @Option(
        help: ArgumentHelp(
            "收到结束信号后，留给未完成请求的时间 Time for requests under way after SIGTERM or SIGINT. Default 30.", valueName: "s"))
    var shutdownTime: Int?

    @Option(help: .hidden)
    var clock: Moment?

    @Option(help: .hidden)
    var exampleClip: String?

    @OptionGroup var doorOptions: DoorOptions

    @OptionGroup var limitOptions: LimitOptions

    @OptionGroup var isolationOptions: IsolationOptions

    @OptionGroup var logOptions: LogOptions

    @OptionGroup var languageOption: LanguageOption

    func validate() throws {
        for (flag, value, range) in [
            ("--port", port, 0...65_535), ("--max-upload", maxUpload, Self.sizes), ("--jobs", jobs, 1...Int.max),
            ("--waiting", waiting, 0...Int.max), ("--upload-lifetime", uploadLifetime, 1...Self.mostSeconds),
            ("--min-rate", minRate, 0...(1 << 30)), ("--connections", connections, Self.connectionCounts),
            ("--shutdown-time", shutdownTime, Self.shutdownSeconds),
        ] {
            guard let value, !range.contains(value) else { continue }
            throw ValidationError("\(flag) 超出范围 is out of range: \(value)")
        }
    }

    private static let sizes = 1...(1 << 50)
    private static let mostSeconds = 366 * 86_400
    private static let connectionCounts = 1...(1 << 24)
    private static let shutdownSeconds = 0...86_400

    func run() async throws {
        let language = languageOption.language
        let logger = try logOptions.logger()
        let extra = try contest.map { try ContestChoice.load(file: $0, language: language) }
        let contests = BuiltInContests.withDemonstration + extra
        let meter = Composition.meter(contests)
        let plan = try plan(language, logger)
        // The last setting that is read: a wrong one ends the command before a process is started.
        let inspector = try isolationOptions.inspector(
            for: .service, jobs: plan.jobs, waiting: plan.mostWaiting, language: language, meter: meter)
        logger.info("isolation: \(inspector.readingLimits(at: .quick)?.isolation ?? "none")")
        do {
            let store = try dataOptions.store(mostBytes: plan.server.mostMediaBytes, timing: meter)
            Self.logOpening(of: store, logger)
            let hasKeys = try await store.hasKeys()
            try doorOptions.refuseOpenDoor(host: plan.server.host, hasKeys: hasKeys, language)
            let intake = Composition.intake(
                contests: contests, inspector: inspector, store: store,
                sealing: try dataOptions.watchedSigningKeys(logger), storageLimits: plan.storage,
                clock: clock.map(WallClock.started) ?? .system, timing: meter)
            let run = Composition.serviceRun(
                intake, store: store, uploadLifetime: plan.uploadLifetime, settings: plan.server,
                shutdownTime: plan.shutdownTime, meter: meter, logger: logger)
            try await run.run { port in announce(host: plan.server.host, port: port, hasKeys: hasKeys) }
        } catch let exit as ExitCode {
            throw exit
        } catch let error as IntakeError {
            Output.error.write(error.message[language] + (error.cause.map { " (\($0))" } ?? "") + "\n")
            throw Exit.failure
        } catch {
            let place = "\(plan.server.host):\(plan.server.port)"
            Output.error.write(
                LocalizedText(
                    zh: "无法在 \(place) 上启动服务：\(error)。端口可能已被占用，可用 --port 换一个。\n",
                    en: "The service cannot start on \(place): \(error). The port may be in use; try --port.\n")[
                        language])
            throw Exit.failure
        }
    }

    /// Reads every setting from flags and environment.
    ///
    /// - Throws: a usage error for a value out of range; the exits of `mostConnections(beside:_:_:)`.
    private func plan(_ language: Language, _ logger: Logger) throws -> ServePlan {
        let mostBytes = Int64(
            try maxUpload ?? Settings.number("MAX_UPLOAD", in: Self.sizes) ?? Int(EntryStore.defaultMostBytes))
        let jobs = try jobs ?? Settings.number("JOBS", in: 1...Int.max)
        let server = ServerSettings(
            host: host ?? Settings.environment("HOST") ?? "127.0.0.1",
            port: try port ?? Settings.number("PORT", in: 0...65_535) ?? 8080, mostBodyBytes: mostBytes + (1 << 20),
            mostMediaBytes: mostBytes, publicURLs: try doorOptions.publicURLs,
            allowedOrigins: try doorOptions.allowedOrigins,
            leastBytesPerSecond: try minRate ?? Settings.number("MIN_RATE", in: 0...(1 << 30)) ?? 1024,
            mostConnections: try mostConnections(beside: jobs, language, logger),
            mostFields: try limitOptions.mostFields())
        let lifetime =
            try uploadLifetime ?? Settings.number("UPLOAD_LIFETIME", in: 1...Self.mostSeconds) ?? 7 * 86_400
        let shutdownTime = try shutdownTime ?? Settings.number("SHUTDOWN_TIME", in: Self.shutdownSeconds) ?? 30
        return ServePlan(
            server: server, storage: try limitOptions.storage(), uploadLifetime: .seconds(lifetime),
            shutdownTime: .seconds(shutdownTime), jobs: jobs,
            mostWaiting: try waiting ?? Settings.number("WAITING", in: 0...Int.max) ?? 512)
    }

    /// Logs what opening the data folder changed in it.
    private static func logOpening(of store: EntryStore, _ logger: Logger) {
        if let migration = store.migration {
            logger.notice(
                "the database was brought up to date",
                metadata: ["steps": "\(migration.steps.joined(separator: ", "))", "backup": "\(migration.backup)"])
        }
        if !store.lostUploads.isEmpty {
            logger.warning(
                "unfinished uploads were removed, because their bytes are gone",
                metadata: ["uploads": "\(store.lostUploads.joined(separator: ", "))"])
        }
    }

    /// Raises the limit of descriptors, chooses how many connections may be open at once, and logs both.
    ///
    /// - Parameter jobs: files read at once, which take descriptors, too; nil means one for every core.
    /// - Throws: an exit with code 64 when more connections are asked for than the descriptors allow, 70 when there are
    ///   too few descriptors for any.
    private func mostConnections(beside jobs: Int?, _ language: Language, _ logger: Logger) throws -> Int {
        let budget = DescriptorBudget(limit: DescriptorBudget.raiseLimit(), jobs: jobs ?? BlockingLanes.cores)
        let asked = try connections ?? Settings.number("CONNECTIONS", in: Self.connectionCounts)
        let connections = asked ?? budget.defaultConnections
        guard (1...max(1, budget.mostConnections)).contains(connections), budget.mostConnections > 0 else {
            let (limit, most) = (budget.limit, budget.mostConnections)
            Output.error.write(
                LocalizedText(
                    zh: "描述符上限 \(limit) 只够 \(most) 个连接（每个连接两个，另保留 \(budget.reserved) 个）。"
                        + "请提高 ulimit -Hn，或减小 --connections、--jobs。\n",
                    en: "The limit of \(limit) descriptors is enough for \(most) connections: two each, and "
                        + "\(budget.reserved) are reserved. Raise ulimit -Hn, or lower --connections or --jobs.\n")[
                        language])
            throw asked == nil ? Exit.failure : Exit.usage
        }
        logger.info(
            "limits",
            metadata: [
                "connections": "\(connections)", "descriptors": "\(budget.limit)", "reserved": "\(budget.reserved)",
            ])
        return connections
    }

    /// Prints the address of the service and a command to try, and a warning when there are no keys.
    private func announce(host: String, port: Int, hasKeys: Bool) {
        let address = "http://\(host.contains(":") ? "[\(host)]" : host):\(port)"
        let clip = exampleClip ?? "作品.mp4"
        let isPlain = clip.allSatisfy { $0.isLetter || $0.isNumber || "._-/".contains($0) }
        let part = isPlain ? "media=@\(clip)" : "'media=@" + clip.replacing("'", with: "'\\''") + "'"
        Output.standard.write(
            """
            clipcheck \(Release.version)
            页面 page:   \(address)/
            试用 try it: curl \(hasKeys ? "-H 'Authorization: Bearer <key>' " : "")-F contest=demo -F title=试用 -F \(part) \(address)/v1/entries

            """)
        if !hasKeys { Output.standard.write(doorOptions.openDoorNote(host: host)) }
    }
}
