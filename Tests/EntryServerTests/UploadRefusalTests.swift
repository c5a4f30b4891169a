import EntryIntake
import Foundation
import Hummingbird
import Testing

@testable import EntryServer

/// Requests to `/v1/uploads` that the service refuses. A refused request leaves nothing behind.
@Suite("/v1/uploads, refusals")
struct UploadRefusalTests {
    private static let clip = Clip.compliant

    /// A request that creates an upload and is refused, with the status and the code of the problem.
    struct Case: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var length: String? = "5"
        var metadata: String? = "contest \("xian-2024".base64)"
        var status: Int
        var code: String
    }

    static let cases =
        [nil, "", "-1", "+1", "1.5", "0x10", "5 5", "many", "５"].map { length in
            Case(testDescription: "length \(length ?? "missing")", length: length, status: 400, code: "upload-length")
        }
        + [
            "contest", "title \("无".base64)", "contest \("".base64)", nil, "", "Contest \("xian-2024".base64)",
        ].map { metadata in
            let isNamed = metadata?.hasPrefix("contest") == true
            return Case(
                testDescription: "contest in \(metadata ?? "nothing")", metadata: metadata, status: 422,
                code: isNamed ? "contest-unknown" : "contest-missing")
        }
        + [
            "contest \("xian-2042".base64)", "contest \("XIAN-2024".base64)",
        ].map { (metadata: String) in
            Case(testDescription: "unknown: \(metadata)", metadata: metadata, status: 422, code: "contest-unknown")
        }
        + [
            "contest not-base64!", "contest eGlhbi0yMDI0 more", "contest eGlhbi0yMDI0,contest eGlhbi0yMDI0",
            "contest eGlhbi0yMDI0,title /w==", "contest eGlhbi0yMDI0, ", "contest eGlhbi0yMDI0,", "contest eGlhbi0yMDI",
        ].map { (metadata: String) in
            Case(testDescription: "metadata \(metadata)", metadata: metadata, status: 400, code: "upload-metadata")
        } + [
            Case(testDescription: "one byte too many", length: "20001", status: 413, code: "media-too-large"),
            Case(testDescription: "far too many", length: "999999999999999999", status: 413, code: "media-too-large"),
            Case(testDescription: "no number", length: "99999999999999999999", status: 413, code: "media-too-large"),
        ]

    @Test(
        "`POST /v1/uploads` refuses an invalid length, an invalid contest or metadata, and a file that is too large",
        arguments: cases)
    func creation(given: Case) async throws {
        let service = try TestService(mostBytes: 20_000)
        var headers: HTTPFields = [:]
        headers[.uploadLength] = given.length
        headers[.uploadMetadata] = given.metadata
        try await service.tus(.post, "/v1/uploads", headers).expectProblem(given.status, given.code)
        try await service.expectEmpty()
    }

    @Test("`POST /v1/uploads` takes a file of exactly the largest size")
    func largest() async throws {
        let service = try TestService(mostBytes: 20_000)
        let entry = try await service.upload(noise(20_000))
        #expect(try await service.send(.get, entry).json["media"]?["bytes"] == 20_000)
    }

    @Test(
        "`/v1/uploads` refuses every version but 1.0.0 with 412 and names its own",
        arguments: [nil, "", "0.2.2", "1.0.1", "1.0", "1.0.0, 1.0.0"])
    func version(text: String?) async throws {
        let service = try TestService()
        let uri = try await service.beginUpload(5)
        for (method, uri) in [
            (HTTPRequest.Method.post, "/v1/uploads"), (.head, uri), (.patch, uri), (.delete, uri),
            (.patch, "/v1/uploads/\(UUID())"),
        ] {
            var headers = HTTPFields(Array(Tus.creation(5)) + Array(Tus.piece(at: 0)))
            headers[.tusResumable] = text
            let answer = try await service.send(method, uri, headers, body: [1, 2, 3, 4, 5])
            try answer.expectProblem(412, "tus-version", "\(method)")
            #expect(answer.headers[.tusVersion] == "1.0.0")
            #expect(answer.headers[.tusResumable] == "1.0.0")
        }
        #expect(try await service.offset(of: uri) == 0)
        #expect(try await service.entryIDs() == [])
    }

    @Test(
        "`PATCH` of an upload refuses all bytes of a request that exceeds the announced length", arguments: [0, 5000])
    func overrun(kept: Int) async throws {
        let service = try TestService()
        let uri = try await service.beginUpload(Self.clip.count)
        if kept > 0 { _ = try await service.patch(uri, at: 0, Self.clip.prefix(kept)) }
        try await service.patch(uri, at: kept, Self.clip.dropFirst(kept) + [0]).expectProblem(413, "upload-overrun")
        #expect(try await service.offset(of: uri) == kept)
        #expect(try await service.entryIDs() == [])
        #expect(try await service.patch(uri, at: kept, Self.clip.dropFirst(kept)).status == 204)
    }

    @Test(
        "`PATCH` of an upload refuses a wrong content type and a missing or invalid offset",
        arguments: [
            ([:], 415, "upload-content-type"),
            ([.contentType: "application/octet-stream", .uploadOffset: "0"], 415, "upload-content-type"),
            ([.contentType: "application/offset+octet-stream"], 400, "upload-offset"),
            ([.contentType: "application/offset+octet-stream", .uploadOffset: "-1"], 400, "upload-offset"),
            ([.contentType: "application/offset+octet-stream", .uploadOffset: "x"], 400, "upload-offset"),
        ] as [(HTTPFields, Int, String)])
    func piece(headers: HTTPFields, status: Int, code: String) async throws {
        let service = try TestService()
        let uri = try await service.beginUpload(5)
        try await service.tus(.patch, uri, headers, body: [1, 2]).expectProblem(status, code)
        #expect(try await service.offset(of: uri) == 0)
    }

    @Test(
        "`/v1/uploads` answers 404 to an address that names no upload",
        arguments: ["x", "00000000-0000-0000-0000-000000000000", "..%2F..%2Fx"])
    func unknown(id: String) async throws {
        let service = try TestService()
        for method in [HTTPRequest.Method.head, .patch, .delete] {
            let headers = HTTPFields([.init(name: .tusResumable, value: "1.0.0")] + Array(Tus.piece(at: 0)))
            let answer = try await service.send(method, "/v1/uploads/\(id)", headers, body: [1])
            #expect(answer.status == 404, "\(method)")
            #expect(answer.headers[.tusResumable] == "1.0.0")
        }
    }

    @Test("The id of an upload is unknown under `/v1/entries`, and the id of an entry under `/v1/uploads`")
    func addresses() async throws {
        let service = try TestService()
        let upload = try await service.beginUpload(5)
        let id = try #require(upload.split(separator: "/").last)
        try await service.send(.get, "/v1/entries/\(id)").expectProblem(404, "entry-unknown")
        let entry = try #require(try await service.submit()["id"]?.string)
        try await service.tus(.head, "/v1/uploads/\(entry)").expectProblem(404, "upload-unknown")
    }

    @Test("An upload whose entry was deleted is answered 404, and nothing of it is kept")
    func deletedEntry() async throws {
        let service = try TestService()
        let uri = try await service.beginUpload(Self.clip.count)
        let entry = try #require(try await service.patch(uri, at: 0, Self.clip).headers[.contentLocation])
        #expect(try await service.send(.delete, entry).status == 204)
        try await service.tus(.head, uri).expectProblem(404, "upload-unknown")
        try await service.expectEmpty()
    }
}
