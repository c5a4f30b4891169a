import EntryIntake
import Foundation
import Hummingbird
import TestSupport
import Testing

@testable import EntryServer

/// tus 1.0.0 over the router, with one client that keeps the protocol or breaks it where the protocol allows a refusal.
@Suite("/v1/uploads")
struct UploadRoutesTests {
    private static let clip = Clip.compliant
    private static let half = clip.count / 2

    @Test("`PATCH` adds to an upload in several requests, and the last byte makes the entry")
    func inPieces() async throws {
        let (service, metadata) = (try TestService(), CompleteForm.metadata())
        let created = try await service.tus(.post, "/v1/uploads", Tus.creation(Self.clip.count, metadata))
        #expect(created.status == 201)
        #expect(created.headers[.uploadExpires]?.hasSuffix(" GMT") == true)
        let uri = try #require(created.uploadPath)
        for (offset, bytes) in [(0, Self.clip.prefix(Self.half)), (Self.half, Self.clip.dropFirst(Self.half))] {
            let head = try await service.tus(.head, uri)
            #expect(head.status == 200)
            #expect(head.offset == offset)
            #expect(head.headers[.uploadLength] == "\(Self.clip.count)")
            #expect(head.headers[.uploadMetadata] == Tus.metadata(metadata), "as it was said")
            #expect(head.headers[.contentLocation] == nil)
            #expect(try await service.entryIDs() == [], "no entry before the last byte")
            let answer = try await service.patch(uri, at: offset, bytes)
            #expect(answer.status == 204)
            #expect(answer.offset == offset + bytes.count)
        }
        let head = try await service.tus(.head, uri)
        #expect(head.offset == Self.clip.count)
        #expect(head.headers[.clipcheckVerdict] == "compliant")
        let id = try #require(try await service.entryIDs().first)
        #expect(head.headers[.contentLocation] == "/v1/entries/\(id)")
        let sum = Self.clip.sha256
        #expect(service.mediaFiles == ["media/\(sum.prefix(2))/\(sum)"])
    }

    @Test("An upload makes the same entry as a form with the same fields")
    func entry() async throws {
        let service = try TestService()
        let uri = try await service.upload(Self.clip, CompleteForm.metadata())
        let uploaded = try await service.send(.get, uri).json
        let submitted = try await service.send(.post, "/v1/entries", form: CompleteForm.form()).json
        for same in ["contest", "fields", "contacts", "media"] {
            #expect(uploaded[same] == submitted[same], "\(same)")
        }
        #expect(uploaded["fields"]?["title"]?.string == CompleteForm.fields["title"])
        #expect(uploaded["fields"]?["phone"] == "138****8000")
        #expect(uploaded["media"]?["sha256"] == .text(Self.clip.sha256))
        #expect(uploaded["media"]?["filename"] == .text(Clip.compliantName))
        #expect(uploaded["report"]?["verdict"] == "compliant")
        #expect(try await service.send(.get, "\(uri)/media").body == Self.clip)
    }

    @Test("`POST /v1/uploads` takes the first bytes with the creation, or all of them")
    func creationWithUpload() async throws {
        let service = try TestService()
        for count in [Self.half, Self.clip.count] {
            let headers = HTTPFields(Array(Tus.creation(Self.clip.count)) + Array(Tus.piece(at: 0)))
            let answer = try await service.tus(.post, "/v1/uploads", headers, body: Array(Self.clip.prefix(count)))
            #expect(answer.status == 201)
            #expect(answer.offset == count)
            let uri = try #require(answer.uploadPath)
            #expect(try await service.offset(of: uri) == count)
            #expect((answer.headers[.contentLocation] != nil) == (count == Self.clip.count))
        }
        #expect(try await service.entryIDs().count == 1)
    }

    @Test("`POST /v1/uploads` takes a file of no bytes, which is whole at once and judged")
    func empty() async throws {
        let service = try TestService()
        let created = try await service.tus(.post, "/v1/uploads", Tus.creation(0))
        #expect(created.status == 201)
        #expect(created.offset == 0)
        let uri = try #require(created.headers[.contentLocation])
        let entry = try await service.send(.get, uri).json
        #expect(entry["media"]?["bytes"] == 0)
        #expect(entry["media"]?["sha256"] == .text([UInt8]().sha256))
        #expect(entry["report"]?["verdict"] == "non-compliant")
        #expect(try await service.offset(of: try #require(created.uploadPath)) == 0)
    }

    @Test("`DELETE` removes an upload and its bytes; an entry that the upload made stays")
    func termination() async throws {
        let service = try TestService()
        let uri = try await service.beginUpload(Self.clip.count)
        #expect(try await service.patch(uri, at: 0, Self.clip.prefix(Self.half)).status == 204)
        #expect(service.mediaFiles.count == 1)
        #expect(try await service.tus(.delete, uri).status == 204)
        try await service.expectEmpty()
        try await service.tus(.head, uri).expectProblem(404, "upload-unknown")
        try await service.patch(uri, at: Self.half, [1]).expectProblem(404, "upload-unknown")
        try await service.tus(.delete, uri).expectProblem(404, "upload-unknown")
        let whole = try await service.beginUpload(Self.clip.count)
        let entry = try #require(try await service.patch(whole, at: 0, Self.clip).headers[.contentLocation])
        #expect(try await service.tus(.delete, whole).status == 204)
        #expect(try await service.send(.get, "\(entry)/media").body == Self.clip)
    }

    @Test(
        "`PATCH` at an offset other than the upload's is refused with 409 and changes nothing",
        arguments: [0, half - 1, half + 1])
    func wrongOffset(offset: Int) async throws {
        let service = try TestService()
        let uri = try await service.beginUpload(Self.clip.count)
        _ = try await service.patch(uri, at: 0, Self.clip.prefix(Self.half))
        try await service.patch(uri, at: offset, Self.clip.dropFirst(Self.half)).expectProblem(409, "offset-mismatch")
        #expect(try await service.offset(of: uri) == Self.half)
        #expect(try await service.patch(uri, at: Self.half, Self.clip.dropFirst(Self.half)).status == 204)
        #expect(
            try await service.send(.get, "/v1/entries").json["entries"]?.elements.first?["media"]?["sha256"]
                == .text(Self.clip.sha256))
    }

    @Test("`PATCH` keeps a piece only when its checksum is right", arguments: ["sha1", "sha256"])
    func checksum(algorithm: String) async throws {
        let service = try TestService()
        let uri = try await service.beginUpload(Self.clip.count)
        let (first, rest) = (Array(Self.clip.prefix(Self.half)), Array(Self.clip.dropFirst(Self.half)))
        let promise: (HTTPFields, HTTPFields) = (
            [.uploadChecksum: "\(algorithm) \(try await first.digest(algorithm))"],
            [.uploadChecksum: "\(algorithm) \(try await rest.digest(algorithm))"]
        )
        try await service.patch(uri, at: 0, first, promise.1).expectProblem(460, "checksum-mismatch")
        #expect(try await service.offset(of: uri) == 0)
        #expect(try await service.patch(uri, at: 0, first, promise.0).status == 204)
        try await service.patch(uri, at: Self.half, rest, promise.0).expectProblem(460, "checksum-mismatch")
        #expect(try await service.offset(of: uri) == Self.half)
        #expect(try await service.entryIDs() == [], "a last byte that is wrong makes no entry")
        let entry = try #require(
            try await service.patch(uri, at: Self.half, rest, promise.1).headers[.contentLocation])
        #expect(try await service.send(.get, entry).json["media"]?["sha256"] == .text(Self.clip.sha256))
    }

    @Test(
        "`PATCH` refuses a checksum that it cannot compute with 400, and keeps none of the bytes",
        arguments: [
            "md5 1B2M2Y8AsgTpgAmY7PhCfg==", "sha1", "sha1 ", "sha1 not-base64!", "sha256 2jmj7l5rSw0yVb/vlWAYkK/YBwk=",
            "SHA1 2jmj7l5rSw0yVb/vlWAYkK/YBwk=", "sha1 2jmj7l5rSw0yVb/vlWAYkK/YBwk= more",
        ])
    func unsupportedChecksum(text: String) async throws {
        let service = try TestService()
        let uri = try await service.beginUpload(Self.clip.count)
        let answer = try await service.patch(uri, at: 0, Self.clip, [.uploadChecksum: text])
        try answer.expectProblem(400, "upload-checksum")
        #expect(try await service.offset(of: uri) == 0)
        #expect(try await service.entryIDs() == [])
    }

    @Test(
        "`OPTIONS /v1/uploads` gives version, limit and extensions, also without a version in the request",
        arguments: ["", "/\(UUID().uuidString)"])
    func options(path: String) async throws {
        let answer = try await TestService(mostBytes: 12_345).send(.options, "/v1/uploads\(path)")
        #expect(answer.status == 204)
        #expect(answer.headers[.tusResumable] == "1.0.0")
        #expect(answer.headers[.tusVersion] == "1.0.0")
        #expect(answer.headers[.tusMaxSize] == "12345")
        #expect(answer.headers[.tusExtension] == "creation,creation-with-upload,checksum,expiration,termination")
        #expect(answer.headers[.tusChecksumAlgorithm] == "sha1,sha256")
    }

    @Test("`/v1/uploads` obeys the method in `X-HTTP-Method-Override`")
    func methodOverride() async throws {
        let service = try TestService()
        let uri = try await service.beginUpload(Self.clip.count)
        let piece = try await service.tus(
            .post, uri, Tus.piece(at: 0, [.methodOverride: "PATCH"]), body: Array(Self.clip.prefix(Self.half)))
        #expect(piece.status == 204)
        #expect(piece.offset == Self.half)
        #expect(try await service.tus(.post, uri, [.methodOverride: "HEAD"]).offset == Self.half)
        #expect(try await service.tus(.post, uri, [.methodOverride: "OPTIONS"]).headers[.tusVersion] == "1.0.0")
        try await service.tus(.post, uri).expectProblem(405, "method-not-allowed")
        #expect(try await service.tus(.post, uri, [.methodOverride: "DELETE"]).status == 204)
        try await service.expectEmpty()
    }

    @Test("An upload expires its lifetime after its last bytes, and is answered 410 until it is removed")
    func expiration() async throws {
        let hand = try HandClock("2024-03-01T09:00:00+08:00")
        let service = try TestService(uploadLifetime: .seconds(100), clock: hand.clock)
        let created = try await service.tus(.post, "/v1/uploads", Tus.creation(Self.clip.count))
        #expect(created.headers[.uploadExpires] == "Fri, 01 Mar 2024 01:01:40 GMT")
        let uri = try #require(created.uploadPath)
        hand.advance(by: .seconds(60))
        let first = try await service.patch(uri, at: 0, Self.clip.prefix(Self.half))
        #expect(first.headers[.uploadExpires] == "Fri, 01 Mar 2024 01:02:40 GMT")
        #expect(first.status == 204)
        hand.advance(by: .milliseconds(99_999))
        #expect(try await service.tus(.head, uri).status == 200)
        hand.advance(by: .milliseconds(1))
        try await service.tus(.head, uri).expectProblem(410, "upload-expired")
        try await service.patch(uri, at: Self.half, Self.clip.dropFirst(Self.half)).expectProblem(410, "upload-expired")
        let isGone = try await service.listening { _ in try await service.isIncomingEmpty() }
        #expect(isGone)
        try await service.tus(.head, uri).expectProblem(404, "upload-unknown")
    }
}

extension [UInt8] {
    /// The digest in Base64, computed by a program of the system and not by the tested code.
    fileprivate func digest(_ algorithm: String) async throws -> String {
        let folder = try TemporaryFolder()
        let path = try folder.write(self, to: "piece")
        let outcome = try await Program.run("openssl", ["dgst", "-\(algorithm)", "-binary", path])
        #expect(outcome.status == 0, "\(outcome.errors)")
        return Data(outcome.output).base64EncodedString()
    }
}
