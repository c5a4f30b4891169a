import ContestRules
import EntryIntake
import Foundation
import MediaFacts
import TestSupport
import Testing

@testable import EntryStore

@Suite("`EntryStore.apply(_:)`")
struct EntryChangeTests {
    private let folder: TemporaryFolder
    private let store: EntryStore

    init() throws {
        folder = try TemporaryFolder()
        store = try EntryStore(folder: folder.url.path)
    }

    @Test("The newest report decides the verdict of an entry and of its list line, and older reports are kept")
    func newerReport() async throws {
        let entry = try await store.submit([1], id: "1", verdict: .compliant)
        let media = try #require(entry.media)
        for (revision, verdict) in [(2, Verdict.nonCompliant), (3, .needsReview), (4, .compliant)] {
            let report = try Report.sample(of: media, revision: revision, verdict: verdict)
            #expect(try await store.add(report, toEntry: "1"))
            #expect(try await store.entry("1")?.report == report)
            #expect(try await store.entry("1")?.media == media)
            #expect(try await store.list(EntryQuery(verdict: verdict)).map(\.id) == ["1"])
        }
        #expect(try await store.list(EntryQuery(verdict: .nonCompliant)) == [])
        #expect(
            try rows("SELECT contestRevision || verdict FROM report ORDER BY number").joined(separator: " ")
                == "1compliant 2non-compliant 3needs-review 4compliant")
        #expect(try rows("SELECT DISTINCT schema FROM report") == [Report.schema])
    }

    @Test("A report whose id is taken is refused, and changes nothing", arguments: ["1", "2"])
    func duplicateReport(holder: String) async throws {
        let entry = try await store.submit([1], id: "1", verdict: .compliant)
        let other = holder == "1" ? entry : try await store.submit([2], id: "2", verdict: .compliant)
        var report = try Report.sample(of: try #require(entry.media), verdict: .nonCompliant)
        report.id = try #require(other.report?.id)
        await expect(.storageFailed) { try await store.add(report, toEntry: "1") }
        #expect(try await store.entry("1") == entry)
        #expect(try await store.list(EntryQuery(verdict: .nonCompliant)) == [])
    }

    @Test("A report on other bytes than the entry holds is refused with `mediaReplaced`, and changes nothing")
    func lateReport() async throws {
        let old = try #require(try await store.submit([1], id: "1", verdict: .compliant).media)
        let media = try await store.received([2])
        #expect(
            try await store.replaceMedia(of: "1", with: media, .sample(of: media.media, verdict: .nonCompliant)))
        await expect(.mediaReplaced) { try await store.add(.sample(of: old, verdict: .compliant), toEntry: "1") }
        let entry = try await store.entry("1")
        #expect(entry?.media?.sha256 == sha256([2]))
        #expect(entry?.report?.media.sha256 == sha256([2]))
        #expect(entry?.standing == .rejected)
        #expect(try await store.list().map(\.verdict) == [.nonCompliant])
    }

    @Test("After an entry's media went from A to B and back to A, a report on B is refused and a report on A counts")
    func thereAndBack() async throws {
        let first = try #require(try await store.submit([1], id: "1").media)
        let second = try #require(try await store.replace("1", [2]).media)
        try await store.replace("1", [1])
        await expect(.mediaReplaced) { try await store.add(.sample(of: second, verdict: .nonCompliant), toEntry: "1") }
        #expect(try await store.entry("1")?.report?.verdict == .compliant)
        #expect(try await store.add(.sample(of: first, verdict: .nonCompliant), toEntry: "1"))
        #expect(try await store.entry("1")?.standing == .rejected)
        #expect(folder.kept == [sha256([1])])
    }

    @Test("A report on an entry without media is refused with `mediaReplaced`", arguments: [nil, sha256([1])])
    func reportWithoutMedia(sum: String?) async throws {
        let entry = try await store.submit(nil, id: "1")
        let media = MediaReference(filename: nil, bytes: 0, sha256: sum)
        await expect(.mediaReplaced) { try await store.add(.sample(of: media), toEntry: "1") }
        #expect(try await store.entry("1") == entry)
    }

    @Test("`apply(_:)` returns the entry as it stood before its deletion")
    func deletionAnswer() async throws {
        let entry = try await store.submit([1], id: "1")
        #expect(try await store.apply(EntryChange(entry: "1", at: .sample, .deleted)) == entry)
        await expect(.entryDeleted) { try await store.apply(EntryChange(entry: "1", at: .sample, .deleted)) }
        await expect(.entryUnknown) { try await store.apply(EntryChange(entry: "2", at: .sample, .deleted)) }
    }

    @Test("`apply(_:)` returns the entry that `entry(_:)` reads afterwards, for four kinds of change")
    func answers() async throws {
        var answer = try await store.arrive("1", ["title": "守信", "category": "默片", "phone": "13800138000"], [1])
        #expect(try await store.entry("1") == answer)
        answer = try await store.sign("1", "form", field: "category", .refused)
        #expect(try await store.entry("1") == answer)
        answer = try await store.correct("1", ["title": "守信", "category": "其他", "phone": "13800138000"])
        #expect(try await store.entry("1") == answer)
        answer = try await store.replace("1", [2])
        #expect(try await store.entry("1") == answer)
        #expect(answer.version == 4)
        #expect(try await store.list() == [answer.summary(in: try .withForm())])
    }

    @Test(
        "Replacing the media of an entry removes the old file, unless another entry holds the file",
        arguments: [false, true])
    func replace(isShared: Bool) async throws {
        try await store.submit([1], id: "1")
        if isShared { try await store.submit([1], id: "2") }
        let media = try await store.received([2])
        let reference = MediaReference(filename: "新.mp4", bytes: 1, sha256: media.media.sha256)
        let report = try Report.sample(of: reference, verdict: .needsReview)
        #expect(try await store.replaceMedia(of: "1", with: media, report))
        let entry = try await store.entry("1")
        #expect(entry?.media == reference)
        #expect(entry?.report == report)
        #expect(try await store.holdsItsFile("1", reference))
        #expect(folder.kept == (isShared ? [sha256([1]), sha256([2])] : [sha256([2])]).sorted())
        if isShared { #expect(try await store.openMedia(of: "2")?.read(at: 0, count: 9) == [1]) }
    }

    @Test("Replacing the media of an entry by the same bytes keeps the file")
    func replaceBySame() async throws {
        let entry = try await store.submit([1], id: "1")
        let media = try await store.received([1])
        #expect(try await store.replaceMedia(of: "1", with: media, .sample(of: media.media)))
        #expect(try await store.holdsItsFile("1", entry.media))
        #expect(folder.kept == [sha256([1])])
    }

    @Test("An entry without media can be given media")
    func firstMedia() async throws {
        try await store.submit(nil, id: "1")
        let media = try await store.received([1])
        #expect(try await store.replaceMedia(of: "1", with: media, .sample(of: media.media)))
        #expect(try await store.holdsItsFile("1", media.media))
    }

    @Test("A replacement of media that fails leaves the old media and no new file", arguments: [[2], [1]] as [[UInt8]])
    func failingReplacement(content: [UInt8]) async throws {
        let entry = try await store.submit([1], id: "1")
        let media = try await store.received(content)
        var report = try Report.sample(of: media.media, verdict: .nonCompliant)
        report.id = try #require(entry.report?.id)
        await expect(.storageFailed) { try await store.replaceMedia(of: "1", with: media, report) }
        #expect(try await store.entry("1") == entry)
        #expect(try await store.holdsItsFile("1", entry.media))
        #expect(folder.kept == [sha256([1])])
    }

    @Test("media for an unknown entry is not kept")
    func replaceNothing() async throws {
        do {
            let media = try await store.received([1])
            #expect(try await store.replaceMedia(of: "1", with: media, .sample(of: media.media)) == false)
        }
        #expect(folder.kept == [])
        #expect(folder.incoming == [])
    }

    @Test(
        "Deleting an entry removes its reports, and its file unless another entry holds the file",
        arguments: [false, true])
    func delete(isShared: Bool) async throws {
        let entry = try await store.submit([1], id: "1")
        if isShared { try await store.submit([1], id: "2") }
        _ = try await store.add(.sample(of: try #require(entry.media)), toEntry: "1")
        #expect(try await store.delete("1"))
        #expect(try await store.entry("1") == nil)
        #expect(try await store.openMedia(of: "1") == nil)
        #expect(try rows("SELECT count(*) FROM report") == [isShared ? "1" : "0"])
        #expect(folder.kept == (isShared ? [sha256([1])] : []))
        #expect(try await store.delete("1") == false)
        if isShared { #expect(try await store.delete("2")) }
        #expect(folder.kept == [])
    }

    @Test("A reader that holds a file open can still read it after its entry is deleted")
    func deleteWhileReading() async throws {
        try await store.submit([1, 2, 3], id: "1")
        let file = try await store.openMedia(of: "1")
        #expect(try await store.delete("1"))
        #expect(try file?.read(at: 0, count: 9) == [1, 2, 3])
    }

    @Test("A new entry never takes a deleted entry's place in the list")
    func numbers() async throws {
        for id in ["1", "2", "3"] { try await store.submit(nil, id: id) }
        let cursor = try await store.entries(EntryQuery(limit: 1)).nextCursor
        #expect(try await store.delete("3"))
        try await store.submit(nil, id: "4")
        #expect(try await store.list(EntryQuery(cursor: cursor)).map(\.id) == ["2", "1"])
    }

    private func rows(_ sql: String) throws -> [String] { try SecondPath.run(sql, inFolder: folder.url.path) }
}
