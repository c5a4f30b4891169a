public import ContestRules
public import Foundation

/// The contest files of published notices, under `Tests/ContestRulesTests/Notices`.
public enum NoticeFile {
    /// The folder of the files.
    public static let folder = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(components: "..", "ContestRulesTests", "Notices").standardizedFileURL

    /// Ids of the notices, sorted.
    public static let ids: [String] = ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? [])
        .filter { $0.hasSuffix(".yaml") }.map { String($0.dropLast(".yaml".count)) }.sorted()

    /// The text of a notice.
    public static func text(_ id: String) throws -> String {
        try String(contentsOf: folder.appending(path: "\(id).yaml"), encoding: .utf8)
    }

    /// The contest of a notice.
    public static func contest(_ id: String) throws -> Contest {
        try ContestFile.load(try text(id), file: "\(id).yaml")
    }
}
