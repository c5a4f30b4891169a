import Hummingbird
import Testing

@Suite("The media of an entry")
struct EntryMediaTests {
    @Test("`PUT` attaches media to a JSON form, and the media is judged")
    func attach() async throws {
        let service = try TestService()
        let id = try await submitForm(to: service)
        let answer = try await service.send(
            .put, "/v1/entries/\(id)/media?filename=\(Clip.compliantName.percentEncoded)",
            [.contentType: "video/mp4"], body: Clip.compliant)
        #expect(answer.status == 200)
        let entry = try answer.json
        #expect(entry["id"]?.string == id)
        #expect(entry["media"]?["filename"] == .text(Clip.compliantName))
        #expect(entry["media"]?["sha256"] == .text(Clip.compliant.sha256))
        #expect(entry["report"]?["verdict"] == "compliant")
        #expect(entry["fields"] == ["联系人": "王**"])
        #expect(try await service.send(.get, "/v1/entries/\(id)").json == entry)
    }

    @Test("`PUT` replaces media: new report, old file deleted, old name kept when the new file has none")
    func replace() async throws {
        let service = try TestService()
        let old = try await service.submit(Clip.compliantName, Clip.short)
        let path = "/v1/entries/\(old["id"]?.string ?? "")"
        #expect(old["standing"] == "rejected")
        let new = try await service.send(.put, "\(path)/media", body: Clip.compliant).json
        #expect(new["media"]?["filename"] == .text(Clip.compliantName))
        #expect(new["report"]?["verdict"] == "compliant")
        #expect(new["report"]?["id"] != old["report"]?["id"])
        #expect(new["standing"] == "open")
        let sum = Clip.compliant.sha256
        #expect(service.mediaFiles == ["media/\(sum.prefix(2))/\(sum)"])
        #expect(try await service.send(.get, "\(path)/media").body == Clip.compliant)
        #expect(try await service.send(.get, "\(path)/report").json == new["report"])
    }

    @Test("`PUT` of the same bytes keeps the media")
    func replaceBySame() async throws {
        let service = try TestService()
        let path = "/v1/entries/\(try await service.submit()["id"]?.string ?? "")/media"
        #expect(try await service.send(.put, path, body: Clip.short).status == 200)
        #expect(try await service.send(.get, path).body == Clip.short)
        #expect(service.mediaFiles.count == 1)
    }

    @Test("`PUT` keeps the old file on the disk while another entry has the same bytes")
    func replaceShared() async throws {
        let service = try TestService()
        let first = try await service.submit()["id"]?.string ?? ""
        let second = try await service.submit()["id"]?.string ?? ""
        #expect(try await service.send(.put, "/v1/entries/\(first)/media", body: Clip.compliant).status == 200)
        #expect(service.mediaFiles.count == 2)
        #expect(try await service.send(.get, "/v1/entries/\(second)/media").body == Clip.short)
    }

    @Test("`POST` of a check makes a newer report with the same findings, which becomes the entry's report")
    func recheck() async throws {
        let service = try TestService()
        let old = try await service.submit()
        let path = "/v1/entries/\(old["id"]?.string ?? "")"
        let answer = try await service.send(.post, "\(path)/checks")
        #expect(answer.status == 201)
        let id = try answer.json["report"]?["id"]?.string ?? ""
        #expect(answer.headers[.location] == "\(path)/checks/\(id)")
        let new = try answer.json
        for same in ["id", "findings", "facts", "media", "verdict", "checklist", "contest"] {
            #expect(new["report"]?[same] == old["report"]?[same], "\(same)")
        }
        #expect(try await service.send(.get, path).json == new)
        #expect(try await service.send(.get, "\(path)/report").json == new["report"])
    }

    @Test("`DELETE` of an entry answers 204, then 410, and leaves no file")
    func delete() async throws {
        let service = try TestService()
        let path = "/v1/entries/\(try await service.submit()["id"]?.string ?? "")"
        let answer = try await service.send(.delete, path)
        #expect(answer.status == 204)
        #expect(answer.body.isEmpty)
        for (method, part) in Self.requests {
            try await service.send(method, path + part, body: method == .put ? Clip.short : nil)
                .expectProblem(410, "entry-deleted", "\(method) \(part)")
        }
        try await service.expectEmpty()
    }

    @Test("`DELETE` keeps a file while another entry has the same bytes, and deletes it with the last one")
    func deleteShared() async throws {
        let service = try TestService()
        let first = "/v1/entries/\(try await service.submit()["id"]?.string ?? "")"
        let second = "/v1/entries/\(try await service.submit()["id"]?.string ?? "")"
        #expect(try await service.send(.delete, first).status == 204)
        #expect(service.mediaFiles.count == 1)
        #expect(try await service.send(.get, "\(second)/media").body == Clip.short)
        #expect(try await service.send(.delete, second).status == 204)
        try await service.expectEmpty()
    }

    @Test(
        "Every route of an entry answers 404 to an id that is no entry's, and changes nothing",
        arguments: [
            "x", "1", "-", "%00", "..", "..%2F..%2Fclipcheck.sqlite", "作品".percentEncoded,
            "00000000-0000-0000-0000-000000000000",
            "00000000-0000-0000-0000-00000000000g", "00000000-0000-0000-0000-0000000000000",
            "{00000000-0000-0000-0000-000000000000}", String(repeating: "a", count: 4000),
        ])
    func wrongID(id: String) async throws {
        let service = try TestService()
        _ = try await service.submit()
        for (method, part) in Self.requests {
            let answer = try await service.send(
                method, "/v1/entries/\(id)\(part)", body: method == .put ? Clip.short : nil)
            try answer.expectProblem(404, "entry-unknown", "\(method) \(part)")
        }
        #expect(try await service.entryIDs().count == 1)
        #expect(service.mediaFiles.count == 1)
    }

    /// The methods and paths of the routes of one entry.
    private static let requests: [(HTTPRequest.Method, String)] = [
        (.get, ""), (.get, "/report"), (.get, "/media"), (.put, "/media"), (.post, "/checks"), (.delete, ""),
    ]

    private func submitForm(to service: TestService) async throws -> String {
        let answer = try await service.send(
            .post, "/v1/entries", [.contentType: "application/json"],
            body: Array(#"{"contest": "xian-2024", "fields": {"联系人": "王芳"}}"#.utf8))
        return try #require(try answer.json["id"]?.string)
    }
}
