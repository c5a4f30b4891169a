import Foundation
import TestSupport

/// Clips made by `python/make_content_clips.py`, each with what is truly in it.
struct ContentTruth: Decodable {
    struct Clip: Decodable {
        /// Packets from one keyframe to the next.
        var gop: Int64
        var black: [[Int64]]
        var frozen: [[Int64]]
        var silent: [[Int64]]
        var activePicture: [Piece]
        /// Nobody could tell bars from black there.
        var activePictureIsUnclear: Bool?
    }

    struct Piece: Decodable {
        var fromMilliseconds: Int64
        var x: Int
        var y: Int
        var width: Int
        var height: Int
    }

    struct MakingFailed: Error {}

    private var clips: [String: Clip]

    /// The clips by path. Made on first use, which takes about a minute, and kept in the build folder.
    static let made: [String: Clip] = {
        (try? made(in: folder)) ?? [:]
    }()

    private static let script = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "python/make_content_clips.py")

    /// Named after the script's size: another script makes other clips.
    private static var folder: String {
        let size = (try? script.resourceValues(forKeys: [.fileSizeKey]).fileSize) ?? 0
        let root = script.deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        return root.appending(path: ".build/content-clips-\(size)").path
    }

    private static func made(in folder: String) throws -> [String: Clip] {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let null = open("/dev/null", O_WRONLY)
        defer { close(null) }
        let maker = try ChildProcess(
            "/usr/bin/env", ["python3", script.path, folder], environment: ProcessInfo.processInfo.environment,
            output: null, errors: STDERR_FILENO)
        guard maker.wait() == .exited(0) else { throw MakingFailed() }
        let data = try Data(contentsOf: URL(filePath: folder + "/truth.json"))
        let clips = try JSONDecoder().decode(ContentTruth.self, from: data).clips
        return Dictionary(uniqueKeysWithValues: clips.map { ("\(folder)/\($0.key)", $0.value) })
    }
}
