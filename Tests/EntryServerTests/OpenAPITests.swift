import ContestRules
import EntryIntake
import Hummingbird
import HummingbirdTesting
import Logging
import MediaFacts
import Testing

import struct Foundation.Data
import class Foundation.JSONDecoder

@testable import EntryServer

@Suite("openapi.json")
struct OpenAPITests {
    @Test("lists the routes of the service, no more and no less")
    func routes() throws {
        let registered = try TestService().server.router().routes.map { "\($0.method) \($0.path)" }
        #expect(try OpenAPIDocument.built().operations.keys.sorted() == registered.sorted())
    }

    @Test("tells the status and the content type of every GET, addresses of nothing included")
    func answers() async throws {
        let document = try OpenAPIDocument.built()
        let gets = document.operations.filter { $0.key.hasPrefix("GET ") }
        #expect(!gets.isEmpty)
        try await Application(router: TestService().server.router(), logger: Self.silent).test(.router) { client in
            for (name, operation) in gets {
                let uri = String(name.dropFirst("GET ".count)).replacing("{id}", with: "unknown")
                try await client.execute(uri: uri, method: .get) { answer in
                    let type = answer.headers[.contentType]?.prefix { $0 != ";" }
                    let documented = document.contentTypes(of: operation, status: answer.status.code)
                    #expect(
                        documented?.contains(String(type ?? "none")) == true,
                        "\(name): \(answer.status), \(type ?? "none")")
                }
            }
        }
    }

    private static let silent = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
}

/// What the test reads of the document that the service gives out.
private struct OpenAPIDocument: Decodable {
    var paths: [String: Path]
    var components: Components

    struct Components: Decodable {
        var responses: [String: Answer]
    }

    /// Operations by method; what else stands beside them is left out.
    struct Path: Decodable {
        var get: Operation?
        var head: Operation?
        var post: Operation?
        var put: Operation?
        var patch: Operation?
        var delete: Operation?
        var options: Operation?
        var trace: Operation?

        var operations: [(method: String, operation: Operation)] {
            [
                ("GET", get), ("HEAD", head), ("POST", post), ("PUT", put), ("PATCH", patch), ("DELETE", delete),
                ("OPTIONS", options), ("TRACE", trace),
            ].compactMap { method, operation in operation.map { (method, $0) } }
        }
    }

    struct Operation: Decodable {
        var responses: [String: Answer]
    }

    /// A response, or a reference to one.
    struct Answer: Decodable {
        var reference: String?
        var content: [String: Content]?

        private enum CodingKeys: String, CodingKey {
            case reference = "$ref"
            case content
        }
    }

    /// Only its media type counts.
    struct Content: Decodable {}

    static func built() throws -> OpenAPIDocument {
        try JSONDecoder().decode(OpenAPIDocument.self, from: Data(PackageResources.openapi_json))
    }

    /// Every operation by `GET /v1/entries/{id}`.
    var operations: [String: Operation] {
        let named = paths.flatMap { path, item in item.operations.map { ("\($0.method) \(path)", $0.operation) } }
        return Dictionary(uniqueKeysWithValues: named)
    }

    /// Media types that an operation may answer with under a status; nil when it may not answer so.
    func contentTypes(of operation: Operation, status: Int) -> Set<String>? {
        guard let answer = operation.responses["\(status)"] else { return nil }
        let name = answer.reference?.split(separator: "/").last.map(String.init)
        let resolved = name.flatMap { components.responses[$0] } ?? answer
        return Set(resolved.content.map { Array($0.keys) } ?? [])
    }
}
