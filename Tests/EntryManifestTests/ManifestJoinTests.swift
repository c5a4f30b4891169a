import MediaFacts
import Testing

@testable import EntryManifest

@Suite("ManifestJoin")
struct ManifestJoinTests {
    private static func join(_ names: [String], _ paths: [String]) -> ManifestJoin {
        join(names, paths.map { Manifest.File(path: $0) })
    }

    private static func join(_ names: [String], _ files: [Manifest.File]) -> ManifestJoin {
        Manifest(rows: names.enumerated().map { ManifestSamples.row($0 + 2, $1) }).join(files)
    }

    @Test(
        "`Manifest.join` joins a row to the only file that its name matches",
        arguments: [
            ("a.mp4", ["a.mp4"]), ("a.mp4", ["甲/a.mp4"]), ("甲/a.mp4", ["甲/a.mp4", "乙/a.mp4"]),
            ("甲\\a.mp4", ["甲/a.mp4", "乙/a.mp4"]), ("甲/a.mp4", ["报送/甲/a.mp4", "报送/乙/a.mp4"]),
            ("./a.mp4", ["a.mp4", "乙/a.mp4"]), ("D:\\报送\\甲\\a.mp4", ["甲/a.mp4", "乙/a.mp4", "a.mp4"]),
            ("/in/a.mp4", ["/in/a.mp4", "/in/甲/a.mp4"]), ("//a.mp4", ["a.mp4", "乙/a.mp4"]),
            ("a", ["甲/a.mp4"]), ("a.v2", ["a.v2.mp4"]), ("甲/a", ["甲/a.mov", "乙/a.mov"]), ("A.MP4", ["a.mp4"]),
            ("Ａ１.ｍｐ４", ["a1.mp4"]), ("张三（公司）+故事.mp4", ["张三(公司)＋故事.mp4"]), ("a\u{3000}b.mp4", ["a b.mp4"]),
            ("cafe\u{301}.mp4", ["caf\u{e9}.mp4"]), ("caf\u{e9}", ["cafe\u{301}.mp4"]),
            ("a.mp4", ["甲/a.mp4", "乙/A.mp4"]), ("a.mp4", ["a.mp4", "a.mp4.mov", "aa.mp4"]),
            ("13800138000.8", ["13800138000.8.mp4"]), ("甲/A", ["甲/a.mp4"]),
        ] as [(String, [String])])
    func joined(name: String, paths: [String]) {
        let join = Self.join([name], paths)
        #expect(join.rows.first??.file == name)
        #expect(join.filesWithoutRow == Array(paths.dropFirst()))
        #expect(join.rowsWithoutFile.isEmpty)
    }

    @Test(
        "`Manifest.join` joins no file to a row that matches several, and the message names them",
        arguments: [
            ("a.mp4", ["甲/a.mp4", "乙/a.mp4"]), ("a.mp4", ["a.mp4", "乙/a.mp4"]), ("a", ["a.mp4", "a.mov"]),
            ("A.mp4", ["a.mp4", "a.MP4"]), ("甲/a.mp4", ["一/甲/a.mp4", "二/甲/a.mp4"]),
            ("caf\u{e9}.mp4", ["cafe\u{301}.mp4", "caf\u{e9}.mp4"]),
            ("D:\\甲\\a.mp4", ["一/甲/a.mp4", "二/甲/a.mp4"]),
        ] as [(String, [String])])
    func ambiguous(name: String, paths: [String]) {
        let join = Self.join([name], paths)
        #expect(join.rows.allSatisfy { $0 == nil })
        #expect(join.filesWithoutRow == paths)
        #expect(join.rowsWithoutFile.isEmpty)
        let problem = join.problems.first { $0.kind == .ambiguous }
        #expect(problem?.row == 2)
        for path in paths {
            #expect(problem?.message.zh.contains(path) == true)
            #expect(problem?.message.en.contains(path) == true)
        }
    }

    @Test(
        "`Manifest.join` reports a row whose name matches no file",
        arguments: [
            ("a.mp4", ["b.mp4", "a.mov", "xa.mp4", "a.mp4/b.mp4"]), ("甲/a.mp4", ["乙/a.mp4", "a.mp4"]),
            ("D:\\甲\\a.mp4", ["a.mp4"]), ("", ["a.mp4"]), ("/", ["a.mp4"]), (".", ["a.mp4"]), ("..", ["a.mp4"]),
            ("a.mp4", []), ("./a.mp4", ["甲/a.mp4"]), ("mp4", ["a.mp4"]), ("a", ["a.8000"]),
        ] as [(String, [String])])
    func missing(name: String, paths: [String]) {
        let join = Self.join([name], paths)
        #expect(join.rows == Array(repeating: nil, count: paths.count))
        #expect(join.rowsWithoutFile.map(\.file) == [name])
        #expect(join.problems.map(\.kind) == [.fileMissing] + paths.map { _ in .rowMissing })
    }

    @Test(
        "`Manifest.join` joins a file to the row with the most exact name, and to none of two equally exact rows",
        arguments: [
            (["a.mp4", "A.mp4"], 2), (["A.mp4", "a.mp4"], 3), (["a", "a.mp4"], 3), (["甲/a.mp4", "a.mp4"], 2),
            (["a.mp4", "./甲/a.mp4"], 3), (["A.mp4", "ａ.mp4"], nil), (["甲/a.mp4", "./甲/a.mp4"], nil),
        ] as [([String], Int?)])
    func claimed(names: [String], number: Int?) {
        let join = Self.join(names, ["甲/a.mp4"])
        #expect(join.rows == [number.map { ManifestSamples.row($0, names[$0 - 2]) }])
        #expect(join.problems.count { $0.kind == .claimed } == (number == nil ? 2 : 1))
    }

    @Test(
        "`Manifest.join` matches paths that begin below the caller's folder or with its name",
        arguments: [
            (["A/x.mp4", "B/x.mp4"], [("A", "x.mp4"), ("B", "x.mp4")], [2, 3]),
            (["A/x", "b\\X.MP4"], [("A", "x.mp4"), ("B", "x.mp4")], [2, 3]),
            (["A/甲/x.mp4", "./A/x.mp4"], [("./A/.", "x.mp4"), ("/in/A/", "甲/x.mp4")], [3, 2]),
            (["D:\\报送\\A\\x.mp4"], [("A", "x.mp4"), ("B", "x.mp4")], [2, nil]),
            (["x.mp4"], [("A", "x.mp4"), ("B", "x.mp4")], [nil, nil]),
            (["x.mp4"], [("A", "x.mp4"), ("B", "y.mp4")], [2, nil]),
            (["./x.mp4", "y.mp4"], [("A", "x.mp4"), ("A", "甲/y.mp4")], [2, 3]),
            (["../x.mp4", "./x.mp4"], [("..", "x.mp4")], [3]), (["A/x.mp4"], [(".", "x.mp4")], [nil]),
            // An exact match counts before a folded match, with or without the folder's name.
            (["a/x.mp4"], [("A", "x.mp4"), ("B", "a/x.mp4")], [nil, 2]),
            (["A/x.mp4"], [("A", "x.mp4"), ("B", "a/x.mp4")], [2, nil]),
            // Both files match exactly; a longer path is needed to name one of them.
            (["A/x.mp4"], [("A", "x.mp4"), ("A", "A/x.mp4")], [nil, nil]),
            (["./x.mp4", "A/A/x.mp4"], [("A", "x.mp4"), ("A", "A/x.mp4")], [2, 3]),
        ] as [([String], [(String, String)], [Int?])])
    func folders(names: [String], files: [(String, String)], rows: [Int?]) {
        let join = Self.join(names, files.map { Manifest.File(path: $0.1, folder: $0.0) })
        #expect(join.rows.map { $0?.number } == rows)
    }

    @Test("`Manifest.join` names a file with its folder where two folders hold the same path")
    func severalFolders() {
        let files = [("in/A", "x.mp4"), ("B/", "x.mp4"), ("B/", "y.mp4")]
        let join = Self.join(["x.mp4"], files.map { Manifest.File(path: $0.1, folder: $0.0) })
        #expect(join.filesWithoutRow == ["A/x.mp4", "B/x.mp4", "y.mp4"])
        #expect(join.problems.first?.message.en.contains("(A/x.mp4, B/x.mp4, …)") == true)
    }

    @Test(
        "`Manifest.join` joins one-to-one for random names, and every row is joined or has a problem",
        arguments: 0..<300)
    func oneToOne(seed: UInt64) {
        var random = SplitMix(state: seed)
        let parts = ["a", "A", "ａ", "a.mp4", "A.MP4", "b.mov", "é", "e\u{301}", "甲", ".", "..", "", "C:", "a.b"]
        func path() -> String {
            (0...Int.random(in: 0...2, using: &random)).map { _ in parts.randomElement(using: &random) ?? "a" }
                .joined(separator: Bool.random(using: &random) ? "/" : "\\")
        }
        let names = (0..<12).map { _ in path() }
        let paths = Set((0..<12).map { _ in path() }).sorted()
        let join = Self.join(names, paths)
        let joined = join.rows.compactMap { $0?.number }
        #expect(Set(joined).count == joined.count)
        #expect(join.rows.count == paths.count)
        #expect(join.filesWithoutRow.count == paths.count - joined.count)
        let spoken = join.problems.filter { $0.kind != .rowMissing }.compactMap(\.row)
        #expect((joined + spoken).sorted() == Array(2...13))
        #expect(join.rowsWithoutFile.map(\.number) == join.problems.filter { $0.kind == .fileMissing }.map(\.row))
        // A joined pair has the same name, except for the extension and for differences that folding removes.
        for case (let path, let row?) in zip(paths, join.rows) {
            let (file, name) = (ManifestPath(path), ManifestPath(row.file))
            let ends = [file.parts.last, file.withoutExtension?.parts.last].map { $0.map(ManifestText.folded) }
            #expect(ends.contains(name.parts.last.map(ManifestText.folded)))
        }
    }

    @Test("`Manifest.join` joins 10,000 files of the same name within the time limit", .timeLimit(.minutes(10)))
    func many() {
        let paths = (0..<10_000).map { "\($0)/same/same/same/same/same/same/same/same/same/a.mp4" }
        let join = Self.join(paths + ["a.mp4"], paths)
        #expect(join.rows.allSatisfy { $0 != nil })
        #expect(join.problems.map(\.kind) == [.ambiguous])
    }
}

/// A random number generator with a seed: the same seed gives the same numbers.
struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = (state ^ state >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return mixed ^ mixed >> 31
    }
}
