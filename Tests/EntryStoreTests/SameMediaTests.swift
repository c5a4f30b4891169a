import ContestRules
import EntryIntake
import TestSupport
import Testing

@testable import EntryStore

/// Entries of one contest that hold the same bytes: `Entry.sameMedia`, and the rule `unique-media` that reads it.
@Suite("Entries with the same bytes: `sameMedia` and `unique-media`")
struct SameMediaTests {
    private let test: StoreInMemory
    private var store: EntryStore { test.store }

    init() throws { test = try StoreInMemory() }

    @Test(
        "Of several entries with the same bytes the first passes with `sent-again`, and every later one is in doubt",
        arguments: [1, 2, 5])
    func counts(count: Int) async throws {
        for number in 1...count {
            let returned = try await store.arrive("\(number)", ["title": "守信 \(number)"], [7])
            #expect(try await store.entry("\(number)") == returned)
        }
        for number in 1...count {
            let entry = try #require(try await store.entry("\(number)"))
            #expect(entry.sameMedia.earlier == number - 1)
            #expect(entry.sameMedia.later == count - number)
            #expect(entry.sameMedia.ids == (1...count).filter { $0 != number }.map(String.init))
            let finding = try #require(entry.uniqueness)
            #expect(finding.outcome == (number == 1 ? .pass : .review))
            #expect(finding.reason == (number > 1 ? "same-file" : count > 1 ? "sent-again" : nil))
            #expect(finding.measured == "\(number == 1 ? count - 1 : number - 1)")
        }
    }

    @Test("Entries with the same bytes in two contests are each the first in their contest")
    func contests() async throws {
        try await store.arrive("1", ["title": "守信"], [7], contest: "sample")
        let other = try await store.arrive("2", ["title": "守信"], [7], contest: "other")
        #expect(other.sameMedia == SameMedia())
        #expect(try await store.entry("1")?.sameMedia == SameMedia())
    }

    @Test("An accepted first entry stays accepted when its bytes are sent again, and the later entry stays open")
    func firstStaysAccepted() async throws {
        try await store.arrive("1", ["title": "守信"], [7])
        #expect(try await store.sign("1").standing == .accepted)
        try await store.arrive("2", ["title": "守信"], [7])
        #expect(try await store.sign("2").standing == .open)
        #expect(try await store.entry("1")?.standing == .accepted)
        #expect(try await store.list(EntryQuery(standing: .accepted)).map(\.id) == ["1"])
        #expect(try await store.list(EntryQuery(standing: .open)).map(\.id) == ["2"])
        #expect(try await store.sign("2", "unique-media").standing == .accepted, "a person decided")
    }

    @Test(
        "When the first entry with some bytes gives them up, the next entry becomes the first and no other changes",
        arguments: ["deleted", "replaced"])
    func nextOneIsFirst(how: String) async throws {
        for number in 1...3 {
            try await store.arrive("\(number)", ["title": "守信"], [7])
            try await store.sign("\(number)")
        }
        if how == "deleted" { #expect(try await store.delete("1")) } else { try await store.replace("1", [8]) }
        #expect(try await store.entry("2")?.uniqueness?.reason == "sent-again")
        #expect(try await store.entry("2")?.standing == .accepted)
        #expect(try await store.entry("3")?.uniqueness?.reason == "same-file")
        #expect(try await store.list(EntryQuery(standing: .accepted)).map(\.id) == ["2"])
        #expect(try await store.list(EntryQuery(standing: .open)).map(\.id) == (how == "deleted" ? ["3"] : ["3", "1"]))
    }

    @Test("An entry that gives its bytes up and gets them back counts as the last with these bytes")
    func thereAndBack() async throws {
        try await store.arrive("1", ["title": "守信"], [7])
        try await store.arrive("2", ["title": "守信"], [7])
        try await store.replace("1", [8])
        let returned = try await store.replace("1", [7])
        #expect(returned.uniqueness?.reason == "same-file")
        #expect(try await store.entry("1") == returned)
        #expect(try await store.entry("2")?.uniqueness?.reason == "sent-again")
    }

    @Test("The first entry with some bytes stays the first when it gets the same bytes again")
    func sameAgain() async throws {
        try await store.arrive("1", ["title": "守信"], [7])
        try await store.arrive("2", ["title": "守信"], [7])
        #expect(try await store.replace("1", [7]).uniqueness?.reason == "sent-again")
        #expect(try await store.entry("2")?.uniqueness?.reason == "same-file")
    }

    @Test("Exactly one of 24 entries that arrive at once with the same bytes is the first")
    func atOnce() async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<24 {
                group.addTask { try await store.arrive("\(number)", ["title": "守信"], [7]) }
            }
            try await group.waitForAll()
        }
        var earlier: [Int] = []
        for number in 0..<24 { earlier.append(try #require(try await store.entry("\(number)")).sameMedia.earlier) }
        #expect(earlier.sorted() == Array(0..<24))
    }
}
