internal import BlockingLanes
internal import EntryIntake
internal import HTTPTypes
internal import Hummingbird
internal import MediaFacts

/// Answers with a stored file as a download, whole or in part.
///
/// The file is untrusted. Header fields make the browser save it, without guessing its type or running any of it.
struct MediaResponse {
    let file: OpenMediaFile
    /// Name under which the browser saves the file; nil means `media`.
    let filename: String?
    /// SHA-256 of the file in hexadecimal, from which the entity tag is made; nil leaves the tag out.
    let sha256: String?
    /// Threads that read files for all downloads.
    let lanes: BlockingLanes
    /// Context of the request, with the connection that the file is sent on.
    let context: ServiceContext

    /// Bytes that are read and sent at a time. For each slow client, two or three such pieces are in memory.
    private static let pieceSize: Int64 = 32 * 1024

    /// Answers a GET or HEAD: 304 when the client has the file already, 206 or 416 for a range, else 200.
    ///
    /// Source: RFC 9110 §13.2.2 (order of the conditions) and §14.2 (`Range` counts for GET only).
    func response(to request: Request) -> Response {
        if let tag, request.headers.entityTags(.ifNoneMatch).contains(where: { $0 == "*" || $0.matchesWeakly(tag) }) {
            return Response(status: .notModified, headers: validators)
        }
        switch range(of: request) {
        case .whole: return body(0..<file.media.bytes, .ok)
        case .part(let bytes):
            var response = body(bytes, .partialContent)
            response.headers[.contentRange] = "bytes \(bytes.lowerBound)-\(bytes.upperBound - 1)/\(file.media.bytes)"
            return response
        case .unsatisfiable:
            var response = Problem.rangeUnsatisfiable.response(to: request, id: context.identity.id)
            response.headers[.contentRange] = "bytes */\(file.media.bytes)"
            return response
        }
    }

    private var tag: String? { sha256.map { "\"\($0)\"" } }

    private func range(of request: Request) -> ByteRange {
        guard request.method == .get, request.headers[values: .range].count == 1 else { return .whole }
        // A weak tag or a date never matches: only the digest says that the bytes are the same.
        if let condition = request.headers[.ifRange], condition != tag { return .whole }
        return ByteRange(request.headers[.range], length: file.media.bytes)
    }

    /// The header fields that 200, 206 and 304 have in common.
    private var validators: HTTPFields {
        var headers: HTTPFields = [.cacheControl: "private, no-cache", .acceptRanges: "bytes"]
        headers[.eTag] = tag
        return headers
    }

    private func body(_ bytes: Range<Int64>, _ status: HTTPResponse.Status) -> Response {
        var headers = validators
        headers[.contentType] = "application/octet-stream"
        headers[.xContentTypeOptions] = "nosniff"
        headers[.contentSecurityPolicy] = "default-src 'none'; sandbox"
        headers[.contentDisposition] = "attachment; filename*=UTF-8''\(Self.percentEncoded(filename ?? "media"))"
        let body = ResponseBody(contentLength: bytes.count) { [file, lanes, context] writer in
            var offset = bytes.lowerBound
            while offset < bytes.upperBound {
                let (start, count) = (offset, Int(min(Self.pieceSize, bytes.upperBound - offset)))
                let piece = try await lanes.run { () throws(IntakeError) in try file.read(at: start, count: count) }
                // The file is shorter than when it was opened. Throwing closes the connection, so that the client sees
                // an incomplete download.
                guard !piece.isEmpty else { throw IntakeError.storageFailed("a file shrank during its download") }
                try await writer.write(ByteBuffer(bytes: piece))
                try await context.waitForWrites()
                offset += Int64(piece.count)
            }
            try await writer.finish(nil)
        }
        return Response(status: status, headers: headers, body: body)
    }

    /// The text percent-encoded as UTF-8 for `filename*`. Source: RFC 8187 §3.2.1; of `attr-char`, only letters,
    /// digits, "." and "-" are left as they are.
    private static func percentEncoded(_ text: String) -> String {
        text.utf8.map { byte in
            let isPlain =
                UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte || UInt8(ascii: "A")...UInt8(ascii: "Z") ~= byte
                || UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte || byte == UInt8(ascii: ".")
                || byte == UInt8(ascii: "-")
            let digits = String(byte, radix: 16, uppercase: true)
            return isPlain ? String(UnicodeScalar(byte)) : "%" + (digits.count == 1 ? "0" : "") + digits
        }.joined()
    }
}

extension HTTPFields {
    /// The entity tags of a conditional field, or `*`. The service's own tags contain no comma, so splitting at commas
    /// is safe.
    fileprivate func entityTags(_ name: HTTPField.Name) -> [Substring] {
        self[values: name].flatMap { $0.split(separator: ",") }.map { text in
            text.drop { $0 == " " || $0 == "\t" }.prefix { $0 != " " && $0 != "\t" }
        }
    }
}

extension Substring {
    /// Whether this entity tag equals `tag` when marks of weak tags are ignored. Source: RFC 9110 §8.8.3.2.
    fileprivate func matchesWeakly(_ tag: String) -> Bool { (hasPrefix("W/") ? dropFirst(2) : self) == tag }
}

extension Problem {
    /// The range begins beyond the end of the file.
    fileprivate static let rangeUnsatisfiable = Problem(
        .rangeNotSatisfiable, "range-unsatisfiable", zh: "Range 超出了文件的大小。文件的字节数见 Content-Range。",
        en: "The range begins behind the end of the file. Content-Range says how many bytes it has.")
}
