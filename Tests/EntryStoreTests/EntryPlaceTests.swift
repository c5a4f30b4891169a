import ContestRules
import EntryIntake
import Foundation
import TestSupport
import Testing

@testable import EntryStore

/// Arrivals by `check --store`: all works from one place are one entry, whatever their bytes.
@Suite("Arrivals with a place")
struct EntryPlaceTests {
    private let folder: TemporaryFolder
    private let store: EntryStore

    init() throws {
        folder = try TemporaryFolder()
        store = try EntryStore(folder: folder.url.path)
    }

    private var events: [String] {
        get throws { try SecondPath.run("SELECT event FROM outbox ORDER BY number", inFolder: folder.url.path) }
    }

    @Test("Two works with the same bytes, name and form from two places become two entries")
    func twoPlaces() async throws {
        for (id, place) in [("1", "/a/作品.mp4"), ("2", "/b/作品.mp4")] {
            let entry = try await store.arrive(id, ["title": "守信"], [1], from: place)
            #expect(entry.id == id)
            #expect(entry.place == place)
        }
        #expect(try await store.entry(from: "/a/作品.mp4", inContest: "sample")?.id == "1")
        #expect(try await store.entry(from: "/b/作品.mp4", inContest: "sample")?.id == "2")
    }

    @Test("24 works with the same bytes that arrive at once from 24 places become 24 entries")
    func manyPlaces() async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<24 {
                group.addTask { try await store.arrive("\(number)", ["title": "守信"], [1], from: "/\(number)") }
            }
            try await group.waitForAll()
        }
        #expect(Set(try await store.list().map(\.id)) == Set((0..<24).map(String.init)))
        #expect(folder.kept == [sha256([1])])
    }

    @Test("24 works with the same bytes that arrive at once from one place become one entry of version 1")
    func onePlace() async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<24 {
                group.addTask { try await store.arrive("\(number)", ["title": "守信"], [1], from: "/a") }
            }
            try await group.waitForAll()
        }
        #expect(try await store.list().count == 1)
        #expect(try await store.entry(from: "/a", inContest: "sample")?.version == 1)
        #expect(try events == ["entry.created"])
        #expect(folder.incoming == [])
    }

    @Test("A work that arrives again unchanged from its place changes nothing, and adds no event")
    func unchanged() async throws {
        let first = try await store.arrive("1", ["title": "守信"], [1], from: "/a")
        #expect(
            try await store.arrive("2", ["title": "守信"], [1], from: "/a", at: .sample.advanced(by: .seconds(60)))
                == first)
        #expect(try await store.arrive("3", [:], [1], from: "/a") == first, "without a form, the form stays")
        #expect(try await store.entry("1") == first)
        #expect(try await store.reports(of: "1").count == 1)
        #expect(try events == ["entry.created"])
    }

    @Test("New bytes from the place of an entry become the entry's next version, and the old file is removed")
    func newBytes() async throws {
        try await store.arrive("1", ["title": "守信"], [1], from: "/a")
        let changed = try await store.arrive("2", ["title": "守信"], [2], verdict: .nonCompliant, from: "/a")
        #expect(changed.id == "1")
        #expect(changed.version == 2)
        #expect(changed.media?.sha256 == sha256([2]))
        #expect(changed.standing == .rejected)
        #expect(try await store.entry("1") == changed)
        #expect(folder.kept == [sha256([2])])
        #expect(try events == ["entry.created", "entry.media-replaced"])
    }

    @Test("Another form from the place of an entry becomes a correction of that entry")
    func newForm() async throws {
        try await store.arrive("1", ["title": "守信"], [1], from: "/a")
        let changed = try await store.arrive("2", ["title": "守诺"], [1], from: "/a")
        #expect(changed.id == "1")
        #expect(changed.version == 2)
        #expect(changed.fields == ["title": "守诺"])
        #expect(changed.corrections.map(\.fields) == [["title"]])
        #expect(try await store.list(EntryQuery(text: "守诺")).map(\.id) == ["1"])
        #expect(try await store.list(EntryQuery(text: "守信")) == [])
        #expect(try events == ["entry.created", "entry.corrected"])
    }

    @Test("Works from one place in two contests become two entries")
    func contests() async throws {
        try await store.arrive("1", ["title": "守信"], [1], contest: "sample", from: "/a")
        try await store.arrive("2", ["title": "守信"], [1], contest: "other", from: "/a")
        #expect(try await store.entry(from: "/a", inContest: "other")?.id == "2")
    }

    @Test("A work from the place of a deleted entry becomes a new entry")
    func deleted() async throws {
        try await store.arrive("1", ["title": "守信"], [1], from: "/a")
        #expect(try await store.delete("1"))
        #expect(try await store.arrive("2", ["title": "守信"], [1], from: "/a").id == "2")
        await expect(.entryDeleted) { try await store.arrive("1", ["title": "守信"], [1], from: "/b") }
        #expect(try await store.list().map(\.id) == ["2"])
    }
}
