import Foundation
import TestSupport
import Testing

@Suite("`check --store --manifest`")
struct StoreManifestTests {
    private struct Page: Decodable {
        var entries: [Line]
        struct Line: Decodable { var id: String }
    }

    /// An entry as the service shows it. Two are equal when nothing changed in between.
    private struct Entry: Decodable, Equatable {
        var id: String
        var fields: [String: String]
        var receivedAt: String
        var standing: String
        var media: Media
        var report: Report
        var admission: [Finding]

        struct Media: Decodable, Equatable { var filename: String }
        struct Report: Decodable, Equatable { var id: String }
        struct Finding: Decodable, Equatable {
            var rule: String
            var field: String?
            var outcome: String
        }
    }

    /// All entries that a service shows, by the names of their files, with the number of their reports.
    private static func entries(_ data: String) async throws -> [String: (entry: Entry, reports: Int)] {
        let service = try Service(data: data)
        let address = try await service.address() + "/v1/entries"
        let page = try JSONDecoder().decode(Page.self, from: Data(try await fetch(address + "?limit=200").body.utf8))
        var entries: [String: (Entry, Int)] = [:]
        for line in page.entries {
            let entry = try JSONDecoder().decode(
                Entry.self, from: Data(try await fetch("\(address)/\(line.id)").body.utf8))
            let reports = try await fetch("\(address)/\(line.id)/reports").body
            #expect(entries[entry.media.filename] == nil, "two entries of \(entry.media.filename)")
            entries[entry.media.filename] = (entry, reports.components(separatedBy: "\"verdict\"").count - 1)
        }
        #expect(await service.stop()?.code == 0)
        return entries
    }

    private static let table = """
        文件名,作品名称,时长,导演,制片人或制片单位,联系人,联系电话,作品类型,剧情摘要,作品简介
        a.mp4,守信,2:30,李,王,张,13857942000,剧情类,摘要,简介
        "子/b.mov",,3:20,李,王,张,13857942001,纪实类,摘要,简介

        """

    @Test("`check --store` stores the manifest's fields of each work, and a second run changes nothing")
    func twice() async throws {
        let folder = try TemporaryFolder()
        try folder.copy(Clip.good, as: "v/a.mp4")
        try folder.copy("phone.mov", as: "v/子/b.mov")
        try folder.copy("rotated-90.mp4", as: "v/c.mp4")
        try folder.write(Data(Self.table.utf8), to: "table.csv")
        let options = [
            "--store", "--data", folder.path("data"), "--manifest", "table.csv", "--received-at",
            "2024-03-01T10:00:00+08:00",
        ]
        let first = try await check(["v"], options, in: folder.url)
        #expect(first.code == 0)
        let kept = try await Self.entries(folder.path("data"))
        #expect(kept.keys.sorted() == ["a.mp4", "b.mov", "c.mp4"])
        #expect(
            kept["a.mp4"]?.entry.fields == [
                "title": "守信", "duration": "2:30", "director": "李", "producer": "王", "contact": "***",
                "phone": "138****2000", "category": "剧情类", "synopsis": "摘要", "introduction": "简介",
            ])
        #expect(kept["b.mov"]?.entry.fields["title"] == nil && kept["b.mov"]?.entry.fields["phone"] == "138****2001")
        #expect(kept["c.mp4"]?.entry.fields == [:])
        #expect(kept["a.mp4"]?.entry.receivedAt == "2024-03-01T10:00:00+08:00")
        #expect(kept["b.mov"]?.entry.admission.contains { $0.field == "title" && $0.outcome == "fail" } ?? false)
        #expect(kept["b.mov"]?.entry.standing == "rejected")

        let media = folder.files.filter { $0.contains("/media/") }
        for again in [options, options + ["--resume"], options + ["--jobs", "1"]] {
            #expect(try await check(["v"], again, in: folder.url).code == 0)
            let entries = try await Self.entries(folder.path("data"))
            #expect(entries.mapValues(\.entry) == kept.mapValues(\.entry))
            #expect(entries.values.allSatisfy { $0.reports == 1 })
        }
        #expect(folder.files.filter { $0.contains("/media/") } == media)
    }
}
