import Foundation
import TestSupport

/// The calls of a program and of all processes that it started, from the logs of strace: one log for each process.
struct SystemCallTrace {
    /// One call of one process; `result` is nil when the call did not return.
    struct Call: CustomStringConvertible {
        let process: Int
        let name: String
        let arguments: String
        let result: Int?

        var description: String { "\(process) \(name)(\(arguments)) = \(result.map(String.init) ?? "?")" }
        var succeeded: Bool { result.map { $0 >= 0 } ?? false }
        var withoutResult: Call { Call(process: process, name: name, arguments: arguments, result: nil) }
        var opensFile: Bool { SystemCallTrace.opening.contains(name) }
        var makesSocket: Bool { ["socket", "socketpair", "accept", "accept4"].contains(name) }
        /// Whether the call could reach another host. Sockets with a file path cannot.
        var reachesOut: Bool { name == "connect" && !arguments.contains("AF_UNIX") || isInternetSocket }
        private var isInternetSocket: Bool { name == "socket" && arguments.hasPrefix("AF_INET") }
    }

    /// The path of strace; nil when the machine has none or forbids tracing.
    static let program: String? = {
        let folders = ProcessInfo.processInfo.environment["PATH", default: "/usr/bin:/bin"].split(separator: ":")
        guard
            let path = folders.map({ "\($0)/strace" }).first(where: FileManager.default.isExecutableFile),
            let trial = try? ChildProcess(
                path, ["-qq", "-e", "trace=none", path, "-V"], environment: [:], output: null, errors: null)
        else { return nil }
        return trial.wait() == .exited(0) ? path : nil
    }()

    /// Arguments of strace before the program to trace. Each traced process gets a log of its own, `log.PID`: several
    /// straces may write at the same time, one for each zygote, and a common log mixes their lines.
    static func options(log: String) -> [String] {
        ["-ff", "-q", "-e", "signal=SIGSYS", "-e", "trace=\(watched.joined(separator: ","))", "-o", log]
    }

    /// A descriptor of /dev/null.
    static let null = open("/dev/null", O_WRONLY | O_CLOEXEC)

    private static let opening: Set = ["open", "openat", "openat2", "creat", "open_by_handle_at"]
    private static let starting: Set = ["clone", "clone3", "fork", "vfork"]
    private static let watched =
        opening.sorted() + starting.sorted() + [
            "socket", "socketpair", "connect", "bind", "sendto", "accept", "accept4", "execve", "execveat",
            "io_uring_setup", "ptrace",
        ]

    let calls: [Call]
    /// Number of processes that seccomp ended.
    let killed: Int

    /// Parses the logs of `options(log:)`.
    init(_ log: String) throws {
        let path = URL(fileURLWithPath: log)
        let names = try FileManager.default.contentsOfDirectory(atPath: path.deletingLastPathComponent().path)
        let prefix = "\(path.lastPathComponent)."
        let processes = names.filter { $0.hasPrefix(prefix) }.compactMap { Int($0.dropFirst(prefix.count)) }.sorted()
        var calls: [Call] = []
        var killed = 0
        for process in processes {
            let content = FileManager.default.contents(atPath: "\(log).\(process)") ?? Data()
            let lines = String(decoding: content, as: UTF8.self).split(separator: "\n")
            var own = lines.compactMap { Self.call(process, $0) }
            let wasKilled = lines.contains { $0.hasPrefix("+++ killed by SIGSYS") }
            // The strace of a zygote ends with it, perhaps before it logged how the last worker ended.
            let endIsMissing = !lines.contains { $0.hasPrefix("+++ ") }
            // For a call at which seccomp ends the process, strace reports the number of the call as its result.
            // Descriptors of a worker are smaller than the numbers of such calls, so a result of 16 or more is not a
            // descriptor.
            let isFatal = wasKilled || endIsMissing && own.last.map { $0.opensFile || $0.makesSocket } == true
            if isFatal, let last = own.last, let result = last.result, result >= 16 {
                own[own.count - 1] = last.withoutResult
                killed += 1
            } else if wasKilled {
                killed += 1
            }
            calls += own
        }
        self.calls = calls
        self.killed = killed
    }

    private static func call(_ process: Int, _ line: Substring) -> Call? {
        guard let open = line.firstIndex(of: "("), !line.hasPrefix("+++"), !line.hasPrefix("---") else { return nil }
        let rest = line[line.index(after: open)...]
        let end = rest.range(of: " = ", options: .backwards)
        let result = end.map { rest[$0.upperBound...].prefix { $0 != " " } }
        let arguments = rest[..<(end?.lowerBound ?? rest.endIndex)]
        return Call(
            process: process, name: String(line[..<open]), arguments: String(arguments),
            result: result.flatMap { Int($0) })
    }

    /// Zygotes: processes that ran the executable with `ZygoteProcess.argument`.
    var zygotes: Set<Int> {
        Set(calls.filter { $0.name == "execve" && $0.arguments.contains("--probe-zygote") }.map(\.process))
    }

    /// Processes that a zygote forked, and the processes that those started.
    var workers: Set<Int> {
        let starts = calls.filter { Self.starting.contains($0.name) }
        var found: Set<Int> = []
        var parents = zygotes
        while !parents.isEmpty {
            let children = starts.filter { parents.contains($0.process) }.compactMap(\.result).filter { $0 > 0 }
            parents = Set(children).subtracting(found)
            found.formUnion(parents)
        }
        return found
    }

    /// The calls of `processes`.
    func calls(of processes: Set<Int>) -> [Call] { calls.filter { processes.contains($0.process) } }
}

/// The calls of several processes, by kind.
struct Doings: CustomStringConvertible {
    let opened: [SystemCallTrace.Call]
    let sockets: [SystemCallTrace.Call]
    let started: [SystemCallTrace.Call]
    let refused: [SystemCallTrace.Call]

    init(_ calls: [SystemCallTrace.Call]) {
        opened = calls.filter { $0.opensFile && $0.succeeded }
        sockets = calls.filter { $0.makesSocket && $0.succeeded }
        started = calls.filter { !$0.opensFile && !$0.makesSocket && $0.succeeded }
        refused = calls.filter { !$0.succeeded }
    }

    var description: String {
        "files opened: \(opened.count), sockets made: \(sockets.count), other calls: \(started.count), "
            + "refused: \(refused.count)"
    }
}
