import Foundation
import TestSupport

/// Runs Python programs that read an output and print what they read as JSON.
enum Python {
    /// Path of any Python 3; nil when there is none.
    static let any = withPackages ?? Binary.tool("python3")
    /// Path of a Python with the packages of `Tests/requirements.txt`; nil when `CLIPCHECK_PYTHON` is not set.
    static let withPackages = ProcessInfo.processInfo.environment["CLIPCHECK_PYTHON"]

    /// Runs `script` with the path of a file that holds `input`, and returns its output.
    static func read<Value: Decodable>(_ python: String, _ script: String, _ input: String) async throws -> Value {
        let (code, output) = try await run(python, ["-c", script], input)
        guard code == .exited(0) else { throw Failure(output: String(decoding: output, as: UTF8.self)) }
        return try JSONDecoder().decode(Value.self, from: output)
    }

    /// Runs a program with its arguments and the path of a file that holds `input`; returns its exit status and all
    /// that it printed.
    static func run(_ program: String, _ arguments: [String], _ input: String) async throws
        -> (ChildProcess.End, Data)
    {
        let folder = FileManager.default.temporaryDirectory.appending(component: "clipcheck-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let (file, printed) = (folder.appending(component: "input"), folder.appending(component: "printed"))
        try Data(input.utf8).write(to: file)
        try Data().write(to: printed)
        let handle = try FileHandle(forWritingTo: printed)
        let process = try ChildProcess(
            program, arguments + [file.path], environment: ["PYTHONUTF8": "1"], output: handle.fileDescriptor,
            errors: handle.fileDescriptor)
        try handle.close()
        return (await process.hasEnded(), try Data(contentsOf: printed))
    }

    private struct Failure: Error { var output: String }
}
