internal import EntryIntake
internal import Foundation
internal import HTTPTypes
internal import Hummingbird
internal import TextDecoding

/// Reads and writes the header fields of tus 1.0.0.
enum TusHeaders {
    /// The version of the protocol that the service speaks.
    static let version = "1.0.0"

    /// Reads `Upload-Metadata`: pairs of a key and a value in Base64, separated by commas. A key without a value has an
    /// empty one.
    ///
    /// - Throws: a problem for another form, for a repeated key, or when a value other than `filename` is not UTF-8.
    static func metadata(_ text: String) throws -> [String: String] {
        var values: [String: String] = [:]
        for pair in text.isEmpty ? [] : text.split(separator: ",", omittingEmptySubsequences: false) {
            let parts = pair.split(separator: " ", omittingEmptySubsequences: true)
            let decoded = parts.count == 2 ? Data(base64Encoded: String(parts[1])) : Data()
            guard (1...2).contains(parts.count), let decoded,
                // Clients of old systems encode the bytes of a file name in the system's character set.
                let value = parts[0] == "filename"
                    ? DecodedName(decoded).text : String(validating: decoded, as: UTF8.self),
                values.updateValue(value, forKey: String(parts[0])) == nil
            else { throw metadataInvalid }
        }
        return values
    }

    /// Reads `Upload-Checksum`: an algorithm, a space and the digest in Base64; nil when the field is absent.
    ///
    /// - Throws: a problem for another form, an unknown algorithm or a digest of the wrong length.
    static func checksum(_ text: String?) throws -> UploadChecksum? {
        guard let text else { return nil }
        let parts = text.split(separator: " ")
        guard parts.count == 2, let algorithm = UploadChecksum.Algorithm(rawValue: String(parts[0])),
            let digest = Data(base64Encoded: String(parts[1])), digest.count == algorithm.digestBytes
        else { throw checksumInvalid }
        return UploadChecksum(algorithm, Array(digest))
    }

    /// Writes a moment for `Upload-Expires`. Source: RFC 9110 §5.6.7, IMF-fixdate.
    static func date(_ moment: Moment) -> String {
        let date = Date(timeIntervalSince1970: TimeInterval(moment.milliseconds / 1000))
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = .gmt
        let parts = calendar.dateComponents([.weekday, .day, .month, .year, .hour, .minute, .second], from: date)
        let days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        func two(_ number: Int?) -> String { (number ?? 0) < 10 ? "0\(number ?? 0)" : "\(number ?? 0)" }
        let day = "\(days[(parts.weekday ?? 1) - 1]), \(two(parts.day)) \(months[(parts.month ?? 1) - 1])"
        return "\(day) \(parts.year ?? 1970) \(two(parts.hour)):\(two(parts.minute)):\(two(parts.second)) GMT"
    }

    static let versionUnsupported = Problem(
        .preconditionFailed, "tus-version", zh: "请在 Tus-Resumable 中使用 1.0.0 版本。", en: "Send Tus-Resumable: 1.0.0.")
    static let overrideInvalid = Problem(
        .badRequest, "method-override", zh: "X-HTTP-Method-Override 应为 PATCH、DELETE、HEAD、POST 或 OPTIONS。",
        en: "X-HTTP-Method-Override is PATCH, DELETE, HEAD, POST or OPTIONS.")
    static let lengthMissing = Problem(
        .badRequest, "upload-length", zh: "请在 Upload-Length 中写明文件的字节数（十进制整数），不支持 Upload-Defer-Length。",
        en: "Say the file's size in bytes in Upload-Length, a decimal whole number; it cannot be deferred.")
    static let offsetMissing = Problem(
        .badRequest, "upload-offset", zh: "请在 Upload-Offset 中写明续传位置（十进制整数）。",
        en: "Say where you go on in Upload-Offset, a decimal whole number.")
    static let contentTypeWrong = Problem(
        .unsupportedMediaType, "upload-content-type", zh: "请使用 Content-Type: application/offset+octet-stream。",
        en: "Send Content-Type: application/offset+octet-stream.")
    private static let metadataInvalid = Problem(
        .badRequest, "upload-metadata", zh: "Upload-Metadata 无效。格式：键 空格 Base64 编码的 UTF-8 文字，以逗号分隔，键不重复。",
        en: "Upload-Metadata is not valid: a key, a space and UTF-8 text in Base64, separated by commas, each key once."
    )
    private static let checksumInvalid = Problem(
        .badRequest, "upload-checksum", zh: "Upload-Checksum 无效。格式：sha1 或 sha256，空格，Base64 编码的校验和。",
        en: "Upload-Checksum is not valid: sha1 or sha256, a space and the digest in Base64.")
}

extension UploadChecksum.Algorithm {
    fileprivate var digestBytes: Int { self == .sha1 ? 20 : 32 }
}

extension HTTPFields {
    /// The value of a field that is a whole number from 0 up, in decimal digits only; `Int64.max` for a larger one, nil
    /// when the field is absent.
    ///
    /// - Throws: a problem when the value has another form, or the field is repeated.
    func number(_ name: HTTPField.Name) throws -> Int64? {
        let values = self[values: name]
        guard let text = values.first else { return nil }
        guard values.count == 1, !text.isEmpty,
            text.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) })
        else { throw name == .uploadLength ? TusHeaders.lengthMissing : TusHeaders.offsetMissing }
        return Int64(text) ?? .max
    }
}
