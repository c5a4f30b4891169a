internal import ContestRules
internal import Crypto
internal import EntryIntake
internal import HTTPTypes
internal import Hummingbird

internal import struct Foundation.Data

extension HTTPField.Name {
    /// A name that is known to be one.
    static func known(_ name: String) -> HTTPField.Name {
        guard let name = HTTPField.Name(name) else { preconditionFailure("not a field name") }
        return name
    }

    /// Source: the IETF's draft "The Idempotency-Key HTTP Header Field", §2.
    static let idempotencyKey = known("Idempotency-Key")
}

extension Request {
    /// The client's key for this request; nil when it sent none.
    ///
    /// - Throws: a problem when it is empty, longer than 255 bytes or not of visible ASCII.
    var idempotencyKey: String? {
        get throws {
            guard let key = headers[.idempotencyKey] else { return nil }
            guard (1...255).contains(key.utf8.count), key.utf8.allSatisfy({ (0x21...0x7e).contains($0) }) else {
                throw Problem(
                    .badRequest, "idempotency-key-invalid", zh: "Idempotency-Key 应为 1 到 255 个可见 ASCII 字符，例如 UUID。",
                    en: "Idempotency-Key is 1 to 255 visible ASCII characters, like a UUID.")
            }
            return key
        }
    }

    /// Digest of what is asked: the same for a form that is sent again with another boundary.
    func fingerprint(_ asked: [String?], _ fields: [String: String]) -> String {
        let content = Asked(method: method.rawValue, path: uri.path, asked: asked, fields: fields)
        let digest = SHA256.hash(data: (try? WireJSON.data(content)) ?? Data())
        return digest.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    private struct Asked: Encodable {
        var method: String
        var path: String
        var asked: [String?]
        var fields: [String: String]
    }
}

extension Response {
    /// An answer as it was kept.
    init(_ answer: StoredAnswer) {
        self.init(
            status: .init(code: answer.status),
            headers: [.contentType: "application/json", .xContentTypeOptions: "nosniff", .cacheControl: "no-store"],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: answer.body)))
        headers[.location] = answer.location
    }
}
