import Foundation
import TestSupport
import Testing

@Suite("`check --resume`")
struct ResumeTests {
    /// Five clips in a folder, and a cache folder for the journals of runs.
    private struct Place {
        let folder: TemporaryFolder
        let cache: TemporaryFolder

        init() throws {
            (folder, cache) = (try TemporaryFolder(), try TemporaryFolder())
            for name in ["a.mp4", "b.mp4", "sub/c.mp4"] { try folder.copy(Clip.good, as: name) }
            try folder.copy(Clip.bad, as: "d.mp4")
            try folder.copy("short.mp4", as: "e.mp4")
        }

        func check(
            _ options: [String] = [], contest: String = "xian-2024"
        ) async throws -> (results: [Result], outcome: Outcome) {
            let outcome = try await clipcheck(
                ["check", ".", "--contest", contest, "--format", "json", "--lang", "en"] + options,
                environment: ["XDG_CACHE_HOME": cache.url.path], in: folder.url)
            return (try JSONDecoder().decode([Result].self, from: outcome.output), outcome)
        }
    }

    private struct Result: Decodable {
        var path: String
        var unchanged: Bool?
        var report: Verdict?
        struct Verdict: Decodable {
            var id: String
            var verdict: String
        }
    }

    @Test("`--resume` repeats the results of unchanged files without checking them again")
    func unchanged() async throws {
        let place = try Place()
        let (first, one) = try await place.check()
        let (second, other) = try await place.check(["--resume"])
        #expect(first.allSatisfy { $0.unchanged == nil })
        #expect(second.allSatisfy { $0.unchanged == true })
        #expect(second.map(\.report?.id) == first.map(\.report?.id))
        #expect(one.code == 1 && other.code == 1)
        let third = try await place.check()
        #expect(third.results.allSatisfy { $0.unchanged == nil }, "without --resume everything is checked")
    }

    @Test(
        "`--resume` checks a file again whose content, time or size has changed",
        arguments: ["content", "time", "size", "replaced"])
    func changed(how: String) async throws {
        let place = try Place()
        let path = place.folder.path("b.mp4")
        let time = [FileAttributeKey.modificationDate: Date(timeIntervalSince1970: 1_700_000_000)]
        try FileManager.default.setAttributes(time, ofItemAtPath: path)
        _ = try await place.check()
        switch how {
        case "content":  // one byte changes, and the old time is restored
            let file = try #require(FileHandle(forUpdatingAtPath: path))
            try file.seek(toOffset: 3000)
            let byte = try #require(try file.read(upToCount: 1)?.first)
            try file.seek(toOffset: 3000)
            try file.write(contentsOf: [byte ^ 1])
            try file.close()
            try FileManager.default.setAttributes(time, ofItemAtPath: path)
        case "time":
            #expect(utimes(path, nil) == 0)
        case "size":
            let file = try #require(FileHandle(forWritingAtPath: path))
            try file.seekToEnd()
            try file.write(contentsOf: Data(count: 10))
            try file.close()
        default:
            try FileManager.default.removeItem(atPath: path)
            try place.folder.copy(Clip.bad, as: "b.mp4")
        }
        let (results, _) = try await place.check(["--resume"])
        #expect(results.filter { $0.unchanged == nil }.map(\.path) == ["./b.mp4"])
        #expect(how != "replaced" || results.first { $0.path == "./b.mp4" }?.report?.verdict == "non-compliant")
    }

    @Test("`--resume` checks every file again when the rules or the limits have changed")
    func otherRules() async throws {
        let place = try Place()
        let contest = try place.cache.write(Self.contest(revision: 1), to: "contest.yaml")
        _ = try await place.check(contest: contest)
        #expect(try await place.check(["--resume"], contest: contest).results.allSatisfy { $0.unchanged == true })
        let limited = try await place.check(["--resume", "--memory", "300"], contest: contest)
        #expect(limited.results.allSatisfy { $0.unchanged == nil })
        try place.cache.write(Self.contest(revision: 2), to: "contest.yaml")
        let revised = try await place.check(["--resume", "--memory", "300"], contest: contest)
        #expect(revised.results.allSatisfy { $0.unchanged == nil })
        #expect(try await place.check(["--resume"]).outcome.errorText.contains("no earlier run was found"))
    }

    private static func contest(revision: Int) -> Data {
        Data(
            """
            schema: clipcheck.contest/1
            id: small
            revision: \(revision)
            name: {zh: 小, en: Small}
            source: {document: 通知, issued: 2024-02-27}
            rules:
              - {id: readable, kind: readable, level: required, clause: 能够打开}
            """.utf8)
    }

    @Test(
        "`--resume` works with a journal that is damaged, truncated or inaccessible",
        arguments: ["junk", "cut", "refused"])
    func damaged(how: String) async throws {
        let place = try Place()
        let (first, _) = try await place.check()
        let runs = place.cache.url.appending(path: "clipcheck/runs")
        let name = try #require(try FileManager.default.contentsOfDirectory(atPath: runs.path).first)
        let journal = runs.appending(component: name)
        let content = try Data(contentsOf: journal)
        switch how {
        case "junk": try Data((0..<5000).map { UInt8(truncatingIfNeeded: $0 &* 37) } + [10]).write(to: journal)
        case "cut": try content.prefix(content.count - 100).write(to: journal)
        default:
            try FileManager.default.removeItem(at: journal)
            try FileManager.default.createDirectory(at: journal, withIntermediateDirectories: false)
        }
        let (second, outcome) = try await place.check(["--resume"])
        #expect(second.map(\.report?.verdict) == first.map(\.report?.verdict))
        #expect(second.count { $0.unchanged == true } == (how == "cut" ? 4 : 0))
        #expect(outcome.code == 1)
        #expect(outcome.errorText.contains("checked anew") == (how == "refused"), "\(outcome.errorText)")
    }

    @Test("The journal of a run names no file and no person, and only its owner may read it")
    func privacy() async throws {
        let place = try Place()
        try place.folder.copy(Clip.good, as: "张三+作品+13800138000.mp4")
        _ = try await place.check()
        let runs = place.cache.url.appending(path: "clipcheck/runs")
        let name = try #require(try FileManager.default.contentsOfDirectory(atPath: runs.path).first)
        let journal = runs.appending(component: name)
        #expect(!String(decoding: try Data(contentsOf: journal), as: UTF8.self).contains("13800138000"))
        let attributes = try FileManager.default.attributesOfItem(atPath: journal.path)
        #expect(attributes[.posixPermissions] as? Int == 0o600)
    }

    @Test("`--resume` with `--no-digest` exits with 64")
    func noDigest() async throws {
        let outcome = try await clipcheck(["check", ".", "--contest", "xian-2024", "--resume", "--no-digest"])
        #expect(outcome.code == 64)
    }
}
