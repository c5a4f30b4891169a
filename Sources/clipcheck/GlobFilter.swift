import Foundation
import TextDecoding

/// Chooses the files of a folder by the patterns of `--include` and `--exclude`.
///
/// A pattern is matched with a file's name, or with its path below the folder when the pattern holds a slash; `*`
/// stands for any characters, `?` for one, `[…]` for one of several. Capital letters and the Unicode form of a name
/// make no difference.
struct GlobFilter: Sendable {
    /// Patterns of `--include`. When there is at least one, only files that match one are checked.
    var included: [String] = []
    /// Patterns of `--exclude`. A file that matches one is left out; a folder that matches one is left out with
    /// everything in it.
    var excluded: [String] = []

    /// Whether a file is checked.
    ///
    /// - Parameter path: the file's path below the folder on the command line, in bytes.
    func admits(file path: ArraySlice<CChar>) -> Bool {
        guard !included.isEmpty || !excluded.isEmpty else { return true }
        let path = Self.text(path)
        return (included.isEmpty || included.contains { Self.matches($0, path) })
            && !excluded.contains { Self.matches($0, path) }
    }

    /// Whether the search descends into a folder.
    ///
    /// - Parameter path: the folder's path below the folder on the command line, in bytes.
    func admits(folder path: ArraySlice<CChar>) -> Bool {
        guard !excluded.isEmpty else { return true }
        let path = Self.text(path)
        return !excluded.contains { Self.matches($0, path) }
    }

    /// Whether `path` or its last component matches `pattern`. Source: fnmatch(3), without FNM_PATHNAME, so that `*`
    /// also matches slashes.
    private static func matches(_ pattern: String, _ path: String) -> Bool {
        let pattern = pattern.precomposedStringWithCanonicalMapping.trimmingPrefix("./").lowercased()
        let isPath = pattern.dropLast(pattern.hasSuffix("/") ? 1 : 0).contains("/")
        let subject = isPath ? path : String(path.split(separator: "/").last ?? "")
        let wanted = pattern.hasSuffix("/") ? String(pattern.dropLast()) : pattern
        return fnmatch(wanted, subject, 0) == 0
    }

    /// The path as lower-case text in Unicode form NFC, without leading slashes.
    private static func text(_ path: ArraySlice<CChar>) -> String {
        DecodedName(path: path.map { UInt8(bitPattern: $0) }).text
            .trimmingPrefix(while: { $0 == "/" }).description
            .precomposedStringWithCanonicalMapping.lowercased()
    }
}
