internal import Foundation
internal import Hummingbird
internal import MediaFacts

/// A request body that is a JSON object with known keys only.
protocol JSONRequestBody: Decodable {
    /// Every key of the object.
    static var keys: Set<String> { get }
    /// An example, for messages.
    static var example: String { get }
    /// Number of the form fields in it.
    var fieldCount: Int { get }
}

extension JSONRequestBody {
    /// 0: a body without form fields.
    var fieldCount: Int { 0 }
}

extension UploadReceiver {
    /// Reads a small JSON object. It must be sent as `application/json`, so that a page of another origin cannot send it
    /// without a preflight.
    ///
    /// - Throws: a problem for another media type, over 1 MiB, over 16 levels, over `mostFields` form fields, an unknown
    ///   key, or another shape.
    func json<Value: JSONRequestBody>(_ type: Value.Type = Value.self, from request: Request) async throws -> Value {
        guard request.mediaType == "application/json" else { throw Problem.jsonExpected(like: Value.example) }
        let bytes = try await collect(request)
        // Counted before decoding: every key beside the fields has one member.
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

/// The keys of a JSON object, whatever their values.
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
