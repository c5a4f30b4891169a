import ContestRules
import EntryIntake
import Foundation
import MediaFacts
import TestSupport
import Testing

@testable import EntryStore

@Suite("Content checks and stills in `EntryStore`")
struct CheckStoreTests {
    private let test: StoreInMemory
    private var store: EntryStore { test.store }

    init() throws { test = try StoreInMemory() }

    /// A report that waits for a content check (`isPending`), or one that completes a check.
    private func report(_ id: String, of entry: Entry, isPending: Bool, stills: [Still] = []) throws -> Report {
        let media = try #require(entry.media)
        var facts = MediaFacts.sample()
        if !isPending {
            facts.content = ContentFacts(
                depth: .standard, picture: PictureContent(framesExamined: 9, frames: 90), sound: SoundContent())
        }
        let report = Report(
            id: id, createdAt: Moment.sample.text, contest: try .content(), media: media, outcome: .facts(facts),
            tool: ToolVersions(clipcheck: "0.1.0", ffmpeg: [:]), stills: stills)
        return isPending ? report.awaitingCloserLook : report
    }

    /// Stores an entry whose report `id` waits for a content check.
    private func waiting(_ id: String, _ content: [UInt8] = [1]) async throws -> Entry {
        let received = try await store.received(content)
        var entry = Entry(id: "entry of \(id)", createdAt: Moment.sample.text, contest: "content", fields: [:])
        entry.media = received.media
        entry.report = try report(id, of: entry, isPending: true)
        try await store.add(entry, taking: received)
        return entry
    }

    private func still(_ time: Int64) -> Still {
        Still(atMilliseconds: time, width: 640, height: 360, jpeg: [0xff, 0xd8, UInt8(time % 251)])
    }

    @Test("A content check waits once its pending report is stored, and is done with the report that completes it")
    func complete() async throws {
        let entry = try await waiting("first")
        let check = try #require(try await store.nextCheck(beyond: []))
        #expect(
            check
                == ContentCheck(
                    id: "first", entry: entry.id, createdAt: Moment.sample.text, state: .waiting, attempts: 0,
                    report: nil))
        #expect(try await store.list().map(\.verdict) == [.needsReview])
        let stills = [still(0), still(5000), still(70)]
        let second = try report("second", of: entry, isPending: false, stills: stills)
        #expect(try await store.complete("first", of: entry.id, with: second, showing: stills))
        #expect(try await store.nextCheck(beyond: []) == nil)
        let done = try #require(try await store.check("first", ofEntry: entry.id))
        #expect(done.state == .done)
        #expect(done.report == "second")
        #expect(try await store.entry(entry.id)?.report == second)
        #expect(try await store.list().map(\.verdict) == [.compliant])
        #expect(try await store.reports(of: entry.id).map(\.id) == ["second", "first"])
        #expect(try await store.stills(ofReport: "second") == stills)
        #expect(try await store.stills(ofReport: "first") == [])
    }

    @Test("A content check is superseded when its entry gets a newer report", arguments: [true, false])
    func superseded(newerIsPending: Bool) async throws {
        let entry = try await waiting("first")
        #expect(
            try await store.add(try report("newer", of: entry, isPending: newerIsPending), toEntry: entry.id))
        #expect(try await store.check("first", ofEntry: entry.id)?.state == .superseded)
        #expect(try await store.nextCheck(beyond: [])?.id == (newerIsPending ? "newer" : nil))
        let late = try report("late", of: entry, isPending: false, stills: [still(0)])
        #expect(try await !store.complete("first", of: entry.id, with: late, showing: [still(0)]))
        #expect(try await store.reports(of: entry.id).map(\.id) == ["newer", "first"])
        #expect(try await store.stills(ofReport: "late") == [])
    }

    @Test("`nextCheck` gives the oldest of the waiting checks with the fewest attempts")
    func order() async throws {
        for (index, id) in ["a", "b", "c"].enumerated() { _ = try await waiting(id, [UInt8(index)]) }
        #expect(try await store.nextCheck(beyond: [])?.id == "a")
        #expect(try await store.nextCheck(beyond: ["a"])?.id == "b")
        try await store.setAttempts(1, ofCheck: "a")
        #expect(try await store.nextCheck(beyond: [])?.id == "b")
        try await store.setAttempts(2, ofCheck: "b")
        try await store.setAttempts(2, ofCheck: "c")
        #expect(try await store.nextCheck(beyond: [])?.attempts == 1)
        #expect(try await store.nextCheck(beyond: ["a", "b", "c"]) == nil)
    }

    @Test(
        "The stills of a report stay until a completed report replaces them, or the media is replaced",
        arguments: [true, false])
    func replacedPictures(isReplaced: Bool) async throws {
        let entry = try await waiting("first")
        let second = try report("second", of: entry, isPending: false, stills: [still(0)])
        #expect(try await store.complete("first", of: entry.id, with: second, showing: [still(0)]))
        if isReplaced {
            let received = try await store.received([9, 9])
            var other = entry
            other.media = received.media
            let newer = try report("third", of: other, isPending: true)
            #expect(try await store.replaceMedia(of: entry.id, with: received, newer))
            #expect(try await store.stills(ofReport: "second") == [], "the stills show the replaced file")
        } else {
            #expect(try await store.add(try report("third", of: entry, isPending: true), toEntry: entry.id))
            #expect(try await store.stills(ofReport: "second") == [still(0)], "the pending report has no stills")
            let last = try report("fourth", of: entry, isPending: false, stills: [still(5)])
            #expect(try await store.complete("third", of: entry.id, with: last, showing: [still(5)]))
            #expect(try await store.stills(ofReport: "second") == [])
            #expect(try await store.stills(ofReport: "fourth") == [still(5)])
        }
    }

    @Test("A content check and the stills of a report are deleted with their entry")
    func deleted() async throws {
        let (entry, other) = (try await waiting("first"), try await waiting("other", [2]))
        #expect(try await store.check("first", ofEntry: other.id) == nil)
        let second = try report("second", of: entry, isPending: false, stills: [still(0)])
        #expect(try await store.complete("first", of: entry.id, with: second, showing: [still(0)]))
        #expect(try await store.delete(entry.id))
        #expect(try await store.stills(ofReport: "second") == [])
        #expect(try await store.check("first", ofEntry: entry.id) == nil)
        #expect(try await store.nextCheck(beyond: [])?.id == "other")
    }

    @Test("`EntryStore` keeps the first of two stills of the same time, and every still of another time")
    func sameMoment() async throws {
        let entry = try await waiting("first")
        let stills = [still(0), still(0), still(9)]
        let second = try report("second", of: entry, isPending: false, stills: stills)
        #expect(try await store.complete("first", of: entry.id, with: second, showing: stills))
        #expect(try await store.stills(ofReport: "second") == [still(0), still(9)])
    }

    @Test("An entry that is stored with its report is stored with the report's stills")
    func storedWithEntry() async throws {
        let received = try await store.received([7])
        var entry = Entry(id: "1", createdAt: Moment.sample.text, contest: "content", fields: [:])
        entry.media = received.media
        entry.report = try report("only", of: entry, isPending: false, stills: [still(3)])
        try await store.add(entry, taking: received.staged, showing: [still(3)])
        #expect(try await store.stills(ofReport: "only") == [still(3)])
        #expect(try await store.nextCheck(beyond: []) == nil)
        withExtendedLifetime(received) {}
    }
}
