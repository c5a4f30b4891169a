import ContestRules
import EntryIntake
import Foundation
import MediaFacts
import TestSupport
import Testing

@testable import EntryStore

@Suite("An entry as `EntryStore` writes and reads it")
struct EntryRecordTests {
    private let test: StoreInMemory
    private var store: EntryStore { test.store }

    init() throws { test = try StoreInMemory() }

    @Test("`entry(_:)` reads an entry as it was written, with its report", arguments: Verdict.allCases)
    func roundTrip(verdict: Verdict) async throws {
        let media = try await store.received([1, 2, 3])
        var reference = media.media
        reference.filename = "信用 微视频《诚信》😀.mp4"
        var report = try Report.sample(of: reference, verdict: verdict)
        report.createdAt = "2026-11-20T21:30:00-03:30"
        report.facts?.video?.picture = nil
        report.facts?.audio = nil
        report.facts?.duration = nil
        let entry = Entry(
            id: "e5a1", createdAt: "2026-11-21T06:45:00+05:45", contest: "sample",
            fields: ["作者": "张三", "": "", "e-mail": "a@b.cn"], media: reference, report: report)
        try await store.add(entry, taking: media)
        #expect(try await store.entry("e5a1") == entry)
    }

    @Test("An entry without media has no report and no file")
    func withoutMedia() async throws {
        let entry = Entry(id: "1", createdAt: "now", contest: "sample", fields: ["a": "b"])
        try await store.add(entry, taking: nil)
        #expect(try await store.entry("1") == entry)
        #expect(try await store.openMedia(of: "1") == nil)
        #expect(test.folder.files == [])
    }

    @Test("An entry can hold a file without a name, and an empty file")
    func namelessAndEmpty() async throws {
        let entry = try await store.submit([], id: "1", filename: nil)
        #expect(try await store.entry("1") == entry)
        #expect(try await store.entry("1")?.media == MediaReference(filename: nil, bytes: 0, sha256: sha256([])))
        #expect(try await store.openMedia(of: "1")?.media.bytes == 0)
    }

    @Test(
        "An entry is not found, changed or deleted under another id",
        arguments: ["", "2", "1 ", "1\0", "1\0junk", "%", "1' OR '1'='1", "１"])
    func otherId(id: String) async throws {
        try await store.submit([1], id: "1")
        #expect(try await store.entry(id) == nil)
        #expect(try await store.openMedia(of: id) == nil)
        #expect(try await store.delete(id) == false)
        #expect(try await store.add(.sample(), toEntry: id) == false)
        #expect(try await store.replaceMedia(of: id, with: store.received([9]), .sample()) == false)
        #expect(try await store.list().map(\.id) == ["1"])
        #expect(test.kept == [sha256([1])])
    }

    @Test("An entry holds a thousand fields")
    func manyFields() async throws {
        let fields = Dictionary(uniqueKeysWithValues: (0..<1000).map { ("字段 \($0)", "值 \($0 * 7)") })
        try await store.add(Entry(id: "1", createdAt: "", contest: "sample", fields: fields), taking: nil)
        #expect(try await store.entry("1")?.fields == fields)
    }

    @Test(
        "An entry holds any text in its fields",
        arguments: [
            "'; DROP TABLE entry; --", "\"}],{\"x\":[", "a\0b", "\0", "👩‍👩‍👧‍👦🇨🇳", "\u{202E}gpj", "\r\n\t\u{1}\u{7F}",
            "\\u0000\\",
            "e\u{301} \u{E9}", "\u{FEFF}", "\u{FFFD}\u{10FFFF}", "NULL", "%s%n", "</script>",
            String(repeating: "长", count: 350_000),
        ])
    func hostileText(text: String) async throws {
        let entry = Entry(id: "1", createdAt: "", contest: "sample", fields: [text: "key", "value": text])
        try await store.add(entry, taking: nil)
        let fields = try #require(try await store.entry("1")?.fields)
        #expect(fields.count == 2)
        #expect(fields["value"].map { Array($0.utf8) } == Array(text.utf8))
        #expect(fields[text] == "key")
        #expect(try await store.list().count == 1)
    }

    @Test(
        "An entry holds any file name",
        arguments: [
            "'; DROP TABLE entry; --.mp4", "作品.mp4", "😀", "a\nb", "%", "\\", "", String(repeating: "名", count: 85),
        ])
    func hostileNames(name: String) async throws {
        let entry = try await store.submit([1, 2, 3], id: "1", filename: name)
        #expect(try await store.entry("1") == entry)
        #expect(try await store.list().first?.media?.filename == name)
    }

    @Test("`entry(from:inContest:)` finds an entry only by its exact contest and place")
    func finding() async throws {
        for (id, contest, place) in [
            ("1", "sample", "/a/b.mp4"), ("2", "other", "/a/b.mp4"), ("3", "sample", "/a/B.mp4"), ("4", "sample", nil),
        ] as [(String, String, String?)] {
            try await store.add(
                Entry(id: id, createdAt: "", contest: contest, place: place, fields: [:]), taking: nil as Received?)
        }
        for (contest, place, expected) in [
            ("sample", "/a/b.mp4", "1"), ("other", "/a/b.mp4", "2"), ("sample", "/a/B.mp4", "3"),
            ("third", "/a/b.mp4", nil), ("sample", "/a/b.mp", nil), ("sample", "", nil),
        ] as [(String, String, String?)] {
            #expect(try await store.entry(from: place, inContest: contest)?.id == expected)
        }
    }

    @Test("An entry, its report and its file are written together, or none of them is", arguments: ["report", "entry"])
    func oneTransaction(duplicate: String) async throws {
        let first = try await store.submit([1], id: "1")
        let media = try await store.received([2])
        var report = try Report.sample(of: media.media)
        if duplicate == "report" { report.id = try #require(first.report?.id) }
        let entry = Entry(
            id: duplicate == "entry" ? "1" : "2", createdAt: "", contest: "sample", fields: [:], media: media.media,
            report: report)
        await expect(.storageFailed) { try await store.add(entry, taking: media) }
        #expect(try await store.list().map(\.id) == ["1"])
        #expect(try await store.entry("1") == first)
        #expect(test.kept == [sha256([1])])
    }

    @Test("An entry that cannot be written does not remove a file that another entry names")
    func failingOnSharedFile() async throws {
        let first = try await store.submit([1, 2, 3], id: "1")
        let media = try await store.received([1, 2, 3])
        let entry = Entry(id: "1", createdAt: "", contest: "sample", fields: [:], media: media.media)
        await expect(.storageFailed) { try await store.add(entry, taking: media) }
        #expect(try await store.holdsItsFile("1", first.media))
    }

    @Test("An entry is not written for a file that was discarded")
    func discardedFile() async throws {
        let upload = try await store.vault.stage()
        let media = try await upload.finish()
        await upload.discard()
        let entry = Entry(id: "1", createdAt: "", contest: "sample", fields: [:], media: media.media)
        await expect(.storageFailed) { try await store.add(entry, taking: media) }
        #expect(try await store.list() == [])
        #expect(test.folder.files == [])
    }
}
