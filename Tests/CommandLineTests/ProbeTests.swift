import Foundation
import MediaFacts
import TestSupport
import Testing

/// One line of `clipcheck probe`.
struct ProbeResult: Decodable {
    var path: String
    var facts: MediaFacts?
    var error: CheckResult.Failure?

    init(line: String) throws { self = try JSONDecoder().decode(Self.self, from: Data(line.utf8)) }
}

@Suite("`clipcheck probe`")
struct ProbeTests {
    @Test(
        "`probe` prints one line for each file and exits with the code of the worst one",
        arguments: [
            ([Clip.good], 0, [nil]), ([Clip.good, Clip.bad], 0, [nil, nil]), (["empty.mp4"], 1, ["empty"]),
            ([Clip.good, "text-named.mp4", Clip.good], 1, [nil, "not-media", nil]), (["no-moov.mp4"], 1, ["damaged"]),
            ([Clip.missing], 66, ["file-missing"]), (["."], 66, ["file-not-regular"]),
            (["/dev/null", Clip.good], 66, ["file-not-regular", nil]),
            (["empty.mp4", Clip.missing, Clip.good], 66, ["empty", "file-missing", nil]),
        ] as [([String], Int32, [String?])])
    func exitCodes(paths: [String], code: Int32, errors: [String?]) async throws {
        let outcome = try await clipcheck(["probe"] + paths)
        #expect(outcome.code == code)
        let lines = try outcome.lines.map(ProbeResult.init)
        #expect(lines.map(\.path) == paths)
        #expect(lines.map(\.error?.code) == errors)
        #expect(lines.map { $0.facts == nil } == errors.map { $0 != nil })
        #expect(outcome.errorText.isEmpty)
    }

    @Test("`probe` prints the facts in the documented wire form")
    func facts() async throws {
        let outcome = try await clipcheck(["probe", Clip.good])
        let tree = try JSONSerialization.jsonObject(with: outcome.output)
        for (path, value) in [
            ("path", "\"作品.mp4\""), ("facts.schema", "\"clipcheck.facts/1\""), ("facts.durationMilliseconds", "150000"),
            ("facts.container.family", "\"mp4\""), ("facts.video.displayWidth", "1080"),
            ("facts.video.displayHeight", "1920"), ("facts.video.displayAspectRatio", "\"9:16\""),
            ("facts.video.frameRate", "\"1/1\""), ("facts.audio.channels", "1"), ("facts.integrity.problems", "[]"),
        ] {
            #expect(JSONTree.text(JSONTree.value(path, in: tree)) == value, "\(path)")
        }
        #expect(!outcome.text.contains("\"error\""))
    }

    @Test("`probe` explains an error in Chinese and in English, and leaves the facts out")
    func error() async throws {
        let outcome = try await clipcheck(["probe", "empty.mp4"])
        let error = try #require(try ProbeResult(line: outcome.text).error)
        #expect(error.message.zh == "文件是空的（0 字节）。请重新导出并上传。")
        #expect(error.message.en == "The file is empty (0 bytes). Export and upload it again.")
        #expect(!outcome.text.contains("\"facts\""))
    }

    @Test("`probe` does not wait for the writer of a named pipe")
    func pipe() async throws {
        let folder = try TemporaryFolder()
        #expect(mkfifo(folder.path("p.mp4"), 0o600) == 0)
        let outcome = try await clipcheck(["probe", "p.mp4"], in: folder.url)
        #expect(outcome.code == 66)
        #expect(try ProbeResult(line: outcome.text).error?.code == "file-not-regular")
    }

    @Test("`probe` without a file exits with 64")
    func noFile() async throws {
        let outcome = try await clipcheck(["probe"])
        #expect(outcome.code == 64)
        #expect(outcome.output.isEmpty)
    }
}
