import Foundation
import TestSupport
import Testing

/// A program to run, without anything of the developer's own environment that could change what it prints.
struct Command: Sendable {
    var program: String
    var arguments: [String]
    var environment: [String: String]
    /// Where it runs; nil for the folder of the tests.
    var folder: URL?

    /// - Parameter decodes: whether picture and sound are looked at where a built-in contest asks for that.
    init(
        _ program: String, _ arguments: [String], environment: [String: String] = [:], in folder: URL? = nil,
        decodes: Bool = false
    ) {
        self.program = program
        self.arguments = decodes ? arguments : QuickContests.replacing(in: arguments)
        self.environment = Self.plain.merging(environment) { $1 }
        self.folder = folder
    }

    private static let plain: [String: String] = {
        let kept: Set = ["PATH", "TMPDIR", "LD_LIBRARY_PATH", "LLVM_PROFILE_FILE"]
        let inherited = ProcessInfo.processInfo.environment.filter { kept.contains($0.key) }
        // No data folder in anybody's home, and none that root could make; a crash is a failed test, its backtrace would
        // only take time.
        return inherited.merging(["HOME": "/dev/null", "TERM": "xterm", "SWIFT_BACKTRACE": "enable=no"]) { $1 }
    }()

    /// Runs it to its end, on a thread of our own, at most four at once. A program that hangs is killed, and the test fails.
    ///
    /// - Parameter limit: after which the program counts as one that hangs.
    func run(within limit: Duration = Patience.limit, onTerminal terminal: Terminal? = nil) async throws -> Outcome {
        try await withCheckedThrowingContinuation { done in
            Self.lanes.addOperation { done.resume(with: Result { try runAndWait(limit, onTerminal: terminal) }) }
        }
    }

    private static let lanes: OperationQueue = {
        let queue = OperationQueue()
        queue.maxConcurrentOperationCount = 4
        return queue
    }()

    private func runAndWait(_ limit: Duration, onTerminal terminal: Terminal?) throws -> Outcome {
        let running = try RunningCommand(self, onTerminal: terminal)
        let hasEnded = running.waitForEnd(limit)
        if !hasEnded { running.kill() }
        #expect(hasEnded, "\(arguments) did not end within \(limit)")
        return running.outcome
    }
}

/// The time after which a test takes a program for one that hangs.
///
/// No test measures speed by it: the machine that runs the tests may be shared and slow.
enum Patience {
    /// Ten times what the longest run needs on a quiet machine.
    static let limit = Duration.seconds(300)
}

/// What a program left behind.
struct Outcome: Sendable {
    /// The exit code; 128 and the signal's number when a signal ended it.
    var code: Int32
    var output: Data
    var errors: Data

    var text: String { String(decoding: output, as: UTF8.self) }
    var errorText: String { String(decoding: errors, as: UTF8.self) }
    var lines: [String] { text.split(separator: "\n").map(String.init) }
}

/// A program that runs. Its output goes to files: nothing can block on a full pipe.
final class RunningCommand: Sendable {
    private let process: ChildProcess
    private let folder: URL
    private let terminal: Terminal?

    init(_ command: Command, onTerminal terminal: Terminal? = nil) throws {
        self.terminal = terminal
        folder = FileManager.default.temporaryDirectory.appending(component: "clipcheck-run-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let output = try terminal?.handle ?? Self.newFile("output", in: folder)
        let errors = try terminal?.handle ?? Self.newFile("errors", in: folder)
        process = try ChildProcess(
            command.program, command.arguments, environment: command.environment, folder: command.folder?.path,
            output: output.fileDescriptor, errors: errors.fileDescriptor)
        terminal?.closeHandle()
    }

    deinit {
        kill()
        try? FileManager.default.removeItem(at: folder)
    }

    private static func newFile(_ name: String, in folder: URL) throws -> FileHandle {
        let url = folder.appending(component: name)
        try Data().write(to: url)
        return try FileHandle(forWritingTo: url)
    }

    var isRunning: Bool { process.isRunning }

    /// What it has written so far.
    func written(_ name: String) -> Data { (try? Data(contentsOf: folder.appending(component: name))) ?? Data() }

    /// Waits for its end, on no thread of the cooperative pool; false when the program hangs.
    func reachesEnd() async throws -> Bool { try await reaches { false } }

    /// Waits for `condition`, or for the program's end, on no thread of the cooperative pool; false when the program hangs.
    func reaches(_ condition: () -> Bool) async throws -> Bool {
        let deadline = ContinuousClock.now + Patience.limit
        while process.isRunning, !condition() {
            guard ContinuousClock.now < deadline else { return false }
            terminal?.drain()
            try await Task.sleep(for: .milliseconds(5))
        }
        terminal?.drain()
        return true
    }

    /// Waits for its end on this thread; false when the program hangs.
    func waitForEnd(_ limit: Duration = Patience.limit) -> Bool {
        let deadline = ContinuousClock.now + limit
        while process.isRunning {
            guard ContinuousClock.now < deadline else { return false }
            terminal?.drain()
            usleep(3000)
        }
        terminal?.drain()
        return true
    }

    /// Asks it to end.
    func signal(_ number: Int32) { process.signal(number) }

    /// Ends it, if it still runs.
    func kill() {
        guard process.isRunning else { return }
        signal(SIGKILL)
        process.wait()
    }

    /// What it left; one that still runs is ended.
    var outcome: Outcome {
        kill()
        let code: Int32 =
            switch process.wait() {
            case .exited(let code): code
            case .signalled(let number): 128 + number
            }
        return Outcome(
            code: code, output: terminal?.read ?? written("output"),
            errors: terminal == nil ? written("errors") : Data())
    }
}
