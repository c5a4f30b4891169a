import EntryIntake
import EntryStore
import Foundation
import Hummingbird
import ReportSigning
import TestSupport
import Testing

@testable import EntryServer

@Suite("Signed reports")
struct SignedReportTests {
    /// The keys that the service publishes.
    private static func keys(_ service: TestService) async throws -> [VerifyingKey] {
        try #require(VerifyingKey.keys(of: try await service.send(.get, "/v1/keys").body))
    }

    /// Expects that an answer's report verifies as it stands in the body, and not with one digit changed.
    private static func expectSigned(
        _ answer: Answer, _ keys: [VerifyingKey], sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let verified = try Verification(of: answer.body, keys: keys)
        #expect(verified.isValid && verified.reports.count == 1, sourceLocation: sourceLocation)
        let report = try answer.json["report"] ?? answer.json
        let sum = try #require(report["media"]?["sha256"]?.string)
        let other = (sum.hasPrefix("0") ? "1" : "0") + sum.dropFirst()
        let altered = try Verification(of: Array(answer.text.replacing(sum, with: other).utf8), keys: keys)
        #expect(!altered.isValid, sourceLocation: sourceLocation)
    }

    @Test("`GET /v1/keys` answers anybody with the public keys, and with no private one")
    func keys() async throws {
        let service = try TestService()
        _ = try service.keys.create(label: "a", scopes: [.admin])
        let answer = try await service.send(.get, "/v1/keys")
        #expect(answer.status == 200)
        let list = try JSONDecoder().decode(PublicSigningKeys.self, from: Data(answer.body))
        #expect(list.schema == "clipcheck.keys/1" && list.keys == service.signingKeys.publicKeys)
        #expect(
            try answer.json["keys"]?.elements.map(\.keys) == [["id", "algorithm", "publicKey", "createdAt", "state"]])
    }

    @Test("The report of `POST /v1/checks` verifies, also with a note about the name of its file")
    func checks() async throws {
        let service = try TestService()
        let keys = try await Self.keys(service)
        for (name, hasNote) in [("a.mp4", false), ("%D7%F7%C6%B7.mp4", true)] {
            let answer = try await service.send(
                .post, "/v1/checks?contest=xian-2024&filename=\(name)", body: Clip.compliant)
            #expect(answer.status == 200)
            #expect((try answer.json["notes"] != nil) == hasNote)
            try Self.expectSigned(answer, keys)
        }
    }

    @Test(
        "The reports of an entry verify in every answer, after a repeated check and with a telephone number in the name"
    )
    func entries() async throws {
        let service = try TestService()
        let keys = try await Self.keys(service)
        let form = Form(.field("contest", "xian-2024"), .media("王小明13800138000.mp4", Clip.compliant))
        let created = try await service.send(.post, "/v1/entries", form: form)
        #expect(created.status == 201)
        try Self.expectSigned(created, keys)
        let uri = "/v1/entries/\(try created.json["id"]?.string ?? "")"
        let report = try created.json["report"]
        try Self.expectSigned(try await service.send(.get, uri), keys)
        try Self.expectSigned(try await service.send(.get, "\(uri)/report"), keys)
        try Self.expectSigned(
            try await service.send(.get, "\(uri)/reports/\(report?["id"]?.string ?? "")"), keys)
        let organiser: HTTPFields = [.authorization: "Bearer \(TestService.organiserKey)"]
        try Self.expectSigned(try await service.send(.get, uri, organiser), keys)
        // The same media, rules and programs: the report is repeated with the signature that it has.
        let again = try await service.send(.post, "\(uri)/checks")
        #expect(try again.json["report"] == report)
        let replaced = try await service.send(.put, "\(uri)/media", body: Clip.short)
        try Self.expectSigned(replaced, keys)
        #expect(try replaced.json["report"]?["signature"] != report?["signature"])
    }

    @Test("The report of an upload in several requests verifies")
    func upload() async throws {
        let service = try TestService()
        let keys = try await Self.keys(service)
        let work = Task { await service.intake.workOffBacklog() }
        defer { work.cancel() }
        let answer = try await service.send(
            .post, "/v1/uploads",
            [
                .tusResumable: "1.0.0", .uploadLength: "\(Clip.short.count)",
                .uploadMetadata: "contest \("xian-2024".base64),filename \("a.mp4".base64)",
                .contentType: "application/offset+octet-stream",
            ],
            body: Clip.short)
        #expect(answer.status == 201)
        let id = try #require(try await service.entryIDs().first)
        for _ in 0..<1000 {
            let entry = try await service.send(.get, "/v1/entries/\(id)")
            guard try entry.json["report"] != .null else {
                try await Task.sleep(for: .milliseconds(10))
                continue
            }
            return try Self.expectSigned(entry, keys)
        }
        Issue.record("the entry got no report")
    }

    @Test("The examples of reports in openapi.json verify by the example of `GET /v1/keys`, which another program made")
    func examples() throws {
        let document = try #require(
            try JSONSerialization.jsonObject(with: Data(PackageResources.openapi_json)) as? [String: Any])
        let examples = try #require((document["components"] as? [String: Any])?["examples"] as? [String: Any])
        func value(_ name: String) throws -> [UInt8] {
            let example = try #require((examples[name] as? [String: Any])?["value"])
            return Array(try JSONSerialization.data(withJSONObject: example))
        }
        let keys = try #require(VerifyingKey.keys(of: try value("Keys")))
        #expect(try Verification(of: try value("Report"), keys: keys).isValid)
        #expect(try Verification(of: try value("Entry"), keys: keys).isValid)
    }
}
