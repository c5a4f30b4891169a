public import Foundation

/// The clips of this package, and the corpus of real files where the machine has it.
public enum TestMedia {
    /// The folder of clips that `TestMedia/make-clips.sh` makes.
    public static let folder = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(components: "..", "..", "TestMedia").standardizedFileURL

    /// The path of one clip.
    public static func path(_ clip: String) -> String { folder.appending(component: clip).path }

    /// The folder of real files with ground truth, given by the variable `CLIPCHECK_CORPUS`; nil when that is not set.
    public static let corpus: URL? = ProcessInfo.processInfo.environment["CLIPCHECK_CORPUS"].map {
        URL(filePath: $0, directoryHint: .isDirectory)
    }
}

/// A folder that is deleted when the last reference to this object ends.
public final class TemporaryFolder: Sendable {
    /// The location of the folder.
    public let url: URL

    /// Makes an empty folder.
    public init() throws {
        url = FileManager.default.temporaryDirectory.appending(component: "clipcheck-test-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: url) }

    /// The path of `name` inside the folder.
    public func path(_ name: String) -> String { url.appending(component: name).path }

    /// Writes a file into the folder and returns the file's path.
    @discardableResult
    public func write(_ content: some DataProtocol, to name: String) throws -> String {
        try Data(content).write(to: url.appending(component: name))
        return path(name)
    }

    /// Paths of all regular files in the folder, relative to it and sorted.
    public var files: [String] {
        let all = FileManager.default.enumerator(atPath: url.path)?.compactMap { $0 as? String } ?? []
        return all.filter { name in
            var isFolder: ObjCBool = false
            _ = FileManager.default.fileExists(atPath: path(name), isDirectory: &isFolder)
            return !isFolder.boolValue
        }.sorted()
    }
}
