import Foundation
import TestSupport
import Testing

/// A program to run, without variables of the developer's environment that could change its output.
struct Command: Sendable {
    var program: String
    var arguments: [String]
    var environment: [String: String]
    /// The working folder; nil means that of the tests.
    var folder: URL?

    /// Prepares a program.
    ///
    /// - Parameter decodes: whether built-in contests decode picture and sound when their rules need it.
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
        // The program must not use a data folder in the user's home, and root must not create one. A crash fails the
        // test anyway, so its backtrace would only take time.
        return inherited.merging(["HOME": "/dev/null", "TERM": "xterm", "SWIFT_BACKTRACE": "enable=no"]) { $1 }
    }()

    /// Runs the program to its end on a thread of the tests' own, at most four programs at once. A program that hangs
    /// is killed, and the test fails.
    ///
    /// - Parameter limit: time after which the program counts as hanging.
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

/// The time after which a test treats a program as hanging.
///
/// No test measures speed with this time, because the machine that runs the tests may be shared and slow.
enum Patience {
    /// Ten times the duration of the longest run on a quiet machine.
    static let limit = Duration.seconds(300)
}

/// Output and exit code of a program that ended.
struct Outcome: Sendable {
    /// The exit code; 128 plus the signal's number when a signal ended the program.
    var code: Int32
    var output: Data
    var errors: Data

    var text: String { String(decoding: output, as: UTF8.self) }
    var errorText: String { String(decoding: errors, as: UTF8.self) }
    var lines: [String] { text.split(separator: "\n").map(String.init) }
}

/// A running program. Its output goes to files, so that it cannot block on a full pipe.
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

    /// The content so far of the program's file `name`.
    func written(_ name: String) -> Data { (try? Data(contentsOf: folder.appending(component: name))) ?? Data() }

    /// What the program has shown on its terminal so far; empty without a terminal.
    var shown: String { String(decoding: terminal?.read ?? Data(), as: UTF8.self) }

    /// Waits for the program's end without blocking the cooperative pool; false when the program hangs.
    func reachesEnd() async throws -> Bool { try await reaches { false } }

    /// Waits for `condition` or the program's end without blocking the cooperative pool; false when the program hangs.
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

    /// Waits for the program's end on the present thread; false when the program hangs.
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

    /// Sends a signal to the program.
    func signal(_ number: Int32) { process.signal(number) }

    /// Kills the program if it still runs.
    func kill() {
        guard process.isRunning else { return }
        signal(SIGKILL)
        process.wait()
    }

    /// Output and exit code of the program, which is killed if it still runs.
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
