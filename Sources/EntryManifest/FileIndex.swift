/// Finds the files that a name in a table can mean, without looking at all of them.
struct FileIndex {
    /// What a name means.
    enum Match: Equatable {
        case none
        /// One file; the smaller the closeness, the closer.
        case one(Int, closeness: Int)
        /// Several; some of them are named.
        case several([Int])
    }

    /// Whole paths, then their ends, each as they are and folded.
    private var whole: [String: [Int]] = [:]
    private var wholeFolded: [String: [Int]] = [:]
    private var ends: [String: [Int]] = [:]
    private var endsFolded: [String: [Int]] = [:]
    /// Ends without the extension.
    private var stems: [String: [Int]] = [:]
    private var stemsFolded: [String: [Int]] = [:]

    /// Longest end of a path that is looked for, in parts.
    private static let mostParts = 8
    /// Files of one name that are kept; more would only make messages longer.
    private static let mostFiles = 3

    /// Takes the files.
    init(_ files: [Manifest.File]) {
        for (index, file) in files.enumerated() {
            let below = ManifestPath(file.path)
            let above = file.folderName.map(below.inside)
            for path in [below, above].compactMap(\.self) {
                Self.add(index, Self.key(path.parts), to: &whole)
                Self.add(index, Self.key(path.map(ManifestText.folded).parts), to: &wholeFolded)
            }
            // The ends of the one are ends of the other.
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

    /// The file that `name` means: the first way of comparing that finds any decides.
    func match(_ name: String) -> Match {
        let path = ManifestPath(name)
        guard !path.parts.isEmpty else { return .none }
        let folded = path.map(ManifestText.folded)
        let isEnd = !path.hasFolder || path.parts.count > 1
        // A path of another machine still tells by its last folder.
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

    /// Files whose whole path, with a folder at least, is the end of `parts`; the longest end decides.
    private func tail(_ parts: [String], _ index: [String: [Int]]) -> [Int] {
        for length in stride(from: min(parts.count, Self.mostParts), through: 2, by: -1) {
            if let found = index[Self.key(parts.suffix(length))] { return found }
        }
        return []
    }
}
