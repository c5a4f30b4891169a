import EntryIntake
import EntryStore
import Foundation
import Hummingbird
import MediaFacts
import TestSupport
import Testing

@testable import EntryServer

/// Resumable uploads after interruptions: broken connections, two senders at once, and a service that ends.
@Suite("Recovery of uploads")
struct UploadRecoveryTests {
    private static let clip = Clip.compliant
    private static let half = clip.count / 2

    @Test("An upload keeps the bytes that arrived before its connection broke", arguments: [1, half, clip.count - 1])
    func brokenLine(count: Int) async throws {
        let service = try TestService()
        let uri = try await service.beginUpload(Self.clip.count, CompleteForm.metadata())
        try await service.listening { port in
            var line: RawConnection? = try RawConnection(port: port)
            try await line?.send(Tus.head(ofPieceFor: uri, at: 0, length: Self.clip.count))
            try await line?.send(Array(Self.clip.prefix(count)))
            line = nil
            // HEAD would make the sender give way while its bytes are still read, so the test looks at the disk.
            try await Self.eventually { service.bytesReceived == count }
            #expect(try await service.offset(of: uri) == count)
        }
        #expect(service.log.errors == [], "a caller's fault is no error of ours")
        let last = try await service.patch(uri, at: count, Self.clip.dropFirst(count))
        let entry = try await service.send(.get, try #require(last.headers[.contentLocation])).json
        #expect(entry["media"]?["sha256"] == .text(Self.clip.sha256))
    }

    @Test("An upload keeps no bytes of a broken piece that has a checksum")
    func brokenLineWithChecksum() async throws {
        let service = try TestService()
        let uri = try await service.beginUpload(Self.clip.count)
        try await service.listening { port in
            let line = try RawConnection(port: port)
            let sum = Data([UInt8](repeating: 0, count: 20)).base64EncodedString()
            try await line.send(
                Tus.head(ofPieceFor: uri, at: 0, length: Self.clip.count, "Upload-Checksum: sha1 \(sum)"))
            try await line.send(Array(Self.clip.prefix(Self.half)))
            line.endSending()
            #expect(try await line.readAnswer().status == 400)
        }
        #expect(try await service.offset(of: uri) == 0)
        #expect(try await service.patch(uri, at: 0, Self.clip).status == 204)
    }

    @Test("Of two senders of an upload the older gets 409, its bytes stay, and the newer continues after them")
    func twoSenders() async throws {
        let service = try TestService()
        let bytes = noise(3 << 20)
        let uri = try await service.beginUpload(bytes.count)
        try await service.listening { port in
            let older = try RawConnection(port: port)
            try await older.send(Tus.head(ofPieceFor: uri, at: 0, length: bytes.count))
            try await older.send(Array(bytes.prefix(3 << 19)))
            // The service writes pieces of one megabyte. Once that is on the disk, the older sender has the upload.
            try await Self.eventually { service.bytesReceived >= 1 << 20 }
            let offset = try #require(try await service.offset(of: uri))
            #expect((1 << 20)...(3 << 19) ~= offset)
            try await older.readAnswer().expectProblem(409, "upload-taken-over")
            let newer = try await service.patch(uri, at: offset, bytes.dropFirst(offset))
            let entry = try #require(newer.headers[.contentLocation])
            #expect(try await service.send(.get, entry).json["media"]?["sha256"] == .text(bytes.sha256))
        }
    }

    @Test("`DELETE` of an upload ends its sender with 409 and leaves nothing")
    func deletedUnderWay() async throws {
        let service = try TestService()
        let bytes = noise(3 << 20)
        let uri = try await service.beginUpload(bytes.count)
        try await service.listening { port in
            let sender = try RawConnection(port: port)
            try await sender.send(Tus.head(ofPieceFor: uri, at: 0, length: bytes.count))
            try await sender.send(Array(bytes.prefix(3 << 19)))
            try await Self.eventually { service.bytesReceived >= 1 << 20 }
            #expect(try await service.tus(.delete, uri).status == 204)
            try await sender.readAnswer().expectProblem(409, "upload-taken-over")
        }
        try await service.tus(.head, uri).expectProblem(404, "upload-unknown")
        try await service.expectEmpty()
    }

    @Test("An upload continues after its last byte when the service has started again", arguments: [half, 2 << 20])
    func restart(first: Int) async throws {
        let folder = try LastingFolder()
        let bytes = first == Self.half ? Self.clip : noise(3 << 20)
        var uri = ""
        do {
            let service = try folder.open()
            uri = try await service.beginUpload(bytes.count, CompleteForm.metadata())
            #expect(try await service.patch(uri, at: 0, bytes.prefix(first)).status == 204)
        }
        let service = try folder.open()
        let head = try await service.tus(.head, uri)
        #expect(head.offset == first)
        #expect(head.headers[.uploadMetadata] == Tus.metadata(CompleteForm.metadata()))
        let last = try await service.patch(uri, at: first, bytes.dropFirst(first))
        let entry = try await service.send(.get, try #require(last.headers[.contentLocation])).json
        #expect(entry["media"]?["sha256"] == .text(bytes.sha256), "its digest goes on too")
        #expect(entry["fields"]?["title"]?.string == CompleteForm.fields["title"])
        #expect(folder.mediaFiles.count == 1)
    }

    @Test("A whole upload without an entry gets one at the next start, with the time of its last byte")
    func wholeWithoutEntry() async throws {
        let (folder, hand) = (try LastingFolder(), try HandClock("2024-04-23T23:59:59+08:00"))
        var uri = ""
        do {
            let service = try folder.open(clock: hand.clock)
            uri = try await service.beginUpload(Self.clip.count, CompleteForm.metadata())
            let id = String(try #require(uri.split(separator: "/").last))
            // These are the steps of a PATCH up to the moment at which the machine stops.
            let upload = try #require(try await service.store.upload(id))
            let media = try await service.store.resume(upload)
            try await media.write(Self.clip[...])
            try await media.commit(received: service.intake.now, expires: upload.expires)
            await media.close()
        }
        hand.advance(by: .seconds(600))
        let service = try folder.open(clock: hand.clock)
        #expect(try await service.store.entries(EntryQuery()).entries == [])
        try await service.uploads.tidy()
        let head = try await service.tus(.head, uri)
        let entry = try await service.send(.get, try #require(head.headers[.contentLocation])).json
        #expect(entry["receivedAt"] == "2024-04-23T23:59:59+08:00")
        #expect(entry["admission"]?.elements.first { $0["rule"] == "window" }?["outcome"] == "pass", "it was in time")
        #expect(entry["media"]?["sha256"] == .text(Self.clip.sha256))
        #expect(entry["fields"]?["phone"] == "138****8000")
        #expect(entry["report"]?["verdict"] == "compliant")
        try await service.uploads.tidy()
        #expect(try await service.store.entries(EntryQuery()).entries.count == 1, "once only")
    }

    @Test("An upload that ends while the queue is full is accepted without a report, which follows later")
    func fullQueue() async throws {
        let (folder, prober) = (try LastingFolder(), HeldProber())
        let service = try folder.open(prober: prober, waiting: 0)
        async let busy = service.send(.post, "/v1/checks?contest=xian-2024", body: Clip.short)
        try await prober.waitForProbes(1)
        let uri = try await service.beginUpload(Self.clip.count)
        let last = try await service.patch(uri, at: 0, Self.clip)
        #expect(last.status == 204)
        #expect(last.headers[.clipcheckVerdict] == "pending")
        #expect(try await service.tus(.head, uri).headers[.clipcheckVerdict] == "pending")
        let address = try #require(last.headers[.contentLocation])
        let entry = try await service.send(.get, address).json
        #expect(entry["report"] == .null)
        #expect(entry["media"]?["sha256"] == .text(Self.clip.sha256))
        try await service.send(.get, "\(address)/report").expectProblem(409, "report-pending")
        prober.release()
        #expect(try await busy.status == 200)
        let reported = try #require(try await service.reported(address))
        #expect(reported["report"]?["verdict"] == "compliant")
        #expect(reported["receivedAt"] == entry["receivedAt"])
        #expect(try await service.tus(.head, uri).headers[.clipcheckVerdict] == "compliant")
    }

    @Test("An upload whose service ended before its check is checked after the next start")
    func checkedLater() async throws {
        let folder = try LastingFolder()
        var address = ""
        do {
            let prober = HeldProber()
            let service = try folder.open(prober: prober, waiting: 0)
            async let busy = service.send(.post, "/v1/checks?contest=xian-2024", body: Clip.short)
            try await prober.waitForProbes(1)
            address = try await service.upload(Self.clip)
            prober.release()
            _ = try await busy
        }
        let service = try folder.open()
        #expect(try await service.send(.get, address).json["report"] == .null)
        #expect(try await service.reported(address)?["report"]?["verdict"] == "compliant")
    }

    @Test("An upload keeps its bytes when its entry could not be stored, and the next attempt makes the entry")
    func entryNotKept() async throws {
        let isBroken = Switch()
        let service = try TestService(
            faults: Faults(step: .arrive, error: .storageFailed("told to"), isBroken: isBroken))
        let uri = try await service.beginUpload(Self.clip.count)
        isBroken.turn(on: true)
        try await service.patch(uri, at: 0, Self.clip).expectProblem(503, "storage-failed")
        #expect(try await service.offset(of: uri) == Self.clip.count)
        #expect(try await service.tus(.head, uri).headers[.contentLocation] == nil)
        isBroken.turn(on: false)
        let last = try await service.patch(uri, at: Self.clip.count, [UInt8]())
        #expect(last.status == 204)
        let entry = try #require(last.headers[.contentLocation])
        #expect(try await service.send(.get, entry).json["media"]?["sha256"] == .text(Self.clip.sha256))
    }

    @Test("Tidying does not disturb a request that is finishing the same upload")
    func tidiedMeanwhile() async throws {
        let service = try LastingFolder().open()
        let uri = try await service.beginUpload(Self.clip.count)
        let id = String(try #require(uri.split(separator: "/").last))
        let begun = try #require(try await service.store.upload(id))
        let media = try await service.store.resume(begun)
        try await media.write(Self.clip[...])
        try await media.commit(received: service.intake.now, expires: begun.expires)
        await media.close()
        async let upload = service.uploads.append(LatePieces(), to: id, at: begun.length, checksum: nil)
        try await Task.sleep(for: .milliseconds(100))
        try await service.uploads.tidy()
        #expect(try await upload.entry != nil)
    }

    @Test("An entry made by an upload stays after the upload has expired")
    func expiredEntry() async throws {
        let (folder, hand) = (try LastingFolder(), try HandClock("2024-03-01T09:00:00+08:00"))
        let service = try folder.open(clock: hand.clock, uploadLifetime: .seconds(100))
        let address = try await service.upload(Self.clip)
        hand.advance(by: .seconds(101))
        try await service.uploads.tidy()
        #expect(try await service.send(.get, "\(address)/media").body == Self.clip)
    }

    /// Waits until `isSo` is true; fails after ten seconds.
    private static func eventually(
        sourceLocation: SourceLocation = #_sourceLocation, _ isSo: () async throws -> Bool
    ) async throws {
        for _ in 0..<1000 {
            if try await isSo() { return }
            try await Task.sleep(for: .milliseconds(10))
        }
        Issue.record("it was never so", sourceLocation: sourceLocation)
    }
}

extension TestService {
    /// Total bytes of unfinished uploads on the disk.
    fileprivate var bytesReceived: Int {
        let paths = allFiles.filter { $0.contains("/incoming/") }.map(outside.path)
        return paths.compactMap { try? FileManager.default.attributesOfItem(atPath: $0)[.size] as? Int }.reduce(0, +)
    }
}

/// An empty sequence that ends after one second, or throws at once when its task is cancelled.
private struct LatePieces: AsyncSequence, AsyncIteratorProtocol, Sendable {
    func makeAsyncIterator() -> LatePieces { self }
    mutating func next() async throws -> [UInt8]? {
        try await Task.sleep(for: .seconds(1))
        return nil
    }
}
