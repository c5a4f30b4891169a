import Foundation
import MediaFacts
import TestSupport

@testable import ProbeWorker

/// Sizes of long tests, which environment variables can set.
enum Effort {
    /// The value of the variable `name` as a whole number above zero; nil when it is not set to one.
    static func number(_ name: String) -> Int? {
        ProcessInfo.processInfo.environment[name].flatMap(Int.init).flatMap { $0 > 0 ? $0 : nil }
    }
}

/// Reads the table of processes from /proc.
enum ProcessTable {
    /// One process: its id, state (`R`, `S`, `T`, `Z`…) and parent. Source: proc(5), `stat`.
    struct Row: Sendable {
        var process: Int32
        var state: Character
        var parent: Int32
    }

    /// The row of one process; nil when the process does not exist.
    static func row(_ process: Int32) -> Row? {
        guard let text = text("/proc/\(process)/stat"), let end = text.lastIndex(of: ")") else { return nil }
        let fields = text[text.index(after: end)...].split(separator: " ")
        guard fields.count > 1, let state = fields[0].first, let parent = Int32(fields[1]) else { return nil }
        return Row(process: process, state: state, parent: parent)
    }

    /// Processes whose parent is `process`, zombies included.
    static func children(of process: Int32) -> [Row] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
        return names.compactMap { Int32($0) }.compactMap(row).filter { $0.parent == process }
    }

    /// Living children of the first thread of `process`. Faster than `children(of:)`; a zygote has only one thread.
    static func livingChildren(of process: Int32) -> [Int32] {
        guard let list = text("/proc/\(process)/task/\(process)/children") else {
            return children(of: process).filter { $0.state != "Z" }.map(\.process)
        }
        return list.split(separator: " ").compactMap { Int32($0) }
    }

    /// Children of `process` that have ended and that it has not reaped.
    static func zombies(of process: Int32) -> [Row] { children(of: process).filter { $0.state == "Z" } }

    /// Whether `process` exists and is not a zombie.
    static func isRunning(_ process: Int32) -> Bool { row(process).map { $0.state != "Z" } ?? false }

    /// Number of open descriptors of a process.
    static func descriptors(of process: Int32) -> Int {
        ((try? FileManager.default.contentsOfDirectory(atPath: "/proc/\(process)/fd")) ?? []).count
    }

    /// Resident memory of a process in bytes; 0 when the process has ended.
    static func residentBytes(of process: Int32) -> Int64 { ResidentMemory.bytes(of: process) ?? 0 }

    private static func text(_ path: String) -> String? {
        FileManager.default.contents(atPath: path).map { String(decoding: $0, as: UTF8.self) }
    }
}

/// Waits until `condition` is true; returns false when it is still false after `seconds`.
func eventually(within seconds: Double, _ condition: () throws -> Bool) async rethrows -> Bool {
    let end = ContinuousClock.now + .seconds(seconds)
    while ContinuousClock.now < end {
        if try condition() { return true }
        try? await Task.sleep(for: .milliseconds(5))
    }
    return try condition()
}

extension ProbeWorker {
    /// A prober whose zygote is the built executable.
    static func built(_ limits: WorkerLimits = WorkerLimits(wallTime: .seconds(30)), lanes: Int? = 2) throws -> Self {
        try Self(executable: Binary.path, limits: limits, lanes: lanes)
    }

    /// Reads `file` at depth `.quick` with all measurements.
    func outcome(of file: MediaFile) async -> Result<MediaFacts, ProbeError> {
        do throws(ProbeError) {
            return .success(try await facts(of: file, measuring: Set(Measurement.allCases)))
        } catch {
            return .failure(error)
        }
    }

    /// Process ids of the living children of the zygote.
    var children: [Int32] { zygoteProcess.map(ProcessTable.livingChildren) ?? [] }

    /// Waits until the children of earlier readings have ended. A reading returns as soon as its child has sent the
    /// whole answer, and the child may end a moment later.
    func becomesIdle() async -> Bool { await eventually(within: 30) { children.isEmpty } }

    /// Starts reading `file`, waits until its child runs, and sends the child a signal.
    func signal(
        _ signal: Int32, whileReading file: MediaFile
    ) async -> (reading: Task<Result<MediaFacts, ProbeError>, Never>, child: Int32?) {
        _ = await becomesIdle()
        let reading = Task { await self.outcome(of: file) }
        var child: Int32?
        _ = await eventually(within: 30) {
            child = children.first
            return child != nil
        }
        // The child is stopped at once, so that it cannot end before the signal is sent.
        if let child {
            kill(child, SIGSTOP)
            kill(child, signal)
            if signal != SIGSTOP { kill(child, SIGCONT) }
        }
        return (reading, child)
    }
}

extension Result where Failure == ProbeError {
    /// The code of the error; nil when the result is facts.
    var code: ProbeError.Code? {
        guard case .failure(let error) = self else { return nil }
        return error.code
    }
}
