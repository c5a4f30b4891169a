internal import Foundation
internal import Hummingbird
internal import MediaFacts

/// A request body that is a JSON object with known keys only.
protocol JSONRequestBody: Decodable {
    /// Every key that the object may have.
    static var keys: Set<String> { get }
    /// An example of the object, which error messages quote.
    static var example: String { get }
    /// Number of form fields in the object.
    var fieldCount: Int { get }
}

extension JSONRequestBody {
    /// The default, for a body without form fields: 0.
    var fieldCount: Int { 0 }
}

extension UploadReceiver {
    /// Reads a JSON object of at most 1 MiB from the request's body. The body must be sent as `application/json`: a
    /// page of another origin cannot send that type without a CORS preflight.
    ///
    /// - Throws: a problem for another media type, for more than 1 MiB, 16 levels or `mostFields` form fields, for an
    ///   unknown key, and for JSON that does not decode as `Value`.
    func json<Value: JSONRequestBody>(_ type: Value.Type = Value.self, from request: Request) async throws -> Value {
        guard request.mediaType == "application/json" else { throw Problem.jsonExpected(like: Value.example) }
        let bytes = try await collect(request)
        // Members are counted before decoding. Each form field is one, and each key of the object is one.
        guard JSONMembers.areAtMost(mostFields + Value.keys.count, in: bytes) else {
            throw Problem.fieldsTooMany(mostFields)
        }
        let body = Data(bytes)
        guard JSONDepth.isAtMost(16, in: bytes), let value = try? JSONDecoder().decode(type, from: body) else {
            throw Problem.jsonInvalid(like: Value.example)
        }
        if let unknown = try? JSONDecoder().decode(AnyKeys.self, from: body).names.subtracting(Value.keys).min() {
            throw Problem.jsonKeyUnknown(unknown, like: Value.example)
        }
        guard value.fieldCount <= mostFields else { throw Problem.fieldsTooMany(mostFields) }
        return value
    }
}

/// The keys of a JSON object; the values are ignored.
private struct AnyKeys: Decodable {
    var names: Set<String>

    private struct Key: CodingKey {
        var stringValue: String
        var intValue: Int? { nil }
        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }

    init(from decoder: any Decoder) throws {
        names = Set(try decoder.container(keyedBy: Key.self).allKeys.map(\.stringValue))
    }
}

extension Problem {
    fileprivate static func jsonExpected(like example: String) -> Problem {
        Problem(
            .unsupportedMediaType, "json-expected", zh: "请以 Content-Type: application/json 发送，例如 \(example)。",
            en: "Send Content-Type: application/json, like \(example).")
    }

    fileprivate static func jsonInvalid(like example: String) -> Problem {
        Problem(
            .badRequest, "json-invalid", zh: "JSON 无效。格式：\(example)。",
            en: "The JSON is not valid. It should be like \(example).")
    }

    fileprivate static func jsonKeyUnknown(_ key: String, like example: String) -> Problem {
        Problem(
            .badRequest, "json-key-unknown", zh: "JSON 中没有键“\(key.prefix(40))”。格式：\(example)。",
            en: "The JSON has the unknown key \"\(key.prefix(40))\". It should be like \(example).")
    }
}
