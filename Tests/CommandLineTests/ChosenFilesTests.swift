import Foundation
import TestSupport
import Testing

@Suite("The files that `check` chooses in a folder")
struct ChosenFilesTests {
    /// Videos in folders with Latin and Chinese names, one of them in decomposed Unicode, beside hidden files and
    /// links.
    private static func tree() throws -> TemporaryFolder {
        let folder = try TemporaryFolder()
        let clip = try folder.copy("short.mp4", as: "A.MP4")
        for name in [
            "b.mov", "碑林区/甲.mp4", "碑林区/草稿/乙.mp4", "雁塔区/丙.MP4", "雁塔区/丁.mov", "drafts/e.mp4", "sub/drafts/f.mp4",
            "Cafe\u{301}/g.mp4", "sub/[1].mp4", "sub/h+1.mp4", ".hidden.mp4", "sub/.hidden/i.mp4",
        ] {
            let path = folder.url.appending(path: name)
            try FileManager.default.createDirectory(
                at: path.deletingLastPathComponent(), withIntermediateDirectories: true)
            try #require(link(clip, path.path) == 0)
        }
        for (name, target) in [("link.mp4", "A.MP4"), ("雁塔区/链接", "../碑林区"), ("sub/loop", "..")] {
            try FileManager.default.createSymbolicLink(atPath: folder.path(name), withDestinationPath: target)
        }
        try folder.write(Data("notes".utf8), to: "notes.txt")
        return folder
    }

    /// All videos, sorted by the bytes of their paths.
    private static let all = [
        "A.MP4", "Cafe\u{301}/g.mp4", "b.mov", "drafts/e.mp4", "sub/[1].mp4", "sub/drafts/f.mp4", "sub/h+1.mp4",
        "碑林区/甲.mp4", "碑林区/草稿/乙.mp4", "雁塔区/丁.mov", "雁塔区/丙.MP4",
    ]

    private static func found(_ options: [String], paths: [String] = ["."], in tree: TemporaryFolder) async throws
        -> [String]
    {
        let run = try await check(paths, options + ["--no-digest"], in: tree.url)
        #expect(run.code == (run.results.isEmpty ? 66 : 1))
        return run.results.map { String($0.path.trimmingPrefix("./")) }
    }

    @Test("`check` finds all videos below a folder, sorted by bytes, without hidden files and links")
    func everything() async throws {
        let tree = try Self.tree()
        for jobs in ["1", "3", "8"] { #expect(try await Self.found(["--jobs", jobs], in: tree) == Self.all) }
    }

    @Test(
        "`check` chooses the files that match `--include` and do not match `--exclude`",
        arguments: [
            (["--include", "*.mp4"], Self.all.filter { $0.lowercased().hasSuffix(".mp4") }),
            (["--include", "*.MP4", "--include", "*.mov"], Self.all), (["--include", "*.avi"], []),
            (["--include", "碑林区/*"], ["碑林区/甲.mp4", "碑林区/草稿/乙.mp4"]), (["--include", "甲.*"], ["碑林区/甲.mp4"]),
            (["--include", "?.mov"], ["b.mov", "雁塔区/丁.mov"]), (["--include", "?区/*"], []),
            (["--include", "??区/丁*"], ["雁塔区/丁.mov"]), (["--include", "[a-c].*"], ["A.MP4", "b.mov"]),
            (["--include", "[[]1].mp4"], ["sub/[1].mp4"]), (["--include", "h+1.mp4"], ["sub/h+1.mp4"]),
            (["--include", "*/drafts/*"], ["sub/drafts/f.mp4"]), (["--include", "./drafts/*"], ["drafts/e.mp4"]),
            (["--include", "caf\u{e9}/*"], ["Cafe\u{301}/g.mp4"]),
            (["--include", "CAFE\u{301}/*"], ["Cafe\u{301}/g.mp4"]),
            (["--exclude", "drafts"], Self.all.filter { !$0.contains("drafts/") }),
            (["--exclude", "DRAFTS/"], Self.all.filter { !$0.contains("drafts/") }),
            (["--exclude", "sub/drafts"], Self.all.filter { $0 != "sub/drafts/f.mp4" }),
            (["--exclude", "草稿", "--exclude", "雁塔区"], Self.all.filter { !$0.contains("草稿") && !$0.hasPrefix("雁塔区") }),
            (["--exclude", "*.mp4"], ["b.mov", "雁塔区/丁.mov"]), (["--exclude", "*"], []),
            (
                ["--include", "*.mp4", "--exclude", "*区", "--exclude", "sub"],
                ["A.MP4", "Cafe\u{301}/g.mp4", "drafts/e.mp4"]
            ),
            (["--include", "*.txt", "--include", "a.mp4"], ["A.MP4"]),
        ] as [([String], [String])])
    func globs(options: [String], files: [String]) async throws {
        let found = try await Self.found(options, in: try Self.tree())
        // Bytes are compared, because two strings are equal when only their Unicode forms differ.
        #expect(found.map { Array($0.utf8) } == files.map { Array($0.utf8) })
    }

    @Test("`--include` and `--exclude` match paths below the folder, however the folder is spelled")
    func spelling() async throws {
        let tree = try Self.tree()
        for path in ["sub", "sub/", "./sub//", "sub/../sub"] {
            let found = try await Self.found(["--include", "drafts/*"], paths: [path], in: tree)
            #expect(found.map { $0.replacing("//", with: "/") }.count == 1 && found[0].hasSuffix("drafts/f.mp4"))
        }
        #expect(try await Self.found(["--exclude", "sub"], paths: ["sub/drafts"], in: tree) == ["sub/drafts/f.mp4"])
    }

    @Test("`check` reads a file on the command line even when `--include` and `--exclude` rule it out")
    func named() async throws {
        let found = try await Self.found(
            ["--include", "*.avi", "--exclude", "*.mp4"], paths: ["A.MP4", "link.mp4", "sub"], in: try Self.tree())
        #expect(found == ["A.MP4", "link.mp4"])
    }

    @Test(
        "`check` names a file that is no video once, at the end, unless a pattern excludes it",
        arguments: ["text", "json"])
    func passedOver(format: String) async throws {
        let tree = try Self.tree()
        for (options, isNamed) in [([], true), (["--exclude", "*.txt"], false), (["--include", "*.mp4"], false)] {
            let outcome = try await clipcheck(
                ["check", ".", "./", "--contest", "xian-2024", "--lang", "en", "--format", format] + options,
                in: tree.url)
            let told = format == "text" ? outcome.text : outcome.errorText
            #expect(told.hasSuffix("\n  ./notes.txt\n") == isNamed, "\(told)")
            #expect((outcome.text + outcome.errorText).components(separatedBy: "notes.txt").count == (isNamed ? 2 : 1))
        }
    }
}
