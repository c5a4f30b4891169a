import EntryIntake
import EntryStore
import HTTPTypes
import Hummingbird
import Testing

@testable import EntryServer

/// The permissions of API keys: every route × every scope × own and foreign entries.
@Suite("Permissions of API keys")
struct KeyholderTests {
    /// A route, named in failures by its method and path.
    struct Request: Sendable, CustomTestStringConvertible {
        var method: HTTPRequest.Method
        var path: String
        var access: Access
        var testDescription: String { "\(method) \(path)" }
    }

    /// The routes of the table.
    private static let routes = (try? TestService())?.server.routing().table.routes ?? []

    /// A kind of client, with the scopes and the contest of its key.
    enum Sender: String, CaseIterable, Sendable {
        case anonymous, owner, foreigner, reader, reviewer, admin
        case otherReader = "reader of another contest"
        case otherAdmin = "admin of another contest"

        var scopes: Set<Scope> {
            switch self {
            case .anonymous: []
            case .owner, .foreigner: [.submit]
            case .reader, .otherReader: [.read]
            case .reviewer: [.review]
            case .admin, .otherAdmin: [.admin]
            }
        }

        var contest: String? {
            switch self {
            case .owner, .foreigner, .reader, .reviewer: "xian-2024"
            case .otherReader, .otherAdmin: "weifang-2023"
            case .anonymous, .admin: nil
            }
        }
    }

    /// The refusal that the design demands; nil when the request is allowed. Source: SERVICE, "Who may do what".
    private static func refusal(of sender: Sender, _ access: Access) -> (status: Int, code: String)? {
        if access == .anybody { return nil }
        if sender == .anonymous { return (401, "key-missing") }
        let scopes = Principal(id: "x", scopes: sender.scopes, contest: nil).scopes
        switch access {
        case .anybody: return nil
        case .scope(let needed): return scopes.isDisjoint(with: needed) ? (403, "scope-missing") : nil
        case .upload:
            return switch sender {
            case .owner, .admin: nil
            case .foreigner, .otherAdmin: (404, "upload-unknown")
            default: (403, "scope-missing")
            }
        case .entry(let action):
            switch (sender, action) {
            case (.admin, _), (.owner, .read), (.owner, .change), (.reader, .read), (.reviewer, .read),
                (.reviewer, .review):
                return nil
            case (.foreigner, .read), (.foreigner, .change), (.otherAdmin, _), (.otherReader, .read):
                return (404, "entry-unknown")
            case (.reader, _), (.otherReader, _), (.reviewer, .change), (.owner, .review), (.foreigner, .review):
                return (403, "scope-missing")
            case (.anonymous, _): return (401, "key-missing")
            }
        }
    }

    @Test(
        "A key allows exactly what the table of routes says, for every route, scope, and own or foreign entry",
        arguments: routes)
    func everyRoute(route: Route) async throws {
        let service = try TestService()
        for sender in Sender.allCases {
            let owner = try service.key(.submit, contest: "xian-2024")
            let (entry, upload) = try await service.entryAndUpload(of: owner)
            let headers: HTTPFields =
                switch sender {
                case .anonymous: [:]
                case .owner: owner
                default: try service.key(sender.scopes.first ?? .read, contest: sender.contest)
                }
            let path = route.path.replacing("/uploads/:id", with: "/uploads/\(upload)")
                .replacing("/entries/:id", with: "/entries/\(entry)").replacing(":id", with: "xian-2024")
            let answer = try await service.send(
                route.method, path, HTTPFields(Array(headers) + [HTTPField(name: .tusResumable, value: "1.0.0")]))
            let name: Comment = "\(route.method) \(path), \(sender.rawValue): \(answer.status) \(answer.text)"
            if let refusal = Self.refusal(of: sender, route.access) {
                #expect(answer.status == refusal.status, name)
                if route.method != .head { try answer.expectProblem(refusal.status, refusal.code) }
            } else {
                #expect(answer.status != 401 && answer.status != 403, name)
                let isThere =
                    route.access == .entry(.read) || route.access == .entry(.change) || route.access == .upload
                if isThere { #expect(!answer.text.contains("entry-unknown"), name) }
            }
        }
    }

    @Test("A wrong key is answered 401 on every route, also where no key is needed", arguments: routes)
    func wrongKey(route: Route) async throws {
        let service = try TestService()
        let token = try service.keys.create(label: "a", scopes: [.admin]).token
        let other = try service.keys.create(label: "b", scopes: [.submit]).token
        let mixed = String(token.prefix(12)) + other.dropFirst(12)  // prefix of one key, secret of another
        for wrong in [
            "x", "", String(token.dropLast()), token + "0", token.uppercased(), mixed,
            token + String(repeating: "0", count: 8000),
        ] {
            let headers: HTTPFields = [.authorization: "Bearer \(wrong)", .tusResumable: "1.0.0"]
            let path = route.path.replacing(":id", with: "01234567-89ab-cdef-0123-456789abcdef")
            let answer = try await service.send(route.method, path, headers)
            #expect(answer.status == 401, "\(route.method) \(path) \(wrong.prefix(80))")
            if route.method != .head { try answer.expectProblem(401, "key-unknown") }
        }
    }

    @Test("An expired key and a revoked key are refused with different codes")
    func ended() async throws {
        let service = try TestService()
        let past = WallClock.system.now().advanced(by: .seconds(-1))
        let expired = try service.keys.create(label: "a", scopes: [.admin], expires: past).token
        let (key, revoked) = try service.keys.create(label: "b", scopes: [.admin])
        let headers = { (token: String) -> HTTPFields in [.authorization: "Bearer \(token)"] }
        try await service.send(.get, "/v1/entries", headers(expired)).expectProblem(401, "key-expired")
        #expect(try await service.send(.get, "/v1/entries", headers(revoked)).status == 200)
        #expect(try service.keys.revoke(key.prefix))
        #expect(try service.keys.revoke(key.prefix) == false)
        try await service.send(.get, "/v1/entries", headers(revoked)).expectProblem(401, "key-revoked")
    }

    @Test("A service whose last key was revoked still refuses requests without a key")
    func lastKey() async throws {
        let service = try TestService()
        #expect(try await service.send(.get, "/v1/entries").status == 200, "no key was ever made")
        let (key, _) = try service.keys.create(label: "a", scopes: [.admin])
        try await service.send(.get, "/v1/entries").expectProblem(401, "key-missing")
        #expect(try service.keys.revoke(key.prefix))
        try await service.send(.get, "/v1/entries").expectProblem(401, "key-missing")
    }

    @Test("The list of entries shows a key with `submit` its own entries, and one with `read` those of its contest")
    func lists() async throws {
        let service = try TestService()
        let (mine, theirs) = (try service.key(.submit), try service.key(.submit))
        let first = try await service.entryAndUpload(of: mine).entry
        let second = try await service.entryAndUpload(of: theirs).entry
        let ids = { (headers: HTTPFields, query: String) in
            try await service.send(.get, "/v1/entries\(query)", headers).json["entries"]?.elements
                .compactMap { $0["id"]?.string }
        }
        #expect(try await ids(mine, "") == [first])
        #expect(try await ids(theirs, "?contest=xian-2024") == [second])
        #expect(try await ids(try service.key(.read, contest: "xian-2024"), "") == [second, first])
        let other = try service.key(.read, contest: "weifang-2023")
        #expect(try await ids(other, "") == [])
        try await service.send(.get, "/v1/entries?contest=xian-2024", other).expectProblem(403, "contest-forbidden")
    }

    @Test(
        "A key for one contest is refused in another contest",
        arguments: ["/v1/entries", "/v1/checks", "/v1/uploads"])
    func otherContest(path: String) async throws {
        let service = try TestService()
        let headers = try service.key(.submit, contest: "weifang-2023")
        var answers: [Answer] = []
        if path == "/v1/uploads" {
            let metadata = "contest \("xian-2024".base64)"
            answers.append(
                try await service.send(
                    .post, path,
                    HTTPFields(
                        Array(headers)
                            + Array(
                                [
                                    .tusResumable: "1.0.0", .uploadLength: "10", .uploadMetadata: metadata,
                                ] as HTTPFields))))
        } else {
            let form = Form([.field("contest", "xian-2024"), .media("a.mp4", Clip.short)])
            answers.append(try await service.send(.post, path, form: form, headers))
            answers.append(try await service.send(.post, "\(path)?contest=xian-2024", form: form, headers))
        }
        for answer in answers { try answer.expectProblem(403, "contest-forbidden") }
        #expect(service.mediaFiles == [])
    }

    @Test("A key revoked during an upload is refused at the next request, whose bytes are not kept")
    func revokedUpload() async throws {
        let service = try TestService()
        let (key, token) = try service.keys.create(label: "portal", scopes: [.submit])
        let headers: HTTPFields = [.authorization: "Bearer \(token)"]
        let upload = try await service.entryAndUpload(of: headers).upload
        #expect(try await service.patch(upload, "123", at: 0, headers).status == 204)
        _ = try service.keys.revoke(key.prefix)
        try await service.patch(upload, "456", at: 3, headers).expectProblem(401, "key-revoked")
        let admin = try service.key(.admin)
        let state = try await service.send(
            .head, "/v1/uploads/\(upload)", HTTPFields(Array(admin) + Array([.tusResumable: "1.0.0"] as HTTPFields)))
        #expect(state.headers[.uploadOffset] == "3")
    }

    @Test("A rotated key owns the entries that the old key submitted")
    func rotated() async throws {
        let service = try TestService()
        let (key, token) = try service.keys.create(label: "portal", scopes: [.submit])
        let entry = try await service.entryAndUpload(of: [.authorization: "Bearer \(token)"]).entry
        let new = try service.keys.rotate(key.prefix)
        _ = try service.keys.revoke(key.prefix)
        let headers: HTTPFields = [.authorization: "Bearer \(new.token)"]
        #expect(try await service.send(.get, "/v1/entries/\(entry)", headers).status == 200)
        #expect(new.key.scopes == [.submit] && new.key.label == "portal")
    }

    @Test("Each API key has its own space of `Idempotency-Key`s")
    func idempotencyKeys() async throws {
        let service = try TestService()
        let form = Form([.field("contest", "xian-2024"), .media("a.mp4", Clip.short)])
        var ids: Set<String> = []
        for headers in [try service.key(.submit), try service.key(.submit)] {
            let all = HTTPFields(Array(headers) + [HTTPField(name: .idempotencyKey, value: "same")])
            for _ in 0..<2 {
                let answer = try await service.send(.post, "/v1/entries", form: form, all)
                #expect(answer.status == 201)
                ids.insert(try #require(answer.headers[.location]))
            }
        }
        #expect(ids.count == 2)
    }

    @Test("Only a key with `review` or `admin` shows contacts", arguments: Scope.allCases)
    func contacts(scope: Scope) async throws {
        let service = try TestService()
        let owner = try service.key(.submit)
        let created = try await service.send(.post, "/v1/entries", form: CompleteForm.form(), owner)
        let uri = try #require(created.headers[.location])
        let headers = scope == .submit ? owner : try service.key(scope)
        let entry = try await service.send(.get, uri, headers)
        #expect(entry.status == 200)
        #expect(entry.text.contains(CompleteForm.phone) == (scope == .review || scope == .admin))
    }
}

extension TestService {
    /// Makes a key and returns the header fields of a request with it.
    func key(_ scope: Scope, contest: String? = nil) throws -> HTTPFields {
        [.authorization: "Bearer \(try keys.create(label: "test", scopes: [scope], contest: contest).token)"]
    }

    /// Makes an entry with media, and an upload of ten bytes of which none has arrived.
    fileprivate func entryAndUpload(of owner: HTTPFields) async throws -> (entry: String, upload: String) {
        let form = Form([.field("contest", "xian-2024"), .media("a.mp4", Clip.short)])
        let created = try await send(.post, "/v1/entries", form: form, owner)
        let fields: HTTPFields = [
            .tusResumable: "1.0.0", .uploadLength: "10", .uploadMetadata: "contest \("xian-2024".base64)",
        ]
        let begun = try await send(.post, "/v1/uploads", HTTPFields(Array(owner) + Array(fields)))
        return (
            try #require(created.headers[.location]?.split(separator: "/").last.map(String.init)),
            try #require(begun.headers[.location]?.split(separator: "/").last.map(String.init))
        )
    }

    fileprivate func patch(
        _ upload: String, _ bytes: String, at offset: Int, _ headers: HTTPFields
    ) async throws -> Answer {
        let fields: HTTPFields = [
            .tusResumable: "1.0.0", .uploadOffset: "\(offset)", .contentType: "application/offset+octet-stream",
        ]
        return try await send(
            .patch, "/v1/uploads/\(upload)", HTTPFields(Array(headers) + Array(fields)), body: Array(bytes.utf8))
    }
}
