internal import ContestRules
internal import EntryIntake
internal import HTTPTypes
internal import Hummingbird

extension Request {
    /// The request's `Idempotency-Key` with everything that the request asks for; nil when it has no key.
    ///
    /// - Parameters:
    ///   - principal: the principal who makes the request. Each principal has keys of its own.
    ///   - asked: the values of the request beside its method and path, in an order that the route chooses. A form that
    ///     is sent again with another boundary has the same values.
    ///   - fields: the fields of the request's form.
    /// - Throws: a problem when the key is empty, longer than 255 bytes or not of visible ASCII.
    func idempotent(
        by principal: Principal, _ asked: [String?] = [], _ fields: [String: String] = [:]
    ) throws -> IdempotentRequest? {
        guard let key = headers[.idempotencyKey] else { return nil }
        guard (1...255).contains(key.utf8.count), key.utf8.allSatisfy({ (0x21...0x7e).contains($0) }) else {
            throw Problem(
                .badRequest, "idempotency-key-invalid", zh: "Idempotency-Key 应为 1 到 255 个可见 ASCII 字符，例如 UUID。",
                en: "Idempotency-Key is 1 to 255 visible ASCII characters, like a UUID.")
        }
        let content = Asked(method: method.rawValue, path: uri.path, asked: asked, fields: fields)
        return IdempotentRequest(principal: principal.id, key: key, content: Array(try WireJSON.data(content)))
    }

    /// Whether the request has an `Idempotency-Key`. The client can then ask for the answer again, so the work is
    /// finished even when the client closes the connection.
    var hasIdempotencyKey: Bool { headers[.idempotencyKey] != nil }

    private struct Asked: Encodable {
        var method: String
        var path: String
        var asked: [String?]
        var fields: [String: String]
    }
}
