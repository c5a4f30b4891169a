import Foundation
import TestSupport

/// A folder of clips that a Python script beside the tests makes, kept in the build folder.
enum MadeFolder {
    struct MakingFailed: Error {}

    /// Whether a folder of `PATH` holds ffmpeg.
    static let hasFFmpeg = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
        .contains { FileManager.default.isExecutableFile(atPath: "\($0)/ffmpeg") }

    /// The folder's path. The script runs on first use; a script of another size gets a new folder.
    ///
    /// - Parameters:
    ///   - script: path of the script below the tests' folder.
    ///   - arguments: arguments of the script after the folder.
    ///   - result: name of the file that the script writes last.
    static func path(
        script: String, name: String, arguments: [String] = [], result: String = "expected.json"
    ) throws -> String {
        let tests = URL(filePath: #filePath).deletingLastPathComponent()
        let program = tests.appending(path: script)
        let size = (try program.resourceValues(forKeys: [.fileSizeKey])).fileSize ?? 0
        let root = tests.deletingLastPathComponent().deletingLastPathComponent()
        let folder = root.appending(path: ".build/\(name)-\(size)").path
        guard !FileManager.default.fileExists(atPath: "\(folder)/\(result)") else { return folder }
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let null = open("/dev/null", O_WRONLY)
        defer { close(null) }
        let maker = try ChildProcess(
            "/usr/bin/env", ["python3", program.path, folder] + arguments,
            environment: ProcessInfo.processInfo.environment, output: null, errors: STDERR_FILENO)
        guard maker.wait() == .exited(0) else { throw MakingFailed() }
        return folder
    }
}
