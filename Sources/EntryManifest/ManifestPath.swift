/// A path as a table or a folder has it, taken apart.
struct ManifestPath: Sendable, Hashable {
    /// Folders and the name, in this order.
    let parts: [String]
    /// Whether it begins at the root of a disk: made on some machine, perhaps not this one.
    let isAbsolute: Bool
    /// Whether it says where the file lies, and be it here (`./a.mp4`).
    let hasFolder: Bool

    /// Takes `path` apart, whichever strokes divide it.
    init(_ path: String) {
        // By scalar: a stroke with a combining mark is one character, but still divides.
        let pieces = path.unicodeScalars.split(omittingEmptySubsequences: false) { $0 == "/" || $0 == "\\" }
            .map { String(Substring($0)) }
        let isDrive = pieces.count > 1 && pieces[0].unicodeScalars.count == 2 && pieces[0].hasSuffix(":")
        isAbsolute = isDrive || (pieces.count > 1 && pieces[0].isEmpty)
        hasFolder = pieces.count > 1
        parts = pieces.dropFirst(isDrive ? 1 : 0).filter { !$0.isEmpty && $0 != "." }
    }

    private init(parts: [String], isAbsolute: Bool, hasFolder: Bool) {
        self.parts = parts
        self.isAbsolute = isAbsolute
        self.hasFolder = hasFolder
    }

    /// The path with strokes that divide it everywhere.
    var text: String { (isAbsolute ? "/" : hasFolder && parts.count == 1 ? "./" : "") + parts.joined(separator: "/") }

    /// The path with each part changed.
    func map(_ change: (String) -> String) -> ManifestPath {
        ManifestPath(parts: parts.map(change), isAbsolute: isAbsolute, hasFolder: hasFolder)
    }

    /// The path as it is from outside of a folder that it lies in.
    func inside(_ folder: String) -> ManifestPath {
        ManifestPath(parts: [folder] + parts, isAbsolute: false, hasFolder: true)
    }

    /// The path without the extension of its name; nil when it has none. A number is no extension (`13800138000.8`).
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
