import Hummingbird
import Testing

@testable import EntryServer

@Suite("The routes of an entry that was deleted")
struct DeletedEntryTests {
    /// A request that the route would serve if the entry were still there.
    struct Route: Sendable, CustomTestStringConvertible {
        var method: HTTPRequest.Method
        /// Path of the route behind `/v1/entries/{id}`, as the document writes it.
        var path: String
        var type: String?
        var body: [UInt8]?

        var testDescription: String { "\(method) /v1/entries/{id}\(path)" }

        init(_ method: HTTPRequest.Method, _ path: String, _ type: String? = nil, _ body: [UInt8]? = nil) {
            (self.method, self.path, self.type, self.body) = (method, path, type, body)
        }

        /// The headers of the request.
        var headers: HTTPFields { type.map { [.contentType: $0] } ?? [:] }
    }

    static let routes = [
        Route(.get, ""), Route(.delete, ""), Route(.get, "/media"), Route(.put, "/media", "video/mp4", Clip.short),
        Route(.put, "/fields", "application/json", Array(#"{"fields": {}}"#.utf8)), Route(.post, "/checks"),
        Route(
            .post, "/signoffs", "application/json",
            Array(#"{"rule": "originality", "answer": "approved", "who": "李老师"}"#.utf8)),
        Route(.get, "/report"), Route(.get, "/reports"), Route(.get, "/reports/{report}"),
        Route(.get, "/checks/{check}"),
        Route(.get, "/evidence"), Route(.get, "/evidence/{name}"),
    ]

    @Test("The table of deleted entry routes contains every operation on an entry in openapi.json")
    func table() throws {
        let entry = "/v1/entries/{id}"
        let operations = try OpenAPIContract.current.get().operations.keys.filter { name in
            let path = name.split(separator: " ")[1]
            return path == entry || path.hasPrefix("\(entry)/")
        }
        #expect(operations.sorted() == Self.routes.map(\.testDescription).sorted())
    }

    @Test("Every route of a deleted entry answers 410 entry-deleted", arguments: routes)
    func deleted(route: Route) async throws {
        let service = try TestService()
        let (uri, report) = try await Self.deletedEntry(in: service)
        let path = route.path.replacing("{report}", with: report).replacing("{check}", with: report)
            .replacing("{name}", with: "timeline.svg")
        let answer = try await service.send(route.method, uri + path, route.headers, body: route.body)
        try answer.expectProblem(410, "entry-deleted")
        try await service.expectEmpty()
    }

    @Test("Every route of an entry that never existed answers 404 entry-unknown", arguments: routes)
    func unknown(route: Route) async throws {
        let id = "00000000-0000-4000-8000-000000000000"
        let path = route.path.replacing(/\{(report|check)\}/, with: id).replacing("{name}", with: "timeline.svg")
        let answer = try await TestService().send(
            route.method, "/v1/entries/\(id)\(path)", route.headers, body: route.body)
        try answer.expectProblem(404, "entry-unknown")
    }

    @Test("PUT media answers 410 entry-deleted when the entry is deleted while the file is judged")
    func deletedMeanwhile() async throws {
        let prober = HeldProber()
        let service = try TestService(prober: prober)
        let form = Array(#"{"contest": "xian-2024"}"#.utf8)
        let created = try await service.send(.post, "/v1/entries", [.contentType: "application/json"], body: form)
        let uri = try #require(created.headers[.location])
        async let answer = service.send(.put, "\(uri)/media", [.contentType: "video/mp4"], body: Clip.short)
        try await prober.waitForProbes(1)
        #expect(try await service.send(.delete, uri).status == 204)
        prober.release()
        try await answer.expectProblem(410, "entry-deleted")
        try await service.expectEmpty()
    }

    @Test("The upload of a deleted entry is deleted with the entry and answers 404 upload-unknown")
    func upload() async throws {
        let service = try TestService()
        let upload = try await service.beginUpload(Clip.short.count)
        let entry = try #require(try await service.patch(upload, at: 0, Clip.short).headers[.contentLocation])
        #expect(try await service.send(.delete, entry).status == 204)
        #expect(try await service.tus(.head, upload).status == 404)
        try await service.patch(upload, at: 0, Clip.short).expectProblem(404, "upload-unknown")
    }

    /// The address of an entry that was deleted, and the id of the report that it had.
    private static func deletedEntry(in service: TestService) async throws -> (uri: String, report: String) {
        let entry = try await service.submit()
        let uri = "/v1/entries/\(try #require(entry["id"]?.string))"
        #expect(try await service.send(.delete, uri).status == 204)
        return (uri, try #require(entry["report"]?["id"]?.string))
    }
}
