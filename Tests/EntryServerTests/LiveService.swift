import EntryIntake
import Foundation
import TestSupport
import Testing

@testable import EntryServer

extension TestService {
    /// Listens on a free port of this machine while `work` runs; the service has stopped when the call returns.
    func listening<Value: Sendable>(_ work: (Int) async throws -> Value) async throws -> Value {
        let (ports, source) = AsyncStream.makeStream(of: Int.self)
        let running = Task { [server, background] in
            defer { source.finish() }
            try await withThrowingTaskGroup { group in
                for service in background { group.addTask { await service.run() } }
                defer { group.cancelAll() }
                try await server.run { source.yield($0) }
            }
        }
        defer { running.cancel() }
        guard let port = await ports.first(where: { _ in true }) else {
            try await running.value
            throw ServiceEnded()
        }
        let value = try await work(port)
        running.cancel()
        _ = await running.result
        return value
    }

    /// Waits until the folder of incoming files is empty; false when that takes over two minutes.
    func isIncomingEmpty() async throws -> Bool {
        for _ in 0..<12_000 {
            if !mediaFiles.contains(where: { $0.hasPrefix("incoming/") }) { return true }
            try await Task.sleep(for: .milliseconds(10))
        }
        return false
    }

    private struct ServiceEnded: Error {}
}

/// A program of the system that a test runs.
enum Program {
    /// The exit of a program and its output.
    struct Outcome: Sendable {
        var status: Int32
        var output: [UInt8]
        var errors: String

        var text: String { String(decoding: output, as: UTF8.self) }
    }

    /// Path of a Python with requests, from `CLIPCHECK_PYTHON`; nil when that is not set.
    static let python = ProcessInfo.processInfo.environment["CLIPCHECK_PYTHON"]

    /// Runs a program from `PATH` until it exits. The wait occupies no thread of the cooperative pool.
    static func run(_ name: String, _ arguments: [String]) async throws -> Outcome {
        let (output, errors) = (Pipe(), Pipe())
        let process = try ChildProcess(
            "/usr/bin/env", [name] + arguments, environment: ProcessInfo.processInfo.environment,
            output: output.fileHandleForWriting.fileDescriptor, errors: errors.fileHandleForWriting.fileDescriptor)
        try output.fileHandleForWriting.close()
        try errors.fileHandleForWriting.close()
        async let outputBytes = readAll(output)
        async let errorBytes = readAll(errors)
        let status: Int32 = try await onThread {
            switch process.wait() {
            case .exited(let code): code
            case .signalled(let number): 128 + number
            }
        }
        return await Outcome(
            status: status, output: outputBytes, errors: String(decoding: errorBytes, as: UTF8.self))
    }

    /// Runs curl quietly; the outcome's status is the HTTP status.
    static func curl(_ arguments: String...) async throws -> (status: Int, answer: Outcome) {
        let mark = "\u{1}"
        var outcome = try await run("curl", ["-sS", "-w", "\(mark)%{http_code}"] + arguments)
        #expect(outcome.status == 0, "\(outcome.errors)")
        let end = outcome.output.lastIndex(of: 1) ?? outcome.output.endIndex
        let status = Int(String(decoding: outcome.output[end...].dropFirst(), as: UTF8.self)) ?? 0
        outcome.output = Array(outcome.output[..<end])
        return (status, outcome)
    }

    private static func readAll(_ pipe: Pipe) async -> [UInt8] {
        let read = { @Sendable in Array((try? pipe.fileHandleForReading.readToEnd()) ?? Data()) }
        return (try? await onThread(read)) ?? []
    }
}

/// Runs `work` on a thread of its own, because a wait for another program must not occupy a pool that the service uses.
func onThread<Value: Sendable>(_ work: @escaping @Sendable () throws -> Value) async throws -> Value {
    try await withCheckedThrowingContinuation { done in
        Thread.detachNewThread { done.resume(with: Result { try work() }) }
    }
}
