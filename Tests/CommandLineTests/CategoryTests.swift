import Foundation
import TestSupport
import Testing

@Suite("`check` of a contest with categories")
struct CategoryTests {
    private static let contest = """
        schema: clipcheck.contest/2
        id: two-kinds
        revision: 1
        name: {zh: 两类, en: Two kinds}
        source: {document: 通知, issued: 2024-02-27}
        general: none
        categories: [短视频, 微电影]
        rules:
          - {id: short, kind: duration, level: required, clause: 短视频 60 秒以内, for: [短视频], max: 60s}
          - {id: film, kind: duration, level: required, clause: 微电影 2–5 分钟, for: [微电影], min: 2m, max: 5m}

        """

    private struct Line: Decodable { var report: Report }

    private struct Report: Decodable {
        var verdict: String
        var scope: Scope
        var media: Media
        struct Scope: Decodable {
            var category: String?
            var source: String?
        }
        struct Media: Decodable { var filename: String }
    }

    /// Runs `check` over a folder of one clip of two minutes in each of two folders, and gives verdict, category and source by
    /// name of the file.
    private static func run(_ arguments: [String], manifest: String? = nil) async throws -> [String: [String?]] {
        let folder = try TemporaryFolder()
        try folder.write(Array(contest.utf8), to: "c.yaml")
        try folder.copy("duration-120000ms.mp4", as: "v/短视频/a.mp4")
        try folder.copy("duration-120000ms.mp4", as: "v/微电影/张三/b.mp4")
        if let manifest { try folder.write(Array(manifest.utf8), to: "m.csv") }
        let table = manifest == nil ? [] : ["--manifest", folder.path("m.csv")]
        let result = try await clipcheck(
            ["check", folder.path("v"), "--contest", folder.path("c.yaml"), "--format", "json"] + table + arguments)
        let reports = try JSONDecoder().decode([Line].self, from: result.output).map(\.report)
        return Dictionary(
            uniqueKeysWithValues: reports.map { ($0.media.filename, [$0.verdict, $0.scope.category, $0.scope.source]) })
    }

    @Test("without a category the length suits one category only, and a person must look")
    func none() async throws {
        let found = try await Self.run([])
        #expect(found == ["a.mp4": ["needs-review", nil, nil], "b.mp4": ["needs-review", nil, nil]])
    }

    @Test("`--category` names the category of all works")
    func option() async throws {
        let found = try await Self.run(["--category", "微电影"])
        #expect(
            found == [
                "a.mp4": ["compliant", "微电影", "option"], "b.mp4": ["compliant", "微电影", "option"],
            ])
    }

    @Test("`--category-from folder` takes the nearest folder that is named like a category")
    func folder() async throws {
        let found = try await Self.run(["--category-from", "folder"])
        #expect(
            found == [
                "a.mp4": ["non-compliant", "短视频", "folder"], "b.mp4": ["compliant", "微电影", "folder"],
            ])
    }

    @Test("the row of the manifest counts before the folder")
    func manifest() async throws {
        let found = try await Self.run(["--category-from", "folder"], manifest: "文件名,类别\na.mp4,微电影\nb.mp4,\n")
        #expect(
            found == [
                "a.mp4": ["compliant", "微电影", "manifest"], "b.mp4": ["compliant", "微电影", "folder"],
            ])
    }

    @Test("a `--category` that the contest does not have is a usage error that lists the categories")
    func unknown() async throws {
        let folder = try TemporaryFolder()
        try folder.write(Array(Self.contest.utf8), to: "c.yaml")
        let result = try await clipcheck([
            "check", folder.path("."), "--contest", folder.path("c.yaml"), "--category", "纪录片",
        ])
        #expect(result.code == 64)
        #expect(result.errorText.contains("--category 应为以下之一：短视频、微电影。"))
    }
}
