/// A path from a table or a folder, split into its parts.
struct ManifestPath: Sendable, Hashable {
    /// The folders, then the file name.
    let parts: [String]
    /// Whether the path begins at the root of a disk, possibly on another machine.
    let isAbsolute: Bool
    /// Whether the path names a folder, including the current one (`./a.mp4`).
    let hasFolder: Bool

    /// Splits `path` at slashes and backslashes.
    init(_ path: String) {
        // By scalar: a slash with a combining mark is one `Character` but still divides.
        let split = path.unicodeScalars.split(omittingEmptySubsequences: false) { $0 == "/" || $0 == "\\" }
            .map { String(Substring($0)) }
        let isDrive = split.count > 1 && split[0].unicodeScalars.count == 2 && split[0].hasSuffix(":")
        isAbsolute = isDrive || (split.count > 1 && split[0].isEmpty)
        hasFolder = split.count > 1
        parts = split.dropFirst(isDrive ? 1 : 0).filter { !$0.isEmpty && $0 != "." }
    }

    private init(parts: [String], isAbsolute: Bool, hasFolder: Bool) {
        self.parts = parts
        self.isAbsolute = isAbsolute
        self.hasFolder = hasFolder
    }

    /// The path with slashes between its parts.
    var text: String { (isAbsolute ? "/" : hasFolder && parts.count == 1 ? "./" : "") + parts.joined(separator: "/") }

    /// The path with `change` applied to each part.
    func map(_ change: (String) -> String) -> ManifestPath {
        ManifestPath(parts: parts.map(change), isAbsolute: isAbsolute, hasFolder: hasFolder)
    }

    /// The path with `folder` before it.
    func inside(_ folder: String) -> ManifestPath {
        ManifestPath(parts: [folder] + parts, isAbsolute: false, hasFolder: true)
    }

    /// The path without the extension of its name; nil when the name has none. An extension has at least one letter: the
    /// `8` of `13800138000.8` is none.
    var withoutExtension: ManifestPath? {
        guard let name = parts.last, let dot = name.lastIndex(of: "."), dot != name.startIndex else { return nil }
        let ending = name[name.index(after: dot)...]
        guard (1...5).contains(ending.count), ending.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber) }),
            ending.contains(where: \.isLetter)
        else { return nil }
        return ManifestPath(
            parts: parts.dropLast() + [String(name[..<dot])], isAbsolute: isAbsolute, hasFolder: hasFolder)
    }
}
