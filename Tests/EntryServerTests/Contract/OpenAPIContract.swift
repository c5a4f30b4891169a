import Hummingbird
import Testing

@testable import EntryServer

/// `openapi.json` as a contract: which answers to which requests it allows.
struct OpenAPIContract: Sendable {
    let document: WireValue

    /// The contract that the service gives out.
    static let current = Result { OpenAPIContract(document: try WireValue(PackageResources.openapi_json)) }

    static let methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"]

    /// Every operation by its name, like `GET /v1/entries/{id}`.
    var operations: [String: WireValue] {
        var operations: [String: WireValue] = [:]
        for (path, item) in document["paths"]?.members ?? [:] {
            for method in Self.methods { operations["\(method) \(path)"] = item[method.lowercased()] }
        }
        return operations
    }

    /// The schema that stands in the document as `schema`.
    func schema(_ schema: WireValue) -> JSONSchema { JSONSchema(schema: schema, document: document) }

    /// What of an answer the contract does not allow; empty when the answer is documented as it is.
    ///
    /// An address or a method that the document does not name must be answered with a problem, 404 or 405. A HEAD request
    /// is answered as the GET of the same address, without the body.
    ///
    /// - Parameter others: statuses of the problem that answers an operation which the document does not name.
    func violations(_ method: String, _ uri: String, _ answer: Answer, others: Set<Int> = [404, 405]) -> [String] {
        let hasBody = method != "HEAD"
        guard let operation = operation(method, uri) else {
            guard others.contains(answer.status) else { return ["the document names no such operation"] }
            return violations(answer, Self.problem, hasBody)
        }
        guard let documented = operation["responses"]?["\(answer.status)"]?.followed(in: document) else {
            return ["status \(answer.status) is not documented"]
        }
        return violations(answer, documented, hasBody)
    }

    private func violations(_ answer: Answer, _ documented: WireValue, _ hasBody: Bool) -> [String] {
        let content = documented["content"]?.members ?? [:]
        let type = answer.headers[.contentType].map { String($0.prefix { $0 != ";" }) }
        guard let type else {
            return content.isEmpty && answer.body.isEmpty ? [] : ["the answer has no Content-Type"]
        }
        guard let media = content[type] else { return ["Content-Type \(type) is not documented"] }
        guard hasBody, type.hasSuffix("json") else { return [] }
        guard let body = try? answer.json else { return ["the body is no JSON"] }
        guard let schema = media["schema"] else { return ["the JSON has no schema"] }
        let isUnknown = type == Self.problemType && !isNamed(body, documented)
        return self.schema(schema).violations(of: body)
            + (isUnknown ? ["the description of the response does not name \(body["type"]?.brief ?? "the type")"] : [])
    }

    /// Whether the document lists the type of a problem, and the description of the response names it.
    private func isNamed(_ problem: WireValue, _ documented: WireValue) -> Bool {
        let types = document.resolved("#/components/schemas/Problem/properties/type/anyOf")?.elements.first?["enum"]
        guard let type = problem["type"], types?.elements.contains(type) == true else { return false }
        let code = type.string?.split(separator: ":").last ?? ""
        let name = code.hasPrefix("multipart-") ? "multipart-*" : code
        return documented["description"]?.string.map { $0.contains("`\(name)`") } ?? true
    }

    private static let problemType = "application/problem+json"
    /// The response to an operation that the document does not name.
    private static let problem: WireValue = [
        "content": [problemType: ["schema": ["$ref": "#/components/schemas/Problem"]]]
    ]

    /// The operation that answers a request: of all matching paths the one with the fewest parameters.
    private func operation(_ method: String, _ uri: String) -> WireValue? {
        let segments = uri.prefix { $0 != "?" }.split(separator: "/")
        let matching = (document["paths"]?.members ?? [:]).filter { template, _ in
            let pattern = template.split(separator: "/")
            return pattern.count == segments.count
                && zip(pattern, segments).allSatisfy { $0.hasPrefix("{") || $0 == $1 }
        }
        let item = matching.min { $0.key.count { $0 == "{" } < $1.key.count { $0 == "{" } }?.value
        return item?[method.lowercased()] ?? (method == "HEAD" ? item?["get"] : nil)
    }
}

extension Answer {
    /// Expects that `openapi.json` documents this answer to a request: status, content type and the shape of the JSON.
    func expectDocumented(
        _ method: HTTPRequest.Method, _ uri: String, _ headers: HTTPFields = [:],
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        // A browser's question before a request concerns no operation.
        if headers[.accessControlRequestMethod] != nil, status == 204 { return }
        // An overriding method that tus does not know is refused before the route is looked up.
        let overriding = headers[.methodOverride].map { OpenAPIContract.methods.contains($0) ? $0 : method.rawValue }
        let violations = try OpenAPIContract.current.get().violations(
            overriding ?? method.rawValue, uri, self, others: overriding == nil ? [404, 405] : [400])
        #expect(
            violations.isEmpty, "\(method) \(uri) \(status): \(violations.prefix(5).joined(separator: "; "))",
            sourceLocation: sourceLocation)
    }
}

extension WireValue {
    /// The members of an object; empty for anything else.
    var members: [String: WireValue] {
        if case .object(let members) = self { members } else { [:] }
    }
}
