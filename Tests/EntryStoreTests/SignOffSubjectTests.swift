import ContestRules
import EntryIntake
import TestSupport
import Testing

@testable import EntryStore

/// A sign-off counts as long as its subject is unchanged: the media's bytes, or one field of the form.
@Suite("The subject of a sign-off")
struct SignOffSubjectTests {
    private static let form = ["title": "守信", "category": "默片", "region": "咸阳"]
    private let test: StoreInMemory
    private var store: EntryStore { test.store }

    init() throws { test = try StoreInMemory() }

    private func item(_ field: String) -> SignOff.Item { .init(rule: "form", field: field) }

    @Test("An entry with a refused field stays rejected when its media is replaced")
    func fieldSurvivesMedia() async throws {
        try await store.arrive("1", Self.form, [1])
        #expect(try await store.sign("1", "form", field: "category", .refused).standing == .rejected)
        let entry = try await store.replace("1", [2])
        #expect(entry.standing == .rejected)
        #expect(entry.itemsToLookAtAgain == [])
        #expect(entry.countingAnswers == [item("category"): .refused])
        #expect(try await store.entry("1") == entry)
    }

    @Test("An entry whose content was refused is open after new media, and waits for a second sign-off of the content")
    func contentAfterMedia() async throws {
        let originality = SignOff.Item(rule: "originality")
        try await store.arrive("1", ["title": "守信"], [1])
        #expect(try await store.sign("1", "originality", .refused).standing == .rejected)
        let replaced = try await store.replace("1", [2])
        #expect(replaced.itemsToLookAtAgain == [originality])
        #expect(replaced.standing == .open)
        #expect(try await store.list().map(\.mustLookAgain) == [true])
        let approved = try await store.sign("1")
        #expect(approved.itemsToLookAtAgain == [])
        #expect(approved.standing == .accepted)
        #expect(try await store.list().map(\.mustLookAgain) == [false])
        #expect(approved.signOffs.map(\.answer) == [.refused, .approved], "the history keeps both")
    }

    @Test("A refusal of the content counts again when the entry gets the refused bytes back")
    func refusedBytesReturn() async throws {
        try await store.arrive("1", ["title": "守信"], [1])
        try await store.sign("1", "originality", .refused)
        try await store.replace("1", [2])
        #expect(try await store.replace("1", [1]).standing == .rejected)
    }

    @Test("An approval of the content no longer counts after the media is replaced")
    func approvalEndsWithMedia() async throws {
        try await store.arrive("1", ["title": "守信"], [1])
        #expect(try await store.sign("1").standing == .accepted)
        let replaced = try await store.replace("1", [2])
        #expect(replaced.standing == .open)
        #expect(replaced.itemsToLookAtAgain == [], "no sign-off refused the content")
    }

    @Test("Correcting a field makes the sign-off of that field stale, and no other sign-off")
    func correctedField() async throws {
        try await store.arrive("1", Self.form, [1])
        try await store.sign("1")
        try await store.sign("1", "form", field: "region")
        try await store.sign("1", "form", field: "category", .refused)
        let corrected = try await store.correct("1", Self.form.merging(["category": "无声片"]) { _, new in new })
        #expect(corrected.itemsToLookAtAgain == [item("category")])
        #expect(corrected.countingAnswers == [item("region"): .approved, .init(rule: "originality"): .approved])
        #expect(corrected.standing == .open)
        #expect(try await store.sign("1", "form", field: "category").standing == .accepted)
    }

    @Test("A refused field that is corrected to a listed value still waits for a second sign-off")
    func correctedToListedValue() async throws {
        try await store.arrive("1", ["title": "守信", "category": "默片"], [1])
        try await store.sign("1")
        try await store.sign("1", "form", field: "category", .refused)
        let corrected = try await store.correct("1", ["title": "守信", "category": "动画类"])
        #expect(corrected.itemsToLookAtAgain == [item("category")])
        #expect(corrected.standing == .open)
        #expect(corrected.itemsForPeople.contains(item("category")))
        #expect(try await store.sign("1", "form", field: "category").standing == .accepted)
    }

    @Test("A sign-off of an item that needs no person throws `itemUnknown`")
    func unknownItem() async throws {
        let entry = try await store.arrive("1", ["title": "守信"], [1])
        await expect(.itemUnknown) { try await store.sign("1", "form", field: "category") }
        await expect(.itemUnknown) { try await store.sign("1", "readable") }
        #expect(try await store.entry("1") == entry)
    }
}
