import Foundation
import TestSupport
import Testing

@Suite("`check` on a folder")
struct FolderTests {
    /// Videos under usual and unusual names, and many files that are no videos.
    private static func tree() throws -> TemporaryFolder {
        let folder = try TemporaryFolder()
        for name in [
            "c.mp4", "b.MP4", "a.mov", "中文 名字.mp4", "no-ending", "sub/deeper/e.mp4", "sub/d.mp4", ".hidden.mp4",
            ".hidden/f.mp4", "sub/.hidden.mp4",
        ] {
            try folder.copy("short.mp4", as: name)
        }
        try folder.write(Data("not a video".utf8), to: "text.mp4")
        try folder.write(Data("notes".utf8), to: "notes.txt")
        try folder.write(Data("[]".utf8), to: "sub/list.json")
        let links = [("link.mp4", "c.mp4"), ("linked-folder", "sub"), ("loop", "."), ("dangling.mp4", "nothing")]
        for (name, target) in links {
            try FileManager.default.createSymbolicLink(atPath: folder.path(name), withDestinationPath: target)
        }
        #expect(mkfifo(folder.path("pipe.mp4"), 0o600) == 0)
        return folder
    }

    private static let found = [
        "a.mov", "b.MP4", "c.mp4", "no-ending", "sub/d.mp4", "sub/deeper/e.mp4", "text.mp4", "中文 名字.mp4",
    ]

    @Test(
        "`check` searches a folder and its subfolders in a stable order, without hidden files and links",
        arguments: ["tree", "tree/", "tree//"])
    func search(spelling: String) async throws {
        let tree = try Self.tree()
        let above = try TemporaryFolder()
        try FileManager.default.moveItem(at: tree.url, to: above.url.appending(component: "tree"))
        let stem = spelling.hasSuffix("/") ? spelling : spelling + "/"
        for jobs in ["1", "8"] {
            let run = try await check([spelling], ["--jobs", jobs], in: above.url)
            #expect(run.results.map(\.path) == Self.found.map { stem + $0 })
            #expect(run.code == 1)
        }
    }

    @Test("`check` names a file that is no video once, at the end, and does not count it", arguments: ["text", "json"])
    func passedOver(format: String) async throws {
        let tree = try Self.tree()
        let outcome = try await clipcheck(
            ["check", ".", "--contest", "xian-2024", "--lang", "en", "--format", format], in: tree.url)
        let told = format == "text" ? outcome.text : outcome.errorText
        #expect(told.hasSuffix("Passed over, because they are no videos:\n  ./notes.txt\n  ./sub/list.json\n"))
        #expect((outcome.text + outcome.errorText).components(separatedBy: "./notes.txt").count == 2)
        #expect(format != "text" || told.contains("\n8 files, 0 compliant, 0 need review, 8 non-compliant\n"))
        for name in ["hidden", "link", "loop", "pipe", "text.mp4", "no-ending"] {
            #expect(!outcome.errorText.contains("/\(name)."))
        }
    }

    @Test("`check` does not count an empty file whose name is not a video's")
    func emptyFiles() async throws {
        let folder = try TemporaryFolder()
        try folder.copy(Clip.good, as: "a.mp4")
        try folder.write(Data(), to: ".keep")
        try folder.write(Data(), to: "notes.txt")
        let run = try await check(["."], in: folder.url)
        #expect(run.results.map(\.path) == ["./a.mp4"])
        #expect(run.errors.contains("./notes.txt"))
        #expect(run.code == 0)
    }

    @Test("`check` accepts a folder beside other paths, among them a hidden file")
    func mixed() async throws {
        let folder = try TemporaryFolder()
        for name in ["f/b.mp4", "f/a.mp4", "f/.c.mp4"] { try folder.copy(Clip.good, as: name) }
        try folder.write(Data("text".utf8), to: "notes.txt")
        let run = try await check(["notes.txt", "f", "f/.c.mp4", "gone"], in: folder.url)
        #expect(run.results.map(\.path) == ["notes.txt", "f/a.mp4", "f/b.mp4", "f/.c.mp4", "gone"])
        #expect(run.results.map(\.gist) == ["non-compliant", "compliant", "compliant", "compliant", "file-missing"])
        #expect(run.code == 66)
    }

    @Test("`check` follows a symbolic link on the command line")
    func namedLink() async throws {
        let folder = try TemporaryFolder()
        try folder.copy(Clip.good, as: "f/a.mp4")
        try FileManager.default.createSymbolicLink(atPath: folder.path("l"), withDestinationPath: "f")
        try FileManager.default.createSymbolicLink(atPath: folder.path("l.mp4"), withDestinationPath: "f/a.mp4")
        let run = try await check(["l", "l.mp4"], in: folder.url)
        #expect(run.results.map(\.path) == ["l/a.mp4", "l.mp4"])
        #expect(run.code == 0)
    }

    @Test(
        "`check` on a folder without a video exits with 66, with a message and an empty result",
        arguments: [
            ("text", "0 files, 0 compliant, 0 need review, 0 non-compliant\n"), ("json", "[]\n"), ("ndjson", ""),
        ])
    func empty(format: String, output: String) async throws {
        let folder = try TemporaryFolder()
        let arguments = ["check", folder.url.path, "--contest", "xian-2024", "--lang", "en", "--format", format]
        let outcome = try await clipcheck(arguments)
        #expect(outcome.code == 66)
        #expect(outcome.text == output)
        #expect(outcome.errorText == "No video was found.\n")
    }

    @Test("`check` judges a file in a folder whose name is not UTF-8")
    func strangeName() async throws {
        let folder = try TemporaryFolder()
        try folder.copy(Clip.good, as: "a.mp4")
        let strange = Array(folder.path("v").utf8CString.dropLast()) + [-1, 0x2E, 0x6D, 0x70, 0x34, 0]
        guard rename(folder.path("a.mp4"), strange) == 0 else { return }  // some file systems refuse such names
        try folder.copy(Clip.good, as: "b.mp4")
        let run = try await check(["."], in: folder.url)
        #expect(run.results.map(\.path) == ["./b.mp4", "./v[FF].mp4"])
        #expect(run.results.map(\.gist) == ["compliant", "compliant"])
        #expect(run.code == 0)
    }
}
