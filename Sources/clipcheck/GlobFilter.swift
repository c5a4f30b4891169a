import Foundation
import TextDecoding

/// Which files of a folder are checked: `--include` and `--exclude`.
///
/// A pattern is matched with a file's name, or with its path below the folder when it holds a slash; `*` and `?` stand
/// for any characters, `[…]` for one of several. Capital letters and the Unicode form of a name make no difference.
struct GlobFilter: Sendable {
    /// When there is any, a file must match one.
    var included: [String] = []
    /// A file or a folder that matches one is left out with all that is in it.
    var excluded: [String] = []

    /// Whether a file counts.
    ///
    /// - Parameter path: below the folder that was named, in bytes.
    func admits(file path: ArraySlice<CChar>) -> Bool {
        guard !included.isEmpty || !excluded.isEmpty else { return true }
        let path = Self.text(path)
        return (included.isEmpty || included.contains { Self.matches($0, path) })
            && !excluded.contains { Self.matches($0, path) }
    }

    /// Whether a folder is searched.
    func admits(folder path: ArraySlice<CChar>) -> Bool {
        guard !excluded.isEmpty else { return true }
        let path = Self.text(path)
        return !excluded.contains { Self.matches($0, path) }
    }

    /// Source: fnmatch(3). Without FNM_PATHNAME, so that `*` also stands for folders in between.
    private static func matches(_ pattern: String, _ path: String) -> Bool {
        let pattern = pattern.precomposedStringWithCanonicalMapping.trimmingPrefix("./").lowercased()
        let isPath = pattern.dropLast(pattern.hasSuffix("/") ? 1 : 0).contains("/")
        let subject = isPath ? path : String(path.split(separator: "/").last ?? "")
        let wanted = pattern.hasSuffix("/") ? String(pattern.dropLast()) : pattern
        return fnmatch(wanted, subject, 0) == 0
    }

    private static func text(_ path: ArraySlice<CChar>) -> String {
        DecodedName(path: path.map { UInt8(bitPattern: $0) }).text
            .trimmingPrefix(while: { $0 == "/" }).description
            .precomposedStringWithCanonicalMapping.lowercased()
    }
}
