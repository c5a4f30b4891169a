import EntryIntake
import Foundation
import TestSupport

/// A multipart form as a browser writes it.
struct Form: Sendable {
    /// One part: a plain field without a file name, or a file with one.
    struct Part: Sendable {
        var name: String
        var filename: String?
        var bytes: [UInt8]

        static func field(_ name: String, _ text: String) -> Part { Part(name: name, bytes: Array(text.utf8)) }

        static func media(_ filename: String, _ bytes: [UInt8]) -> Part {
            Part(name: "media", filename: filename, bytes: bytes)
        }
    }

    static let boundary = "clipcheck-0123456789"

    var parts: [Part]

    init(_ parts: Part...) { self.parts = parts }

    init(_ parts: [Part]) { self.parts = parts }

    /// The whole body.
    var bytes: [UInt8] {
        parts.flatMap { part in
            var head = "--\(Self.boundary)\r\nContent-Disposition: form-data; name=\"\(Self.escaped(part.name))\""
            if let filename = part.filename {
                head += "; filename=\"\(Self.escaped(filename))\"\r\nContent-Type: video/mp4"
            }
            return Array("\(head)\r\n\r\n".utf8) + part.bytes + Array("\r\n".utf8)
        } + Array("--\(Self.boundary)--\r\n".utf8)
    }

    /// Source: WHATWG HTML, "multipart/form-data encoding algorithm".
    private static func escaped(_ name: String) -> String {
        // The loop goes by scalar: CR LF is one `Character`.
        name.unicodeScalars.map { scalar in
            switch scalar {
            case "\r": "%0D"
            case "\n": "%0A"
            case "\"": "%22"
            default: String(scalar)
            }
        }.joined()
    }
}

/// The clips that these tests send.
enum Clip {
    static let compliantName = "作品.mp4"
    /// A video that complies with xian-2024.
    static let compliant = bytes(compliantName)
    /// A readable video that is too short and too small.
    static let short = bytes("short.mp4")
    /// A text file, which is sent under the name of a video.
    static let text = bytes("text-named.mp4")

    static func bytes(_ clip: String) -> [UInt8] {
        Array((try? Data(contentsOf: TestMedia.folder.appending(component: clip))) ?? Data("no \(clip)".utf8))
    }
}

extension [UInt8] {
    /// SHA-256 in hexadecimal.
    var sha256: String {
        var digest = MediaDigest()
        digest.add(self)
        return digest.hexadecimal
    }
}

extension String {
    /// The text percent-encoded for a query parameter.
    var percentEncoded: String { addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? self }
}
