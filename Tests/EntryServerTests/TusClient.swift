import EntryIntake
import Foundation
import Hummingbird
import Testing

@testable import EntryServer

/// A service that takes requests: a service of the test's own, or one on an existing folder.
protocol RequestTaking: Sendable {
    func send(
        _ method: HTTPRequest.Method, _ uri: String, _ headers: HTTPFields, body: [UInt8]?
    ) async throws -> Answer
}

extension TestService: RequestTaking {}

extension RequestTaking {
    /// Sends a request of tus 1.0, and expects the answer to name version 1.0.0.
    func tus(
        _ method: HTTPRequest.Method, _ uri: String, _ headers: HTTPFields = [:], body: [UInt8]? = nil,
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws -> Answer {
        let all = HTTPFields([.tusResumable("1.0.0")] + Array(headers))
        let answer = try await send(method, uri, all, body: body)
        #expect(answer.headers[.tusResumable] == "1.0.0", sourceLocation: sourceLocation)
        if method == .head { #expect(answer.headers[.cacheControl] == "no-store", sourceLocation: sourceLocation) }
        return answer
    }

    /// Begins an upload and returns its address.
    func beginUpload(
        _ length: Int, _ metadata: [String: String] = ["contest": "xian-2024"],
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws -> String {
        let answer = try await tus(.post, "/v1/uploads", Tus.creation(length, metadata))
        #expect(answer.status == 201, "\(answer.text)", sourceLocation: sourceLocation)
        return try #require(answer.uploadPath, sourceLocation: sourceLocation)
    }

    /// Sends bytes to an upload.
    func patch(
        _ uri: String, at offset: Int, _ bytes: some Sequence<UInt8>, _ headers: HTTPFields = [:]
    ) async throws -> Answer {
        try await tus(.patch, uri, Tus.piece(at: offset, headers), body: Array(bytes))
    }

    /// The offset that an upload reports; nil when it reports none.
    func offset(of uri: String) async throws -> Int? {
        try await tus(.head, uri).headers[.uploadOffset].flatMap { Int($0) }
    }

    /// Uploads a file whole and returns the address of its entry.
    func upload(
        _ bytes: [UInt8], _ metadata: [String: String] = ["contest": "xian-2024"],
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws -> String {
        let answer = try await patch(try await beginUpload(bytes.count, metadata), at: 0, bytes)
        #expect(answer.status == 204, "\(answer.text)", sourceLocation: sourceLocation)
        return try #require(answer.headers[.contentLocation], sourceLocation: sourceLocation)
    }
}

/// Header fields that a client of tus 1.0 sends.
enum Tus {
    /// Header fields that begin an upload.
    static func creation(_ length: Int, _ metadata: [String: String] = ["contest": "xian-2024"]) -> HTTPFields {
        [.uploadLength: "\(length)", .uploadMetadata: Self.metadata(metadata)]
    }

    /// Header fields of a `PATCH` that sends bytes at `offset`.
    static func piece(at offset: Int, _ more: HTTPFields = [:]) -> HTTPFields {
        let own: HTTPFields = [.contentType: "application/offset+octet-stream", .uploadOffset: "\(offset)"]
        return HTTPFields(Array(own) + Array(more))
    }

    /// `Upload-Metadata` of these pairs.
    static func metadata(_ pairs: [String: String]) -> String {
        pairs.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value.base64)" }.joined(separator: ",")
    }

    /// The head of a `PATCH`, for a raw connection.
    static func head(ofPieceFor uri: String, at offset: Int, length: Int, _ more: String...) -> String {
        let lines = [
            "PATCH \(uri) HTTP/1.1", "Host: localhost", "Tus-Resumable: 1.0.0", "Content-Length: \(length)",
            "Content-Type: application/offset+octet-stream", "Upload-Offset: \(offset)",
        ]
        return (lines + more + ["", ""]).joined(separator: "\r\n")
    }
}

extension HTTPFields.Element {
    fileprivate static func tusResumable(_ version: String) -> HTTPFields.Element {
        HTTPFields.Element(name: .tusResumable, value: version)
    }
}

extension String {
    /// Base64 of the text in UTF-8.
    var base64: String { Data(utf8).base64EncodedString() }
}

extension Answer {
    /// The offset in `Upload-Offset`; nil when there is none.
    var offset: Int? { headers[.uploadOffset].flatMap { Int($0) } }

    /// The path of the upload in `Location`, which must be an absolute address on localhost; nil for any other value.
    var uploadPath: String? {
        headers[.location].flatMap { $0.wholeMatch(of: /http:\/\/localhost(\/v1\/uploads\/[0-9a-f-]{36})/) }
            .map { String($0.1) }
    }
}

/// Bytes that are no video; different pieces of them differ.
func noise(_ count: Int) -> [UInt8] { (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 8 &+ $0 >> 16) } }
