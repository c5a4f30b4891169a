import ContestRules
import Foundation
import MediaFacts
import TestSupport
import Testing

/// A path that a user may give by mistake: how to create it, and the result that `check` must give.
private struct BadInput: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var path: String
    var gist: String
    var code: Int32
    var make: @Sendable (TemporaryFolder) throws -> Void = { _ in }

    static let all = [
        BadInput(testDescription: "missing", path: "gone.mp4", gist: "file-missing", code: 66),
        BadInput(testDescription: "missing folder", path: "gone/", gist: "file-missing", code: 66),
        BadInput(testDescription: "empty path", path: "", gist: "file-missing", code: 66),
        BadInput(testDescription: "file used as a folder", path: "good.mp4/x.mp4", gist: "file-missing", code: 66),
        BadInput(testDescription: "pipe", path: "p.mp4", gist: "file-not-regular", code: 66) {
            #expect(mkfifo($0.path("p.mp4"), 0o600) == 0)
        },
        BadInput(testDescription: "socket", path: "s.mp4", gist: "file-not-regular", code: 66) {
            try #require(mknod($0.path("s.mp4"), S_IFSOCK | 0o600, 0) == 0)
        },
        BadInput(testDescription: "device", path: "/dev/null", gist: "file-not-regular", code: 66),
        BadInput(testDescription: "endless device", path: "/dev/zero", gist: "file-not-regular", code: 66),
        BadInput(testDescription: "dangling link", path: "l.mp4", gist: "file-missing", code: 66) {
            try FileManager.default.createSymbolicLink(atPath: $0.path("l.mp4"), withDestinationPath: "gone")
        },
        BadInput(testDescription: "empty file", path: "e.mp4", gist: "non-compliant", code: 1) {
            try $0.write(Data(), to: "e.mp4")
        },
        BadInput(testDescription: "text", path: "t.txt", gist: "non-compliant", code: 1) {
            try $0.write(Data("剧情摘要\n".utf8), to: "t.txt")
        },
        BadInput(testDescription: "text named as a video", path: "t.mp4", gist: "non-compliant", code: 1) {
            try $0.write(Data("剧情摘要\n".utf8), to: "t.mp4")
        },
        BadInput(testDescription: "program", path: Binary.tool("sh") ?? "", gist: "non-compliant", code: 1),
    ]

    /// Paths that the system refuses to open; the refusal is not a failure of clipcheck.
    static let unopenable = [
        BadInput(testDescription: "loop of links", path: "o.mp4", gist: "", code: 66) {
            try FileManager.default.createSymbolicLink(atPath: $0.path("o.mp4"), withDestinationPath: "o.mp4")
        },
        BadInput(testDescription: "name too long", path: String(repeating: "长", count: 100), gist: "", code: 66),
    ]
}

@Suite("`check` on paths that are no readable video")
struct BadInputTests {
    @Test("`check` gives a bad path a result of its own and still judges the files beside it", arguments: BadInput.all)
    private func answer(input: BadInput) async throws {
        let folder = try TemporaryFolder()
        try folder.copy(Clip.good, as: "good.mp4")
        try input.make(folder)
        for jobs in ["1", "4"] {
            let run = try await check(["good.mp4", input.path, "good.mp4"], ["--jobs", jobs], in: folder.url)
            #expect(run.results.map(\.gist) == ["compliant", input.gist, "compliant"])
            #expect(run.code == input.code)
        }
    }

    @Test("`check` exits with 66, not 70, for a path that the system will not open", arguments: BadInput.unopenable)
    private func unopenable(input: BadInput) async throws {
        let folder = try TemporaryFolder()
        try folder.copy(Clip.good, as: "good.mp4")
        try input.make(folder)
        let run = try await check(["good.mp4", input.path], in: folder.url)
        #expect(run.results.first?.gist == "compliant")
        #expect(run.results.last?.error != nil)
        #expect(run.code == 66)
    }

    @Test("`check` explains a bad path in Chinese and in English", arguments: BadInput.all)
    private func explained(input: BadInput) async throws {
        let folder = try TemporaryFolder()
        try folder.copy(Clip.good, as: "good.mp4")
        try input.make(folder)
        let result = try #require(try await check([input.path], in: folder.url).results.first)
        let message = result.error?.message ?? result.report?.findings.first { $0.outcome == .fail }?.message
        #expect(message?.zh.contains("。") ?? false)
        #expect(message?.en.contains(".") ?? false)
        #expect((result.report == nil) == (input.code == 66))
    }
}

@Suite(
    "`check` on files and folders without permissions",
    .enabled(if: Unprivileged.prefix != nil, "root passes over them, and setpriv does not help"))
struct PermissionTests {
    @Test(
        "`check` exits with 66 when permissions forbid reading, and still judges the other files",
        arguments: [
            ("f/a.mp4", 0o000, ["f/a.mp4"], ["66", "file-not-permitted"]),
            ("f/a.mp4", 0o200, ["f"], ["66", "file-not-permitted", "compliant"]),
            ("f", 0o000, ["f", "good.mp4"], ["66", "file-not-permitted", "compliant"]),
            ("f", 0o300, ["f"], ["66", "file-not-permitted"]),
            ("f", 0o000, ["f/a.mp4", "good.mp4"], ["66", "file-not-permitted", "compliant"]),
            ("f", 0o000, [".", "good.mp4"], ["66", "file-not-permitted", "compliant", "compliant"]),
            ("f", 0o300, ["f/a.mp4"], ["0", "compliant"]),
        ])
    func refused(path: String, mode: Int, paths: [String], answer: [String]) async throws {
        let folder = try Self.folder()
        defer { _ = chmod(folder.path("f"), 0o700) }
        try #require(chmod(folder.path(path), mode_t(mode)) == 0)
        #expect(try await Unprivileged.check(paths, in: folder) == answer)
    }

    @Test("`check` reports every file of a folder that permits listing but not opening")
    func namesOnly() async throws {
        let folder = try Self.folder()
        defer { _ = chmod(folder.path("f"), 0o700) }
        try #require(chmod(folder.path("f"), 0o400) == 0)
        let answer = try await Unprivileged.check(["f"], in: folder)
        #expect(answer == ["66", "file-not-permitted", "file-not-permitted"])
    }

    private static func folder() throws -> TemporaryFolder {
        let folder = try TemporaryFolder()
        for name in ["f/a.mp4", "f/b.mp4", "good.mp4"] { try folder.copy(Clip.good, as: name) }
        return folder
    }
}
