import Testing

@testable import EntryServer

@Suite("The examples of openapi.json")
struct ExampleTests {
    /// A body of a request or an answer, with its place in the document.
    struct Body: Sendable {
        var place: String
        var type: String
        var media: WireValue
    }

    /// Types whose bodies are bytes or pages, which have no example: a video, a picture, HTML.
    private static let withoutExample: Set = [
        "video/*", "application/octet-stream", "application/offset+octet-stream", "image/jpeg", "image/svg+xml",
        "text/html",
    ]

    @Test("Every body in openapi.json that is JSON, a form or plain text has an example that keeps its schema")
    func bodies() throws {
        let contract = try OpenAPIContract.current.get()
        let bodies = contract.bodies
        #expect(bodies.count > 60)
        for body in bodies where !Self.withoutExample.contains(body.type) {
            let examples = contract.examples(of: body.media)
            #expect(!examples.isEmpty, "\(body.place) has no example")
            let schema = try #require(body.media["schema"], "\(body.place) has no schema")
            for example in examples {
                let violations = contract.schema(schema).violations(of: example)
                #expect(violations.isEmpty, "\(body.place): \(violations.prefix(3).joined(separator: "; "))")
            }
        }
    }

    @Test("Every example inside a schema of openapi.json keeps the schema, and a body uses every shared example")
    func shared() throws {
        let contract = try OpenAPIContract.current.get()
        for (name, schema) in contract.document["components"]?["schemas"]?.members ?? [:] {
            for example in schema["examples"]?.elements ?? [] {
                let violations = contract.schema(schema).violations(of: example)
                #expect(violations.isEmpty, "\(name): \(violations.prefix(3).joined(separator: "; "))")
            }
        }
        let used = Set(contract.bodies.flatMap { $0.media["examples"]?.members.keys.map { $0 } ?? [] })
        #expect(contract.document["components"]?["examples"]?.keys == used)
    }

    @Test("Every problem example in openapi.json has the status and the type of its response")
    func problems() throws {
        let contract = try OpenAPIContract.current.get()
        for (name, operation) in contract.operations {
            for (status, response) in operation["responses"]?.members ?? [:]
            where Int(status).map({ $0 >= 400 }) == true {
                let response = response.followed(in: contract.document)
                let media = response["content"]?["application/problem+json"] ?? [:]
                for problem in contract.examples(of: media) {
                    let type = problem["type"]?.string?.split(separator: ":").last ?? "none"
                    let code = type.hasPrefix("multipart-") ? "multipart-*" : type
                    #expect(problem["status"] == Double(status).map { .number($0) }, "\(name) \(status)")
                    #expect(
                        response["description"]?.string?.contains("`\(code)`") == true, "\(name) \(status): \(code)")
                }
            }
        }
    }
}

extension OpenAPIContract {
    /// Every body of a request or an answer.
    fileprivate var bodies: [ExampleTests.Body] {
        operations.flatMap { name, operation in
            let request = [("\(name) request", operation["requestBody"] ?? .null)]
            let answers = (operation["responses"]?.members ?? [:]).map { ("\(name) \($0.key)", $0.value) }
            return (request + answers).flatMap { place, holder in
                (holder.followed(in: document)["content"]?.members ?? [:]).map {
                    ExampleTests.Body(place: "\(place) \($0.key)", type: $0.key, media: $0.value)
                }
            }
        }
    }

    /// The examples of a body.
    fileprivate func examples(of media: WireValue) -> [WireValue] {
        let several = (media["examples"]?.members ?? [:]).compactMap { $0.value.followed(in: document)["value"] }
        return several + [media["example"]].compactMap(\.self)
    }
}
