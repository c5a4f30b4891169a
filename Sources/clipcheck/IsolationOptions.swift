import ArgumentParser
import EntryIntake
import EntryServer
import MediaFacts
import ProbeWorker

/// Options about the worker processes that read files: their limits, and how well they must be locked down.
struct IsolationOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "隔离要求 How well workers must be locked down: required (seccomp at least), best-effort.", valueName: "policy")
    )
    var isolation: IsolationPolicy?

    @Option(help: ArgumentHelp("读取一个文件的最长时间 Wall time for one file, in seconds. Default 120.", valueName: "s"))
    var wallTime: Int?

    @Option(help: ArgumentHelp("读取一个文件的处理器时间 CPU time for one file, in seconds. Default 60.", valueName: "s"))
    var cpuTime: Int?

    @Option(help: ArgumentHelp("读取一个文件的内存 Resident memory for one file, in MiB. Default 512.", valueName: "MiB"))
    var memory: Int?

    @Option(help: ArgumentHelp("读取一个文件可打开的描述符 Open descriptors of one worker. Default 16.", valueName: "n"))
    var maxDescriptors: Int?

    @Option(help: ArgumentHelp("一个文件的流数上限 Streams in one file. Default 64.", valueName: "n"))
    var maxStreams: Int?

    @Option(help: ArgumentHelp("画面像素数上限 Pixels in one picture. Default 268435456.", valueName: "n"))
    var maxPixels: Int?

    func validate() throws {
        for (flag, value) in [
            ("--wall-time", wallTime), ("--cpu-time", cpuTime), ("--memory", memory),
            ("--max-descriptors", maxDescriptors), ("--max-streams", maxStreams),
            ("--max-pixels", maxPixels),
        ] {
            guard let value, !(1...(1 << 40)).contains(value) else { continue }
            throw ValidationError("\(flag) 超出范围 is out of range: \(value)")
        }
    }

    /// The limits of one worker: from the flags, or else the environment, or else the defaults.
    ///
    /// - Throws: a usage error when a variable is not in its range.
    func limits() throws -> WorkerLimits {
        let defaults = WorkerLimits()
        let range = 1...(1 << 40)
        let memory = try memory ?? Settings.number("MEMORY", in: range)
        return WorkerLimits(
            wallTime: try (wallTime ?? Settings.number("WALL_TIME", in: range)).map { .seconds($0) }
                ?? defaults.wallTime,
            cpuSeconds: try cpuTime ?? Settings.number("CPU_TIME", in: range) ?? defaults.cpuSeconds,
            residentBytes: memory.map { Int64($0) << 20 } ?? defaults.residentBytes,
            descriptors: try maxDescriptors ?? Settings.number("MAX_DESCRIPTORS", in: range) ?? defaults.descriptors,
            streams: try maxStreams ?? Settings.number("MAX_STREAMS", in: range) ?? defaults.streams,
            pixels: try maxPixels ?? Settings.number("MAX_PIXELS", in: range) ?? defaults.pixels)
    }

    /// The isolation that the kernel of this machine offers.
    ///
    /// - Parameter reader: its policy applies when neither `--isolation` nor `CLIPCHECK_ISOLATION` is given.
    /// - Throws: an exit with code 70, after printing why, when isolation is required and the kernel offers none; a usage
    ///   error when `CLIPCHECK_ISOLATION` names no policy.
    func level(for reader: FileReader, language: Language) throws -> Isolation {
        let level = Isolation.available
        let wanted = try isolation ?? Settings.choice("ISOLATION") ?? reader.policy
        guard wanted == .required, level == .none else { return level }
        let refusal = reader.refusal
        Output.error.write(
            LocalizedText(
                zh: "本机内核不支持 seccomp，无法隔离对陌生文件的读取，\(refusal.zh)。了解风险后可用 --isolation best-effort。\n",
                en: "This kernel offers no seccomp, so reading strangers' files cannot be isolated and \(refusal.en). "
                    + "Knowing the risk, use --isolation best-effort.\n")[language])
        throw Exit.failure
    }
}

extension IsolationOptions {
    /// Makes the inspector that these options describe.
    ///
    /// - Throws: an exit with code 70 after printing why no file can be read; a usage error when a variable has
    ///   a value that is not allowed.
    func inspector(
        for reader: FileReader, jobs: Int?, waiting: Int, language: Language, meter: ServiceMeter? = nil
    ) throws -> Inspector {
        let level = try level(for: reader, language: language)
        do {
            return try Composition.inspector(
                jobs: jobs, waiting: waiting, limits: try limits(), isolation: level, meter: meter)
        } catch let error as ProbeError {
            Output.error.write(error.message[language] + "\n")
            throw Exit.failure
        }
    }
}

/// How well workers must be locked down.
enum IsolationPolicy: String, ExpressibleByArgument, CaseIterable {
    /// Workers are locked down with seccomp at least; otherwise the command ends with code 70.
    case required
    /// Workers are locked down as well as the kernel allows, possibly not at all.
    case bestEffort = "best-effort"
}

/// The kind of command that has files read.
enum FileReader {
    /// `serve`, which reads files that strangers send.
    case service
    /// `check` and `probe`, which read files that their user names.
    case command

    /// The isolation that the command demands by default.
    var policy: IsolationPolicy {
        switch self {
        case .service: .required
        case .command: .bestEffort
        }
    }

    /// The last part of the message about missing isolation: what the command did not do.
    var refusal: LocalizedText {
        switch self {
        case .service: LocalizedText(zh: "服务未启动", en: "the service was not started")
        case .command: LocalizedText(zh: "没有读取任何文件", en: "no file was read")
        }
    }
}
