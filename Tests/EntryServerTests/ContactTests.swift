import ContestRules
import EntryIntake
import Foundation
import Hummingbird
import TestSupport
import Testing

@testable import EntryServer

/// Contacts are shown to an organiser who asks for one entry, and nowhere else: not in other answers, not in the log,
/// not in the bytes on the disk.
@Suite("Contacts")
struct ContactTests {
    private static let phone = CompleteForm.phone
    private static let contact = CompleteForm.fields["contact"] ?? ""
    private static let filename = "参赛者（西安公司）+守信的一天+\(phone).mp4"
    private static let organiser: HTTPFields = [.authorization: "Bearer \(TestService.organiserKey)"]

    /// Makes an entry with contacts in its form and in its file's name, and another entry with the same file.
    private static func submitTwo(to service: TestService) async throws -> (created: Answer, uri: String) {
        _ = try await service.send(.post, "/v1/entries", form: CompleteForm.form())
        let created = try await service.send(.post, "/v1/entries", form: CompleteForm.form([:], filename))
        #expect(created.status == 201)
        return (created, try #require(created.headers[.location]))
    }

    @Test("Contacts are masked in every answer and absent from every line of the log")
    func masked() async throws {
        let service = try TestService()
        let (created, uri) = try await Self.submitTwo(to: service)
        let report = try #require(try created.json["report"]?["id"]?.string)
        var answers = [created, try await service.send(.get, uri)]
        for headers in [[:], Self.organiser] {
            for path in ["/v1/entries", "\(uri)/report", "\(uri)/reports", "\(uri)/reports/\(report)", "\(uri)/media"] {
                answers.append(try await service.send(.get, path, headers))
            }
            answers.append(try await service.send(.get, "\(uri)/report", [.accept: "text/html"]))
            answers.append(try await service.send(.post, "\(uri)/checks", headers))
            answers.append(try await service.sign(uri, "originality", headers))
            answers.append(try await service.send(.put, "\(uri)/media", headers, body: Clip.compliant))
        }
        for answer in answers {
            #expect((200...201).contains(answer.status))
            let head = answer.headers.map { "\($0.name): \($0.value)" }.joined(separator: "\n")
            for text in [answer.text, head, head.removingPercentEncoding ?? ""] {
                #expect(!text.contains(Self.phone) && !text.contains(Self.contact), "\(text)")
            }
        }
        let entry = try created.json
        #expect(entry["fields"]?["phone"] == "138****8000")
        #expect(entry["fields"]?["contact"] == "王**")
        #expect(entry["fields"]?["title"]?.string == CompleteForm.fields["title"])
        #expect(entry["contacts"] == "masked")
        #expect(entry["sameMedia"] == .null)
        #expect(!service.log.lines.isEmpty)
        for line in service.log.lines { #expect(!line.contains(Self.phone) && !line.contains(Self.contact), "\(line)") }
    }

    @Test("Contacts are shown to an organiser who asks for the entry, with the other entries of the same file")
    func shown() async throws {
        let service = try TestService()
        let (_, uri) = try await Self.submitTwo(to: service)
        let other = try #require(try await service.entryIDs().last)
        for scheme in ["Bearer", "bearer", "BEARER"] {
            let headers: HTTPFields = [.authorization: "\(scheme) \(TestService.organiserKey)"]
            let entry = try await service.send(.get, uri, headers).json
            #expect(entry["fields"] == .object(CompleteForm.fields.mapValues { .text($0) }))
            #expect(entry["contacts"] == "shown")
            #expect(entry["media"]?["filename"] == .text(Self.filename))
            #expect(entry["report"]?["media"]?["filename"] != .text(Self.filename), "a report is shown to everybody")
            #expect(entry["sameMedia"] == .list([.text(other)]))
        }
    }

    @Test(
        "A request for contacts with a wrong key is answered 401 and shows none",
        arguments: [
            "Bearer wrong", "Bearer ", "Bearer", "", "Basic \(TestService.organiserKey)", TestService.organiserKey,
            "Bearer \(TestService.organiserKey)x", "Bearer \(TestService.organiserKey.dropLast())",
            "Bearer  \(TestService.organiserKey)", "Bearer \(TestService.organiserKey.uppercased())",
        ])
    func wrongKey(text: String) async throws {
        let service = try TestService()
        let (_, uri) = try await Self.submitTwo(to: service)
        let answer = try await service.send(.get, uri, [.authorization: text])
        try answer.expectProblem(401, "key-unknown")
        #expect(answer.headers[.wwwAuthenticate] == "Bearer")
        #expect(!answer.text.contains("organiser-key") && !answer.text.contains("wrong"), "no key is repeated")
        #expect(!answer.text.contains("138****") && !answer.text.contains(Self.phone))
    }

    @Test("Contacts in the name of new media or of an upload are shown to an organiser only", arguments: [true, false])
    func otherNames(isUpload: Bool) async throws {
        let service = try TestService()
        var uri = ""
        if isUpload {
            uri = try await service.upload(Clip.compliant, CompleteForm.metadata(filename: Self.filename))
        } else {
            let created = try await service.send(.post, "/v1/entries", form: CompleteForm.form())
            uri = try #require(created.headers[.location])
            let query = "filename=\(Self.filename.percentEncoded)"
            let answer = try await service.send(.put, "\(uri)/media?\(query)", body: Clip.compliant)
            #expect(answer.status == 200)
            #expect(!answer.text.contains(Self.phone))
        }
        let masked = try await service.send(.get, uri)
        #expect(try masked.json["media"]?["filename"] == .text(PersonalText.maskingFilename(Self.filename)))
        #expect(!masked.text.contains(Self.phone))
        let shown = try await service.send(.get, uri, Self.organiser).json
        #expect(shown["media"]?["filename"] == .text(Self.filename))
        #expect(shown["fields"]?["phone"] == .text(Self.phone))
    }

    @Test("A telephone number in a file's name is gone once media without one replaces the file")
    func renamed() async throws {
        let service = try TestService()
        let (_, uri) = try await Self.submitTwo(to: service)
        #expect(try await service.send(.put, "\(uri)/media?filename=plain.mp4", body: Clip.compliant).status == 200)
        #expect(try await service.send(.get, uri, Self.organiser).json["media"]?["filename"] == "plain.mp4")
    }

    @Test("Contacts are nowhere in the bytes of the data folder")
    func onDisk() async throws {
        let service = try TestService()
        let key: HTTPFields = [.idempotencyKey: "k"]
        let form = CompleteForm.form(["contact": "罕见字样甲"], Self.filename)
        let created = try await service.send(.post, "/v1/entries", form: form, key)
        let uri = try #require(created.headers[.location])
        let json = try JSONEncoder().encode(["fields": CompleteForm.fields])
        _ = try await service.send(
            .post, "/v1/entries?contest=xian-2024", [.contentType: "application/json"], body: Array(json))
        _ = try await service.upload(Clip.compliant, CompleteForm.metadata(filename: Self.filename))
        let unfinished = try await service.beginUpload(9, CompleteForm.metadata(filename: Self.filename))
        #expect(try await service.patch(unfinished, at: 0, [1, 2]).status == 204)
        #expect(try await service.send(.put, "\(uri)/media", body: Clip.compliant).status == 200)
        #expect(try await service.send(.post, "\(uri)/checks").status == 201)
        #expect(try await service.sign(uri, "originality").status == 201)
        let secrets = [Self.phone, "13800138000".base64, Self.contact, Self.contact.base64, "罕见字样甲", Self.filename]
        for secret in secrets {
            #expect(service.outside.filesHolding(secret) == [], "\(secret)")
        }
        let title = try #require(CompleteForm.fields["title"])
        #expect(service.outside.filesHolding(title).contains { $0.contains("sqlite") }, "what is not personal is found")
    }

    @Test("`DELETE` removes contacts and form from the bytes of the data folder and keeps a tombstone")
    func deleted() async throws {
        let service = try TestService()
        let marker = "罕见标记丙"
        let changes = ["title": marker, "introduction": String(repeating: marker, count: 150), "category": marker]
        for number in 0..<5 {  // other entries on the same database pages
            _ = try await service.send(.post, "/v1/entries", form: CompleteForm.form(["title": "邻居\(number)"]))
        }
        let form = CompleteForm.form(changes, "\(marker).mp4")
        let created = try await service.send(.post, "/v1/entries", form: form, [.idempotencyKey: "k"])
        let uri = try #require(created.headers[.location])
        #expect(try await service.sign(uri, "originality", why: marker).status == 201)
        #expect(try await service.send(.post, "\(uri)/checks").status == 201)
        let upload = try await service.upload(Clip.short, CompleteForm.metadata().merging(changes) { $1 })
        for number in 5..<10 {
            _ = try await service.send(.post, "/v1/entries", form: CompleteForm.form(["title": "邻居\(number)"]))
        }
        #expect(service.outside.filesHolding(marker).count >= 1)
        for uri in [uri, upload] {
            #expect(try await service.send(.delete, uri).status == 204)
            for path in ["", "/report", "/reports", "/media"] {
                try await service.send(.get, uri + path, Self.organiser).expectProblem(410, "entry-deleted", "\(path)")
            }
            try await service.send(.delete, uri).expectProblem(410, "entry-deleted")
        }
        #expect(service.outside.filesHolding(marker) == [])
        #expect(service.outside.filesHolding(marker.base64) == [])
        let id = try #require(uri.split(separator: "/").last)
        #expect(service.outside.filesHolding(String(id)).contains { $0.contains("sqlite") }, "the tombstone")
        #expect(try await service.entryIDs().count == 10)
    }
}

extension TemporaryFolder {
    /// Paths of the files that contain the bytes of `text`.
    func filesHolding(_ text: String) -> [String] {
        files.filter { name in
            guard let data = try? Data(contentsOf: url.appending(path: name)) else { return false }
            return data.range(of: Data(text.utf8)) != nil
        }
    }
}
