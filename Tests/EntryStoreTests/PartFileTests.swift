import ContestRules
import EntryIntake
import Foundation
import MediaFacts
import TestSupport
import Testing

@testable import EntryStore

@Suite("`PartFile` and `IncomingPart`")
struct PartFileTests {
    @Test(
        "A received file has the size and the digest of its bytes for every size of the chunks that arrive",
        arguments: [
            (0, 1), (1, 1), (1000, 1), (1000, 7), (1 << 20, 1 << 20), ((1 << 20) - 1, 1 << 16),
            ((1 << 20) + 1, 1 << 16),
            ((1 << 20) + 1, 1 << 20), (3 << 20, 5 << 20), ((2 << 20) + 12_345, 99_991),
        ])
    func chunking(size: Int, piece: Int) async throws {
        let test = try StoreInMemory()
        let content = (0..<size).map { UInt8(truncatingIfNeeded: $0 &* 167 >> 3) }
        let staged = try await test.store.received(content, inPiecesOf: piece)
        #expect(staged.media == MediaReference(filename: nil, bytes: Int64(size), sha256: sha256(content)))
        #expect(staged.file.media.bytes == Int64(size))
        #expect(try staged.file.read(at: 0, count: size + 1) == content)
        #expect(try MediaDigest.of(staged.file) == staged.media.sha256)
    }

    @Test(
        "A received file may arrive in chunks of random size, empty ones included",
        arguments: 1...5 as ClosedRange<UInt64>)
    func randomChunking(seed: UInt64) async throws {
        let test = try StoreInMemory()
        var random = SeededGenerator(seed: seed)
        let upload = try await test.store.vault.stage()
        var content: [UInt8] = []
        for _ in 0..<60 {
            let byte = UInt8.random(in: .min ... .max, using: &random)
            let piece = [UInt8](repeating: byte, count: Int.random(in: 0...80_000, using: &random))
            content += piece
            try await upload.write(piece[...])
        }
        let staged = try await upload.finish()
        #expect(staged.media.sha256 == sha256(content))
        #expect(try staged.file.read(at: 0, count: content.count + 1) == content)
    }

    @Test(
        "A received file of `mostBytes` is accepted, and one byte more throws `mediaTooLarge`",
        arguments: [
            (0, 0, true), (0, 1, false), (10, 10, true), (10, 11, false), (2 << 20, 2 << 20, true),
            (2 << 20, (2 << 20) + 1, false),
        ])
    func limit(most: Int, size: Int, isTaken: Bool) async throws {
        let test = try StoreInMemory(mostBytes: Int64(most))
        let content = [UInt8](repeating: 7, count: size)
        if isTaken {
            #expect(try await test.store.received(content).media.bytes == Int64(size))
        } else {
            let error = await expect(.mediaTooLarge) { try await test.store.received(content) }
            #expect(error?.message.en.contains("\(most) bytes") == true)
            #expect(error?.message.zh.contains("\(most) 字节") == true)
        }
        #expect(test.folder.files == [])
    }

    @Test("A received file that grew too large accepts no more bytes and cannot be finished")
    func tooLargeForGood() async throws {
        let test = try StoreInMemory(mostBytes: 10)
        let upload = try await test.store.vault.stage()
        try await upload.write([1, 2, 3])
        await expect(.mediaTooLarge) { try await upload.write(ArraySlice(repeating: 1, count: 8)) }
        await expect(.mediaTooLarge) { try await upload.write([1]) }
        await #expect(throws: IntakeError.self, "size and digest would belong to different bytes") {
            try await upload.finish()
        }
        await upload.discard()
        #expect(test.folder.files == [])
    }

    @Test("A received file has no name in `media` before an entry names it")
    func invisible() async throws {
        let test = try StoreInMemory()
        let upload = try await test.store.vault.stage()
        try await upload.write([1, 2, 3])
        #expect(test.kept == [])
        let staged = try await upload.finish()
        #expect(test.kept == [])
        #expect(test.incoming.count == 1)
        #expect(staged.media.filename == nil)
    }

    @Test(
        "A received file is removed at any point when its `IncomingMedia` is deallocated",
        arguments: ["begun", "written", "finished"])
    func dropped(at point: String) async throws {
        let test = try StoreInMemory()
        do {
            let upload = try await test.store.vault.stage()
            if point != "begun" { try await upload.write(ArraySlice(repeating: 1, count: 3 << 20)) }
            if point == "finished" { _ = try await upload.finish() }
            #expect(test.incoming.count == 1)
        }
        #expect(test.folder.files == [])
    }

    @Test(
        "`discard()` removes a received file at any point, and may be repeated",
        arguments: ["begun", "written", "finished"])
    func discarded(at point: String) async throws {
        let test = try StoreInMemory()
        let upload = try await test.store.vault.stage()
        if point != "begun" { try await upload.write(ArraySlice(repeating: 1, count: 3 << 20)) }
        if point == "finished" { _ = try await upload.finish() }
        for _ in 0..<3 { await upload.discard() }
        #expect(test.folder.files == [])
    }

    @Test("A received file accepts no bytes after `discard()` or `finish()`", arguments: ["discarded", "finished"])
    func writeAfterEnd(end: String) async throws {
        let test = try StoreInMemory()
        let upload = try await test.store.vault.stage()
        try await upload.write([1, 2, 3])
        if end == "finished" { _ = try await upload.finish() } else { await upload.discard() }
        await #expect(throws: IntakeError.self) {
            try await upload.write(ArraySlice(repeating: 1, count: 2 << 20))
            _ = try await upload.finish()
        }
    }

    @Test("`discard()` does not remove a file that an entry names", arguments: [true, false])
    func discardAfterTaking(wasThere: Bool) async throws {
        let test = try StoreInMemory()
        if wasThere { try await test.store.submit([1, 2, 3]) }
        let upload = try await test.store.vault.stage()
        try await upload.write([1, 2, 3])
        let staged = try await upload.finish()
        let entry = Entry(id: "1", createdAt: "", contest: "sample", fields: [:], media: staged.media)
        try await test.store.add(entry, taking: staged)
        for _ in 0..<2 { await upload.discard() }
        #expect(test.folder.files == ["media/03/\(sha256([1, 2, 3]))"])
        #expect(try await test.store.holdsItsFile("1", staged.media))
        #expect(try staged.file.read(at: 0, count: 9) == [1, 2, 3], "an open reader can still read it")
    }

    @Test("50 files that are received at once keep their own bytes")
    func manyAtOnce() async throws {
        let test = try StoreInMemory()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<50 {
                group.addTask {
                    let content = [UInt8](repeating: UInt8(number), count: 40_000 + number)
                    let staged = try await test.store.received(content, inPiecesOf: 999)
                    #expect(staged.media.sha256 == sha256(content))
                }
            }
            try await group.waitForAll()
        }
        #expect(test.folder.files == [])
    }

    @Test("`stage()` throws `storageFailed` when the folder `incoming` is missing")
    func noFolder() async throws {
        let test = try StoreInMemory()
        try FileManager.default.removeItem(atPath: test.folder.path("incoming"))
        await expect(.storageFailed) { try await test.store.vault.stage() }
    }
}
