internal import Foundation

/// A clip that ffmpeg made for a test. The file is deleted when the last reference to this object ends.
public final class MadeClip: Sendable {
    /// The path of the clip.
    public let path: String
    private let folder: URL

    /// ffmpeg could not make the clip.
    public struct Failed: Error {}

    /// Makes a clip called `name`; `arguments` are ffmpeg's arguments before the output file.
    public init(_ name: String, _ arguments: [String]) throws {
        folder = FileManager.default.temporaryDirectory.appending(component: "clipcheck-clip-\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        path = folder.appending(component: name).path
        let null = open("/dev/null", O_WRONLY)
        defer { close(null) }
        let maker = try ChildProcess(
            "/usr/bin/env", ["ffmpeg", "-nostdin", "-v", "error", "-y"] + arguments + [path],
            environment: ProcessInfo.processInfo.environment, output: null, errors: STDERR_FILENO)
        guard maker.wait() == .exited(0) else { throw Failed() }
    }

    deinit { try? FileManager.default.removeItem(at: folder) }
}
