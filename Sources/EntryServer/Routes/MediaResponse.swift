internal import BlockingLanes
internal import EntryIntake
internal import HTTPTypes
internal import Hummingbird
internal import MediaFacts

/// A stored file as a download, whole or in part.
///
/// The file comes from a stranger: the browser is told to save it, not to guess its type, and to run nothing of it.
struct MediaResponse {
    let file: OpenMediaFile
    /// Name for the browser; nil for `media`.
    let filename: String?
    /// SHA-256 of the file in hexadecimal, which makes the entity tag; nil leaves the tag out.
    let sha256: String?
    /// Threads that read files for all downloads.
    let lanes: BlockingLanes
    /// The connection that the file goes to.
    let context: ServiceContext

    /// Bytes that are read and sent at a time. Two or three pieces lie in memory for each slow client.
    private static let pieceSize: Int64 = 32 * 1024

    /// The answer to a GET or HEAD: 304 when the client has the file, 206 or 416 for a range, else 200.
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
            var response = Problem.rangeUnsatisfiable.response(in: request.language)
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

    /// The fields that 200, 206 and 304 share.
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
                // The file is shorter than at opening. Throwing closes the connection, so the client sees the cut.
                guard !piece.isEmpty else { throw IntakeError.storageFailed("a file shrank during its download") }
                try await writer.write(ByteBuffer(bytes: piece))
                try await context.waitForWrites()
                offset += Int64(piece.count)
            }
            try await writer.finish(nil)
        }
        return Response(status: status, headers: headers, body: body)
    }

    /// Source: RFC 8187 §3.2.1, `attr-char`.
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
    /// The entity tags of a conditional field, or `*`. No tag of ours contains a comma.
    fileprivate func entityTags(_ name: HTTPField.Name) -> [Substring] {
        self[values: name].flatMap { $0.split(separator: ",") }.map { text in
            text.drop { $0 == " " || $0 == "\t" }.prefix { $0 != " " && $0 != "\t" }
        }
    }
}

extension Substring {
    /// Whether an entity tag is the same as `tag`, weak or strong. Source: RFC 9110 §8.8.3.2.
    fileprivate func matchesWeakly(_ tag: String) -> Bool { (hasPrefix("W/") ? dropFirst(2) : self) == tag }
}

extension Problem {
    /// The range begins behind the end of the file.
    fileprivate static let rangeUnsatisfiable = Problem(
        .rangeNotSatisfiable, "range-unsatisfiable", zh: "Range 超出了文件的大小。文件的字节数见 Content-Range。",
        en: "The range begins behind the end of the file. Content-Range says how many bytes it has.")
}
