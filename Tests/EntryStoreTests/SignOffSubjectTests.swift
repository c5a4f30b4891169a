import ContestRules
import EntryIntake
import TestSupport
import Testing

@testable import EntryStore

/// What a person answered counts as long as its subject is the same: the media's bytes, or one field of the form.
@Suite("The subject of an answer")
struct SignOffSubjectTests {
    private static let form = ["title": "守信", "category": "默片", "region": "咸阳"]
    private let test: StoreInMemory
    private var store: EntryStore { test.store }

    init() throws { test = try StoreInMemory() }

    private func item(_ field: String) -> SignOff.Item { .init(rule: "form", field: field) }

    @Test("a refused field keeps its entry rejected when the media is replaced")
    func fieldSurvivesMedia() async throws {
        try await store.arrive("1", Self.form, [1])
        #expect(try await store.sign("1", "form", field: "category", .refused).standing == .rejected)
        let entry = try await store.replace("1", [2])
        #expect(entry.standing == .rejected)
        #expect(entry.itemsToLookAtAgain == [])
        #expect(entry.countingAnswers == [item("category"): .refused])
        #expect(try await store.entry("1") == entry)
    }

    @Test("a refusal of the content asks for a second look after new media, and the entry waits for that answer")
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

    @Test("a refusal counts again when the refused bytes come back")
    func refusedBytesReturn() async throws {
        try await store.arrive("1", ["title": "守信"], [1])
        try await store.sign("1", "originality", .refused)
        try await store.replace("1", [2])
        #expect(try await store.replace("1", [1]).standing == .rejected)
    }

    @Test("an approval of the content ends with the bytes that it was about")
    func approvalEndsWithMedia() async throws {
        try await store.arrive("1", ["title": "守信"], [1])
        #expect(try await store.sign("1").standing == .accepted)
        let replaced = try await store.replace("1", [2])
        #expect(replaced.standing == .open)
        #expect(replaced.itemsToLookAtAgain == [], "nobody refused anything")
    }

    @Test("a corrected field makes the answer about that field stale, and leaves the answers about others")
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

    @Test("a field corrected to a value that needs no person still waits for a second look at its refusal")
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

    @Test("an answer on an item that no person is asked for is refused with `itemUnknown`")
    func unknownItem() async throws {
        let entry = try await store.arrive("1", ["title": "守信"], [1])
        await expect(.itemUnknown) { try await store.sign("1", "form", field: "category") }
        await expect(.itemUnknown) { try await store.sign("1", "readable") }
        #expect(try await store.entry("1") == entry)
    }
}
