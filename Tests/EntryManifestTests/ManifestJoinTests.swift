import MediaFacts
import Testing

@testable import EntryManifest

@Suite("joining rows to files")
struct ManifestJoinTests {
    private static func join(_ names: [String], _ paths: [String]) -> ManifestJoin {
        Manifest(rows: names.enumerated().map { ManifestSamples.row($0 + 2, $1) }).join(paths)
    }

    @Test(
        "finds the only file that a row can mean",
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
        "joins nothing where a row could mean several files, and names them",
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
        "joins nothing where no file is meant",
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
        "gives a file to the row that names it most exactly, and to none where two do so equally",
        arguments: [
            (["a.mp4", "A.mp4"], 2), (["A.mp4", "a.mp4"], 3), (["a", "a.mp4"], 3), (["甲/a.mp4", "a.mp4"], 2),
            (["a.mp4", "./甲/a.mp4"], 3), (["A.mp4", "ａ.mp4"], nil), (["甲/a.mp4", "./甲/a.mp4"], nil),
        ] as [([String], Int?)])
    func claimed(names: [String], number: Int?) {
        let join = Self.join(names, ["甲/a.mp4"])
        #expect(join.rows == [number.map { ManifestSamples.row($0, names[$0 - 2]) }])
        #expect(join.problems.count { $0.kind == .claimed } == (number == nil ? 2 : 1))
    }

    @Test("is one-to-one, whatever the names; every row is joined, without a file, or spoken of", arguments: 0..<300)
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
        // What is joined has the same name, but for its extension and what folding takes away.
        for case (let path, let row?) in zip(paths, join.rows) {
            let (file, name) = (ManifestPath(path), ManifestPath(row.file))
            let ends = [file.parts.last, file.withoutExtension?.parts.last].map { $0.map(ManifestText.folded) }
            #expect(ends.contains(name.parts.last.map(ManifestText.folded)))
        }
    }

    @Test("takes no longer for many files of one name", .timeLimit(.minutes(1)))
    func many() {
        let paths = (0..<10_000).map { "\($0)/same/same/same/same/same/same/same/same/same/a.mp4" }
        let join = Self.join(paths + ["a.mp4"], paths)
        #expect(join.rows.allSatisfy { $0 != nil })
        #expect(join.problems.map(\.kind) == [.ambiguous])
    }
}

/// Numbers that are the same for the same seed.
struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = (state ^ state >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return mixed ^ mixed >> 31
    }
}
