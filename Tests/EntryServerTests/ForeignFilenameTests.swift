import Foundation
import HTTPTypes
import Hummingbird
import TestSupport
import Testing

@testable import EntryServer

@Suite("A file name that is not UTF-8")
struct ForeignFilenameTests {
    /// `作品.mp4` in GBK.
    private static let work: [UInt8] = [0xD7, 0xF7, 0xC6, 0xB7] + Array(".mp4".utf8)

    /// A form whose file has the name `filename`, given as bytes.
    private static func form(_ name: [UInt8]) -> [UInt8] {
        let plain = Form(.field("contest", "xian-2024"), .media("NAME", Clip.short)).bytes
        let range = plain.firstRange(of: Array("NAME".utf8)) ?? 0..<0
        return Array(plain[..<range.lowerBound]) + name + Array(plain[range.upperBound...])
    }

    private static let multipart: HTTPFields = [.contentType: "multipart/form-data; boundary=\(Form.boundary)"]

    @Test(
        "`POST /v1/entries` keeps a name in GB18030 as text, any other name with its bytes written out, and notes this",
        arguments: [
            (work, "作品.mp4", "GB18030"), ([0xFF, 0xD7] + Array(".mp4".utf8), "[FF][D7].mp4", "neither"),
            ([0xD7, 0xF7, 0x2F] + work, "作品.mp4", "GB18030"),
        ] as [([UInt8], String, String)])
    func entry(name: [UInt8], kept: String, note: String) async throws {
        let service = try TestService()
        let answer = try await service.send(.post, "/v1/entries", Self.multipart, body: Self.form(name))
        #expect(answer.status == 201)
        let entry = try answer.json
        #expect(entry["media"]?["filename"] == .text(kept))
        #expect(entry["notes"]?.elements.first?["en"]?.string?.contains(note) == true)
        let id = try #require(entry["id"]?.string)
        let again = try await service.send(.get, "/v1/entries/\(id)").json
        #expect(again["media"]?["filename"] == .text(kept))
        #expect(again["notes"] == nil)
    }

    @Test("`POST /v1/checks` reads a name in GB18030, in a form and in the address, and notes this")
    func check() async throws {
        let service = try TestService()
        let form = try await service.send(.post, "/v1/checks", Self.multipart, body: Self.form(Self.work)).json
        let address = "/v1/checks?contest=xian-2024&filename=%D7%F7%C6%B7.mp4"
        for answer in [form, try await service.send(.post, address, body: Clip.short).json] {
            #expect(answer["media"]?["filename"] == "作品.mp4")
            #expect(answer["notes"]?.elements.first?["zh"]?.string?.contains("GB18030") == true)
        }
        let plain = try await service.send(.post, "/v1/checks?contest=xian-2024&filename=a.mp4", body: Clip.short)
        #expect(try plain.json["notes"] == nil)
    }

    @Test("`Upload-Metadata` may hold a file name in GB18030, but no other value that is not UTF-8")
    func tus() async throws {
        let service = try TestService()
        let name = Data(Self.work).base64EncodedString()
        let headers: HTTPFields = [
            .tusResumable: "1.0.0", .uploadLength: "\(Clip.short.count)",
            .uploadMetadata: "contest \("xian-2024".base64),filename \(name)",
            .contentType: "application/offset+octet-stream",
        ]
        let answer = try await service.send(.post, "/v1/uploads", headers, body: Clip.short)
        #expect(answer.status == 201)
        let entry = try await service.send(.get, try #require(answer.headers[.contentLocation])).json
        #expect(entry["media"]?["filename"] == "作品.mp4")
        var others = headers
        others[.uploadMetadata] = "contest \("xian-2024".base64),title \(name)"
        #expect(try await service.send(.post, "/v1/uploads", others, body: Clip.short).status == 400)
    }
}
