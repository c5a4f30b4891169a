import Foundation
import TestSupport

/// The calls of a program and of all processes that it started, from the log of strace.
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

    /// Arguments of strace before the program to trace. `-A` appends to the log, because each new zygote has a strace
    /// of its own.
    static func options(log: String) -> [String] {
        ["-f", "-q", "-A", "-e", "signal=SIGSYS", "-e", "trace=\(watched.joined(separator: ","))", "-o", log]
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

    /// Parses the file `log` that strace wrote.
    init(_ log: String) throws {
        let content = FileManager.default.contents(atPath: log) ?? Data()
        var begun: [Int: String] = [:]
        let lines = String(decoding: content, as: UTF8.self).split(separator: "\n")
        let all = lines.compactMap { line -> Call? in
            let parts = line.split(separator: " ", maxSplits: 1).map(String.init)
            guard parts.count == 2, let process = Int(parts[0]) else { return nil }
            var text = parts[1].drop { $0 == " " }
            if text.hasSuffix(" <unfinished ...>") {
                begun[process] = String(text.dropLast(" <unfinished ...>".count))
                return nil
            }
            if text.hasPrefix("<... "), let end = text.range(of: " resumed>") {
                text = (begun.removeValue(forKey: process) ?? "") + text[end.upperBound...]
            } else if text.hasPrefix("+++"), let last = begun.removeValue(forKey: process) {
                text = last[...]  // the process was killed during this call
            }
            return Self.call(process, text)
        }
        // For a call at which seccomp ends the process, strace reports the number of the call as its result.
        // Descriptors of a worker are smaller than the numbers of such calls, so a result of 16 or more is not a
        // descriptor.
        let killed = Set(
            lines.filter { $0.contains("+++ killed by SIGSYS") }.compactMap { $0.split(separator: " ").first }
                .compactMap { Int($0) })
        // The strace of a zygote ends with it, perhaps before it logged how the last worker ended.
        let ended = Set(
            lines.filter { $0.contains(" +++ ") }.compactMap { $0.split(separator: " ").first }.compactMap { Int($0) })
        var fatal: [Int: Int] = [:]
        for (index, call) in all.enumerated() {
            let isUnfinished = !ended.contains(call.process) && (call.opensFile || call.makesSocket)
            guard killed.contains(call.process) || isUnfinished else { continue }
            fatal[call.process] = call.result.map { $0 >= 16 } ?? false ? index : nil
        }
        let fatalOnes = Set(fatal.values)
        calls = all.enumerated().map { fatalOnes.contains($0.offset) ? $0.element.withoutResult : $0.element }
        self.killed = killed.union(fatal.keys).count
    }

    private static func call(_ process: Int, _ text: Substring) -> Call? {
        guard let open = text.firstIndex(of: "("), !text.hasPrefix("+++"), !text.hasPrefix("---") else { return nil }
        let rest = text[text.index(after: open)...]
        let end = rest.range(of: " = ", options: .backwards)
        let result = end.map { rest[$0.upperBound...].prefix { $0 != " " } }
        let arguments = rest[..<(end?.lowerBound ?? rest.endIndex)].drop { $0 == " " }
        return Call(
            process: process, name: String(text[..<open]), arguments: String(arguments),
            result: result.flatMap { Int($0) })
    }

    /// Zygotes: processes that ran the executable with `ZygoteProcess.argument`.
    var zygotes: Set<Int> {
        Set(calls.filter { $0.name == "execve" && $0.arguments.contains("--probe-zygote") }.map(\.process))
    }

    /// Processes that a zygote forked, and the processes that those started.
    var workers: Set<Int> {
        var found: Set<Int> = []
        for call in calls where Self.starting.contains(call.name) {
            guard let child = call.result, child > 0 else { continue }
            if zygotes.contains(call.process) || found.contains(call.process) { found.insert(child) }
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
