import Foundation

/// libFuzzer's target for form bodies. An input is a byte that picks the pieces, one that picks the limits, a
/// Content-Type up to a line feed, and the body.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzMultipart(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let input = [UInt8](UnsafeBufferPointer(start: bytes, count: count))
    guard count > 2, let end = input.firstIndex(of: .lineFeed), end >= 2 else { return 0 }
    let limits = input[1] & 1 == 0 ? MultipartParser.Limits() : .init(headerBytes: 120, headersPerPart: 2, parts: 3)
    let boundary = MultipartFuzz.boundary(String(decoding: input[2..<end], as: UTF8.self))
    let body = Array(input[(end + 1)...])
    let whole = FormReading(of: [body], boundary, limits)
    for lengths in [[1], [Int(input[0] & 15) + 1, Int(input[0] >> 4) + 1]] {
        let again = FormReading(of: MultipartFuzz.pieces(of: body, lengths), boundary, limits)
        precondition(again == whole, "pieces of \(lengths) bytes give another form")
    }
    whole.examine(body, limits)
    if whole.error == nil {
        let written = MultipartFuzz.body(of: whole.parts, boundary)
        let again = FormReading(of: [written], boundary, .init(headerBytes: 1 << 20))
        // A file name in another character set has a note; written as UTF-8 it has none.
        precondition(again.withoutNotes == whole.withoutNotes, "written and read again, the form is another")
    }
    return 0
}

/// Writes small forms into the folder that run.sh names, before libFuzzer reads it.
@_cdecl("LLVMFuzzerInitialize")
public func makeForms(_: UnsafeMutablePointer<CInt>?, _: UnsafeRawPointer?) -> CInt {
    FuzzSupport.write(MultipartFuzz.forms.map { Data($0.utf8) })
}

/// The grammar's other direction, and forms to begin with.
enum MultipartFuzz {
    /// The boundary of a Content-Type, else "b"; one that is accepted must survive being quoted.
    static func boundary(_ contentType: String) -> String {
        guard let boundary = try? MultipartParser.boundary(fromContentType: contentType) else { return "b" }
        let quoted = "multipart/form-data; boundary=\"\(boundary)\""
        precondition((try? MultipartParser.boundary(fromContentType: quoted)) == boundary)
        return boundary
    }

    /// The bytes in pieces whose lengths take turns.
    static func pieces(of body: [UInt8], _ lengths: [Int]) -> [[UInt8]] {
        var (pieces, start) = ([[UInt8]](), 0)
        while start < body.count {
            let end = min(body.count, start + lengths[pieces.count % lengths.count])
            pieces.append(Array(body[start..<end]))
            start = end
        }
        return pieces
    }

    /// What WHATWG HTML writes for bytes that end a quoted name, and what we take a backslash for.
    private static let escapes: [UInt8: String] = [.quote: "%22", 13: "%0D", 10: "%0A", .backslash: "\\\\"]

    /// A body that says the same as these parts, written as browsers write.
    static func body(of parts: [FormReading.Part], _ boundary: String) -> [UInt8] {
        var body: [UInt8] = []
        for part in parts {
            let name = part.head.name.utf8.flatMap { escapes[$0].map { Array($0.utf8) } ?? [$0] }
            body += Array("--\(boundary)\r\nContent-Disposition: form-data; name=\"".utf8) + name + [.quote]
            if let filename = part.head.filename {
                let digits = filename.utf8.map { "%" + String(Int($0) + 256, radix: 16).suffix(2) }.joined()
                body += Array("; filename*=UTF-8''\(digits)".utf8)
            }
            if let type = part.head.contentType { body += Array("\r\nContent-Type: \(type)".utf8) }
            body += [13, 10, 13, 10] + part.data + [13, 10]
        }
        return body + Array("--\(boundary)--".utf8)
    }

    /// Inputs that say much: pieces and limits, Content-Type, body.
    static var forms: [String] {
        let field = "Content-Disposition: form-data; name=\"title\"\r\n\r\n作品"
        let file =
            "content-disposition: form-data; name=\"a\\\"%22%2522\"; filename*=UTF-8''%E4%BD%9C.mp4\r\n"
            + "Content-Type: video/mp4\r\nX-Folded: a\r\n\tb\r\n\r\n\r\n--\r\n--a b?\r\n--b-\r"
        let web = "----WebKitFormBoundary7MA4YWxkTrZu0gW"
        return [
            "\0\0multipart/form-data; boundary=b\n--b\r\n\(field)\r\n--b \t\r\n\(file)\r\n--b--\r\nend",
            "#\0multipart/form-data; boundary=\"a b\"\nbefore\r\n--a b\r\n\(file)\r\n--a b\r\n\(field)\r\n--a b--",
            "\u{7f}\0multipart/form-data;boundary=\(web)\n--\(web)\r\n\(field)\r\n--\(web)--\r\n",
            "1\u{1}text/plain\n--b\r\n\(field)\r\n--b\r\n\(field)\r\n--b\r\n\(field)\r\n--b--",
            "\0\0multipart/form-data; boundary=--\n------",
        ]
    }
}
