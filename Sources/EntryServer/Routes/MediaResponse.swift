internal import BlockingLanes
internal import EntryIntake
internal import Hummingbird
internal import MediaFacts

/// A stored file as a download.
enum MediaResponse {
    /// Bytes read and sent at a time.
    private static let pieceSize = 256 * 1024

    /// Streams `file`. It is a stranger's, so the browser is told to save it and not to guess its type.
    static func make(_ file: OpenMediaFile, filename: String?) -> Response {
        let lanes = BlockingLanes("download", count: 1)
        let body = ResponseBody(contentLength: Int(file.media.bytes)) { writer in
            var offset: Int64 = 0
            while offset < file.media.bytes {
                let start = offset
                let piece = try await lanes.run { () throws(IntakeError) in
                    try file.read(at: start, count: pieceSize)
                }
                guard !piece.isEmpty else { break }
                try await writer.write(ByteBuffer(bytes: piece))
                offset += Int64(piece.count)
            }
            try await writer.finish(nil)
        }
        return Response(
            status: .ok,
            headers: [
                .contentType: "application/octet-stream", .xContentTypeOptions: "nosniff",
                .contentDisposition: "attachment; filename*=UTF-8''\(percentEncoded(filename ?? "media"))",
            ],
            body: body)
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
