import Testing

@testable import EntryServer

/// Whole bodies with the boundary `b`. Every body is parsed whole, byte by byte, and cut at every place.
@Suite("MultipartParser")
struct MultipartParserTests {
    private static let head = "--b\r\nContent-Disposition: form-data; name=\"f\"\r\n\r\n"
    private static let tail = "\r\n--b--\r\n"

    @Test(
        "`MultipartParser` gives the data between delimiters byte for byte",
        arguments: [
            "", "x", "\r", "\n", "\r\n", "\r\n\r\n", "\r\r\n", "-", "--", "\r\n-", "\r\n--", "x\r", "x--", "x\r\n--",
            "line\r\nline\r\n", "\n--b", "\n--b--\n", "\r--b", "\r\r\n\r\n--\r\n-\r\n--", "\r\n--B", "\r\n --b",
            // These lines only resemble a delimiter: the boundary goes on, or one dash follows.
            "\r\n--bc", "\r\n--b-", "\r\n--b-c", "\r\n--bb", "\r\n--b-\r\n--bb\r\n--", "\r\n--b\0", "\r\n---b--",
            // The beginning of a delimiter is repeated.
            "\r\n\r\n--\r\n--", "\r\r\r\n\r\n-\r\n--\r\n\r\n--", "\r\n--b-\r",
            // Only a delimiter at the very start of the data may use the CRLF of the header block.
            "--", "-\r\n--c", "--c", "--bc",
        ])
    func data(text: String) throws {
        for chunks in Array((Self.head + text + Self.tail).utf8).cuttings {
            #expect(try MultipartReceiver.parts(of: chunks) == [ReceivedPart("f", text)])
        }
    }

    @Test(
        "`MultipartParser` finds a boundary that repeats its own beginning",
        arguments: ["aab", "aaaa", "--", "a--a", "-----a"])
    func repetitiveBoundary(boundary: String) throws {
        let data = "\r\n--" + boundary.dropLast() + "\r\n-" + boundary + "\r\n--" + boundary + "x"
        let body = "--\(boundary)\r\nContent-Disposition: form-data; name=f\r\n\r\n\(data)\r\n--\(boundary)--"
        for chunks in Array(body.utf8).cuttings {
            #expect(try MultipartReceiver.parts(of: chunks, boundary: boundary) == [ReceivedPart("f", data)])
        }
    }

    @Test(
        "`MultipartParser` reads preamble, padding and epilogue as RFC 2046 §5.1.1 defines them",
        arguments: [
            ("--b--", 0),
            ("--b--\r\n", 0),
            ("\r\n--b--", 0),
            ("preamble\r\n--b--\r\n", 0),
            ("--bx\r\n--b-x\r\n--b--", 0),
            ("--b--\r\nepilogue\r\n--b\r\nnot a header", 0),
            (head + "x" + tail, 1),
            ("preamble --b\r\n" + head + "x" + tail, 1),
            ("--b \t \r\nContent-Disposition: form-data; name=f\r\n\r\nx\r\n--b-- \t\r\n", 1),
            (head + "x\r\n" + head + "x" + tail, 2),
            (head + "x\r\n--b\t\r\n" + head.dropFirst(4) + "x" + tail, 2),
        ])
    func frame(body: String, count: Int) throws {
        for chunks in Array(body.utf8).cuttings {
            let expected = [ReceivedPart](repeating: ReceivedPart("f", "x"), count: count)
            #expect(try MultipartReceiver.parts(of: chunks) == expected)
        }
    }

    @Test(
        "`MultipartParser` reads an empty part with and without the CRLF before the delimiter",
        arguments: [head + tail, head + "--b--", head + "--b--\r\nepilogue"])
    func emptyParts(body: String) throws {
        for chunks in Array(body.utf8).cuttings {
            #expect(try MultipartReceiver.parts(of: chunks) == [ReceivedPart("f", "")])
        }
        for chunks in Array((Self.head + Self.head + body).utf8).cuttings {
            #expect(try MultipartReceiver.parts(of: chunks) == [ReceivedPart](repeating: .init("f", ""), count: 3))
        }
    }

    @Test(
        "`MultipartParser` refuses a malformed or ambiguous body",
        arguments: [
            ("", MultipartError.Code.truncated),
            ("\r\n", .truncated),
            ("no boundary at all", .truncated),
            ("--b", .truncated),
            ("--b-", .truncated),
            ("--b\r\n", .truncated),
            (head, .truncated),
            (head + "x", .truncated),
            (head + "x\r\n--b", .truncated),
            (head + "x\r\n--b-", .truncated),
            (head + "x\n--b--\r\n", .truncated),
            ("--b\n", .badLineEnd),
            ("--b\nContent-Disposition: form-data; name=f\n\nx\n--b--\n", .badLineEnd),
            ("--b\r\nContent-Disposition: form-data; name=f\n\nx\r\n--b--", .badLineEnd),
            ("--b\r\nContent-Disposition: form-data; name=f\r\n\nx\r\n--b--", .badLineEnd),
            ("--b \n", .badLineEnd),
            ("--b x", .badLineEnd),
            ("--b\rx", .badLineEnd),
            ("--b --\r\n", .badLineEnd),
            (head + "x\r\n--b\n", .badLineEnd),
            ("--b\r\n\r\nx\r\n--b--", .missingName),
            ("--b\r\n--b--", .truncated),
            ("--b\r\n--b--\r\n\r\n", .malformedHeader),
        ])
    func refusals(body: String, code: MultipartError.Code) {
        for chunks in Array(body.utf8).cuttings {
            let error = #expect(throws: MultipartError.self) { try MultipartReceiver.parts(of: chunks) }
            #expect(error?.code == code)
        }
    }

    @Test("`MultipartParser` gives slices of the chunk, and one slice for data without a delimiter")
    func slices() throws {
        var parser = try MultipartParser(boundary: "b")
        let chunk = Array((Self.head + "one\r\n--\r\r\n-two" + Self.tail).utf8)
        var data: [ArraySlice<UInt8>] = []
        try parser.consume(chunk) { if case .data(let slice) = $0 { data.append(slice) } }
        #expect(data == [chunk[Self.head.utf8.count..<(chunk.count - Self.tail.utf8.count)]])
        #expect(data.first?.startIndex == Self.head.utf8.count)
    }

    @Test(
        "`MultipartParser` tells a chunk that is data and nothing else from one that holds a delimiter or a beginning of one",
        arguments: [
            ("x", true), ("one\r\ntwo", true), ("\r\n--c", true), ("\r\n--b", false), ("one\r", false),
            ("one\r\n-", false), ("one\r\n--b--\r\n", false), ("one\r\n--bc", false),
        ])
    func onlyData(text: String, isOnlyData: Bool) throws {
        var parser = try MultipartParser(boundary: "b")
        let chunk = Array(text.utf8)
        #expect(!parser.isOnlyData(chunk), "no part has begun")
        try parser.consume(Array((Self.head + "data").utf8)) { _ in }
        #expect(parser.isOnlyData(chunk) == isOnlyData)
        try parser.consume(Array("\r".utf8)) { _ in }
        #expect(!parser.isOnlyData(chunk), "the CR before the chunk may begin a delimiter")
        try parser.consume(Array(Self.tail.utf8)) { _ in }
        #expect(!parser.isOnlyData(chunk), "the body has ended")
    }

    @Test("`MultipartParser` throws on every call after it or its handler has thrown")
    func abandoned() throws {
        struct DiskFull: Error {}
        var parser = try MultipartParser(boundary: "b")
        #expect(throws: DiskFull.self) {
            try parser.consume(Array(Self.head.utf8)) { _ in throw DiskFull() }
        }
        #expect(throws: MultipartError.truncated) { try parser.consume(Array(Self.tail.utf8)) { _ in } }
        #expect(throws: MultipartError.truncated) { try parser.finish() }
    }
}
