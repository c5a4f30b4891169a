import Testing

@testable import EntryServer

@Suite("MultipartParser boundary")
struct MultipartBoundaryTests {
    private static let seventy = String(repeating: "0123456789", count: 7)

    @Test(
        "`MultipartParser` reads the boundary from Content-Type",
        arguments: [
            ("multipart/form-data; boundary=b", "b"),
            ("Multipart/Form-Data;BOUNDARY=b", "b"),
            ("multipart/form-data ; charset=utf-8 ; boundary = \"b\" ", "b"),
            (
                "multipart/form-data; boundary=----WebKitFormBoundary7MA4YWxkTrZu0gW;",
                "----WebKitFormBoundary7MA4YWxkTrZu0gW"
            ),
            ("multipart/form-data; boundary=\"----=_Part_1 '()+_,-./:=?x\"", "----=_Part_1 '()+_,-./:=?x"),
            ("multipart/form-data; boundary=\(seventy)", seventy),
        ])
    func accepted(contentType: String, boundary: String) throws {
        #expect(try MultipartParser.boundary(fromContentType: contentType) == boundary)
        _ = try MultipartParser(boundary: boundary)
    }

    @Test(
        "`MultipartParser` refuses a Content-Type whose boundary is missing, ambiguous or not allowed",
        arguments: [
            ("", MultipartError.Code.notMultipart),
            ("boundary=b", .notMultipart),
            ("application/json", .notMultipart),
            ("multipart/mixed; boundary=b", .notMultipart),
            ("multipart/form-data, boundary=b", .notMultipart),
            ("multipart/form-data", .badBoundary),
            ("multipart/form-data;", .badBoundary),
            ("multipart/form-data; boundary", .badBoundary),
            ("multipart/form-data; boundary=", .badBoundary),
            ("multipart/form-data; boundary=\"\"", .badBoundary),
            ("multipart/form-data; boundary=\"b", .badBoundary),
            ("multipart/form-data; boundary=b c", .badBoundary),
            ("multipart/form-data; boundary=b=c", .badBoundary),
            ("multipart/form-data; boundary=b; boundary=c", .badBoundary),
            ("multipart/form-data; boundary=\"b \"", .badBoundary),
            ("multipart/form-data; boundary=b*", .badBoundary),
            ("multipart/form-data; boundary=\"边界\"", .badBoundary),
            ("multipart/form-data; boundary=\"b\r\nc\"", .badBoundary),
            ("multipart/form-data; boundary=\(seventy)0", .badBoundary),
        ])
    func refused(contentType: String, code: MultipartError.Code) {
        let error = #expect(throws: MultipartError.self) {
            try MultipartParser.boundary(fromContentType: contentType)
        }
        #expect(error?.code == code)
    }

    @Test(
        "The initialiser of `MultipartParser` refuses an invalid boundary",
        arguments: ["", "b ", "b\r\n", "边", seventy + "0"])
    func checkedByParser(boundary: String) {
        #expect(throws: MultipartError.badBoundary) { try MultipartParser(boundary: boundary) }
    }

    @Test("Each `MultipartError` has a stable code and a message in two languages")
    func errors() {
        let errors: [MultipartError] = [
            .notMultipart, .badBoundary, .badLineEnd, .malformedHeader, .missingName, .headerTooLong(limit: 16_384),
            .tooManyHeaders(limit: 32), .tooManyParts(limit: 256), .truncated,
        ]
        #expect(
            errors.map(\.code.rawValue) == [
                "not-multipart", "bad-boundary", "bad-line-end", "malformed-header", "missing-name",
                "header-too-long", "too-many-headers", "too-many-parts", "truncated",
            ])
        #expect(errors.map(\.code) == MultipartError.Code.allCases)
        #expect(errors.allSatisfy { !$0.message.zh.isEmpty && $0.message.en.allSatisfy(\.isASCII) })
        #expect(MultipartError.tooManyParts(limit: 256).message.zh.contains("256"))
    }
}
