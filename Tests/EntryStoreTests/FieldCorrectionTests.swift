import ContestRules
import EntryIntake
import Foundation
import TestSupport
import Testing

@testable import EntryStore

@Suite("Corrections of a form in `EntryStore`")
struct FieldCorrectionTests {
    private let folder: TemporaryFolder
    private let store: EntryStore

    init() throws {
        folder = try TemporaryFolder()
        store = try EntryStore(folder: folder.url.path)
    }

    @Test("A correction keeps the time of receipt, the media and the report, and raises the version by one")
    func keeps() async throws {
        let before = try await store.arrive("1", ["title": "守信", "phone": "13800138000"], [1])
        let after = try await store.correct("1", ["title": "守诺", "phone": "13800138000"])
        #expect(after.received == .sample)
        #expect(after.media == before.media)
        #expect(after.report == before.report)
        #expect(after.version == 2)
        #expect(after.fields == ["title": "守诺"])
        #expect(after.contacts?.fields == ["phone": "13800138000"])
        #expect(try await store.entry("1") == after)
    }

    @Test("A correction stores the names of the changed fields, and their earlier values only under seal")
    func history() async throws {
        try await store.arrive("1", ["title": "守信", "phone": "13800138000", "region": "莲湖"], [1])
        try await store.correct("1", ["标题": "", "title": "守信", "phone": "13900139000"])
        let entry = try #require(try await store.entry("1"))
        #expect(entry.corrections.map(\.fields) == [["phone", "region", "标题"]])
        #expect(entry.corrections.first?.before == ["phone": "13800138000", "region": "莲湖"])
        #expect(entry.corrections.first?.version == 2)
        #expect(entry.corrections.first?.createdAt == Moment.sample.advanced(by: .seconds(3600)).text)
        let columns = try SecondPath.run("SELECT version, fields FROM correction", inFolder: folder.url.path)
        #expect(columns == [#"2|["phone","region","标题"]"#])
        for name in folder.files {
            let data = try Data(contentsOf: folder.url.appending(path: name))
            for secret in ["13800138000", "13900139000"] {
                #expect(data.range(of: Data(secret.utf8)) == nil, "\(name)")
            }
        }
    }

    @Test("A list shows the title of a form that gave it by label and then by name; the correction names `title`")
    func labels() async throws {
        try await store.arrive("1", ["作品名称": "守信"], [1])
        let entry = try await store.correct("1", ["title": "守信"])
        #expect(entry.corrections.flatMap(\.fields) == ["title"])
        #expect(try await store.list().map(\.title) == ["守信"])
    }

    @Test("A correction with the same values is not recorded")
    func nothingNew() async throws {
        try await store.arrive("1", ["title": "守信"], [1])
        #expect(try await store.correct("1", ["title": "守信"]).corrections == [])
    }

    @Test("A correction throws `storageFailed` when the key of the contacts is lost, and changes nothing")
    func lostKey() async throws {
        let (data, keys) = (folder.path("data"), folder.path("data/clipcheck.keys"))
        do { try await EntryStore(folder: data).arrive("1", ["title": "守信", "phone": "13800138000"]) }
        try FileManager.default.removeItem(atPath: keys)
        let store = try EntryStore(folder: data)
        await expect(.storageFailed) { try await store.correct("1", ["title": "守诺"]) }
        #expect(try await store.entry("1")?.fields == ["title": "守信"])
        #expect(try await store.entry("1")?.version == 1)
    }
}
