/// Finds the files that a name in a table can mean, by hashed keys instead of a comparison with every file.
struct FileIndex {
    /// The files that a name means.
    enum Match: Equatable {
        case none
        /// One file. A smaller closeness is a more exact match.
        case one(Int, closeness: Int)
        /// Several files; at most `mostFiles` of them.
        case several([Int])
    }

    /// Indices of files by whole path and by the last parts of the path, each exact and folded.
    private var whole: [String: [Int]] = [:]
    private var wholeFolded: [String: [Int]] = [:]
    private var ends: [String: [Int]] = [:]
    private var endsFolded: [String: [Int]] = [:]
    /// Indices of files by the last parts of the path without the extension.
    private var stems: [String: [Int]] = [:]
    private var stemsFolded: [String: [Int]] = [:]

    /// Most parts of a path's end that the index holds.
    private static let mostParts = 8
    /// Most files that the index holds for one key; more would only lengthen messages.
    private static let mostFiles = 3

    /// Indexes `files` by their positions.
    init(_ files: [Manifest.File]) {
        for (index, file) in files.enumerated() {
            let below = ManifestPath(file.path)
            let above = file.folderName.map(below.inside)
            for path in [below, above].compactMap(\.self) {
                Self.add(index, Self.key(path.parts), to: &whole)
                Self.add(index, Self.key(path.map(ManifestText.folded).parts), to: &wholeFolded)
            }
            // The ends of the path below the folder are ends of the path from above it, too.
            let path = above ?? below
            let folded = path.map(ManifestText.folded)
            Self.addEnds(index, path, to: &ends)
            Self.addEnds(index, folded, to: &endsFolded)
            if let stem = path.withoutExtension {
                Self.addEnds(index, stem, to: &stems)
                Self.addEnds(index, stem.map(ManifestText.folded), to: &stemsFolded)
            }
        }
    }

    private static func key(_ parts: some Sequence<String>) -> String { parts.joined(separator: "/") }

    private static func add(_ index: Int, _ key: String, to files: inout [String: [Int]]) {
        if files[key, default: []].count < mostFiles { files[key, default: []].append(index) }
    }

    private static func addEnds(_ index: Int, _ path: ManifestPath, to files: inout [String: [Int]]) {
        for length in 1...mostParts where length <= path.parts.count {
            add(index, key(path.parts.suffix(length)), to: &files)
        }
    }

    /// The files that `name` means. The first comparison that finds any decides.
    func match(_ name: String) -> Match {
        let path = ManifestPath(name)
        guard !path.parts.isEmpty else { return .none }
        let folded = path.map(ManifestText.folded)
        let isEnd = !path.hasFolder || path.parts.count > 1
        // Of a path from another machine, only the last folders are common with the files here.
        let ways: [[Int]] = [
            path.hasFolder ? files(whole, path) : [], path.hasFolder ? files(wholeFolded, folded) : [],
            path.isAbsolute ? tail(path.parts, whole) : [], path.isAbsolute ? tail(folded.parts, wholeFolded) : [],
            isEnd ? files(ends, path) : [], isEnd ? files(endsFolded, folded) : [], isEnd ? files(stems, path) : [],
            isEnd ? files(stemsFolded, folded) : [],
        ]
        guard let closeness = ways.firstIndex(where: { !$0.isEmpty }) else { return .none }
        let found = ways[closeness]
        return found.count == 1 ? .one(found[0], closeness: closeness) : .several(found)
    }

    private func files(_ index: [String: [Int]], _ path: ManifestPath) -> [Int] { index[Self.key(path.parts)] ?? [] }

    /// Files whose whole path, of two parts at least, is the end of `parts`. The longest end decides.
    private func tail(_ parts: [String], _ index: [String: [Int]]) -> [Int] {
        for length in stride(from: min(parts.count, Self.mostParts), through: 2, by: -1) {
            if let found = index[Self.key(parts.suffix(length))] { return found }
        }
        return []
    }
}
