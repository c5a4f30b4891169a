public import ContestRules
public import Foundation

/// The contest files of published notices, under `Tests/ContestRulesTests/Notices`.
public enum NoticeFile {
    /// Names of language features that the notices need and the loader lacks. A line of a notice that ends with
    /// `# needs: NAME` is left out while the name is listed here, and so is a row of the coverage table with
    /// `needs: [NAME]`.
    public static let missingFeatures: Set<String> = [
        "for", "file-name", "form-kinds", "attachments", "files", "quotas", "ai-label",
    ]

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

    /// The contest of a notice with the rules for works of `category`, without the features that are missing.
    ///
    /// The rules are chosen in the text, so the result is the same whether or not the loader knows `for`.
    public static func contest(_ id: String, category: String?) throws -> Contest {
        let lines = try text(id).split(separator: "\n", omittingEmptySubsequences: false)
        let kept = lines.compactMap { line($0, category) }
        return try ContestFile.load(kept.joined(separator: "\n"), file: "\(id).yaml")
    }

    /// A line as works of `category` need it; nil when it does not concern them or needs a missing feature.
    private static func line(_ line: Substring, _ category: String?) -> String? {
        if let need = line.firstMatch(of: #/  # needs: ([a-z-]+)$/#)?.1, missingFeatures.contains(String(need)) {
            return nil
        }
        guard let scope = line.firstMatch(of: #/for: \[([^\]]*)\], /#) else { return String(line) }
        let categories = scope.1.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
        guard let category, categories.contains(category) else { return nil }
        return String(line.replacing(scope.0, with: ""))
    }
}
