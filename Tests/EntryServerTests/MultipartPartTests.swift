import Testing
import TextDecoding

@testable import EntryServer

/// Header blocks of one part. Every block is parsed with every cut.
@Suite("MultipartPart")
struct MultipartPartTests {
    private static func part(_ headers: [UInt8]) throws -> MultipartPart? {
        let body = Array("--b\r\n".utf8) + headers + Array("\r\n\r\nx\r\n--b--".utf8)
        let parts = try body.cuttings.map { try MultipartReceiver.parts(of: $0) }
        #expect(Set(parts).count == 1)
        return parts.first?.first?.part
    }

    @Test(
        "`MultipartPart` reads the name and the file name",
        arguments: [
            (#"name="a""#, "a", nil),
            (#"name=a"#, "a", nil),
            (#"NAME="a"; FileName="b.mp4""#, "a", "b.mp4"),
            (#"filename="b.mp4"; name="a""#, "a", "b.mp4"),
            (#"name="a";filename="b.mp4";"#, "a", "b.mp4"),
            (#"name = "a" ; size=12 ; filename = b.mp4"#, "a", "b.mp4"),
            (#"name="a"; filename="""#, "a", ""),
            (#"name="a;b"; filename="c; name=d""#, "a;b", "c; name=d"),
            (#"name="作品"; filename="作品.mp4""#, "作品", "作品.mp4"),
            // A backslash escapes only a quote or a backslash.
            (#"name="a\"b"; filename="\\\"c\\""#, #"a"b"#, #"\"c\"#),
            (#"name="a"; filename="C:\clips\new.mp4""#, "a", #"C:\clips\new.mp4"#),
            // Browsers encode some characters and leave others as they are.
            (#"name="%22%0D%0A%0d%0a"; filename="a%22b.mp4""#, "\"\r\n\r\n", #"a"b.mp4"#),
            (#"name="100%25"; filename="%2F %E4 %2 % %zz%""#, "100%25", "%2F %E4 %2 % %zz%"),
            // `filename*` (RFC 5987) wins over `filename`, in either order.
            (#"name="a"; filename="x.mp4"; filename*=UTF-8''%E4%BD%9C%E5%93%81.mp4"#, "a", "作品.mp4"),
            (#"name="a"; filename*=utf-8'zh-CN'%e4%bd%9c%25.mp4; filename="x.mp4""#, "a", "作%.mp4"),
            (#"name="a"; filename*="UTF-8''b%20c""#, "a", "b c"),
            (#"name="a"; filename*=GBK''%D7%F7"#, "a", "作"),
            (#"name="a"; filename*=gb18030'zh'%D7%F7%C6%B7.mp4; filename=x"#, "a", "作品.mp4"),
            (#"name="a"; filename*=iso-8859-1''caf%E9"#, "a", "café"),
            // Mail programs and scripts use RFC 2047 here, although RFC 2231 forbids it.
            (#"name="a"; filename="=?GB18030?B?1/fGty5tcDQ=?=""#, "a", "作品.mp4"),
            (#"name="a"; filename="=?utf-8?Q?=E4=BD=9C.mp4?=""#, "a", "作.mp4"),
            (#"name="a"; filename="=?x?B?1/c=?=""#, "a", "=?x?B?1/c=?="),
            // The caller reduces a path to its last part.
            (#"name="a"; filename="../../etc/passwd""#, "a", "../../etc/passwd"),
        ])
    func disposition(parameters: String, name: String, filename: String?) throws {
        let headers = Array("Content-Disposition: form-data; \(parameters)".utf8)
        #expect(try Self.part(headers) == MultipartPart(name: name, filename: filename))
    }

    @Test(
        "`MultipartPart` reads headers in any case, order and folding",
        arguments: [
            ("CONTENT-DISPOSITION:FORM-DATA;name=a\r\ncontent-type:video/mp4", "video/mp4"),
            (
                "Content-Type: \t text/plain; charset=utf-8 \t\r\nContent-Disposition: form-data; name=a",
                "text/plain; charset=utf-8"
            ),
            ("X-Other: 1\r\nX-Other: 2\r\nX-Empty:\r\nContent-Disposition: form-data;\r\n name=a", nil),
            ("Content-Disposition: form-data;\r\n\tname=a\r\nContent-Type:\r\n image/png", "image/png"),
            ("Content-Disposition: form-data; name=a\r\nContent-Type:", ""),
        ])
    func headers(block: String, type: String?) throws {
        #expect(try Self.part(Array(block.utf8)) == MultipartPart(name: "a", contentType: type))
    }

    @Test(
        "`MultipartPart` reads a file name that is not UTF-8 as GB18030, else with its bytes written out, and notes this",
        arguments: [
            ([0xD7, 0xF7, 0x2E], "作."),
            // The second byte of `縗` is a backslash. A quote, a backslash and the closing quote follow it.
            ([0xBF, 0x5C], "縗"), ([0xBF, 0x5C, 0x5C, 0x22, 0x61], "縗\"a"), ([0x5C, 0x5C, 0xBF, 0x5C], "\\縗"),
            ([0xFF, 0x2E], "[FF]."), ([0xD7, 0xFF, 0x5C, 0x22], "[D7][FF]\""),
        ] as [([UInt8], String)])
    func foreign(bytes: [UInt8], filename: String) throws {
        let headers = Array("Content-Disposition: form-data; name=a; filename=\"".utf8) + bytes + [0x22]
        let part = try #require(try Self.part(headers))
        #expect(part.filename == filename)
        #expect(part.filenameNote == DecodedName(bytes).note)
    }

    @Test("`MultipartPart` reads the bytes of `filename*` that are not the UTF-8 which it names, and notes this")
    func misnamed() throws {
        let part = try Self.part(Array("Content-Disposition: form-data; name=a; filename*=UTF-8''%D7%F7.mp4".utf8))
        #expect(part?.filename == "作.mp4")
        #expect(part?.filenameNote != nil)
    }

    @Test(
        "`MultipartPart` refuses malformed or ambiguous headers",
        arguments: [
            ("no colon", MultipartError.Code.malformedHeader),
            (": no name", .malformedHeader),
            ("Content-Disposition : form-data; name=a", .malformedHeader),
            (" folded: first", .malformedHeader),
            ("作: name", .malformedHeader),
            ("X: nul\0\r\nContent-Disposition: form-data; name=a", .malformedHeader),
            ("X: lone\rCR\r\nContent-Disposition: form-data; name=a", .malformedHeader),
            ("Content-Disposition: attachment; name=a", .malformedHeader),
            ("Content-Disposition: form-data; name=a\r\nContent-Disposition: form-data; name=b", .malformedHeader),
            ("Content-Disposition: form-data; name=a\r\nContent-Type: a/b\r\ncontent-type: c/d", .malformedHeader),
            ("Content-Disposition: form-data; name=a; name=b", .malformedHeader),
            ("Content-Disposition: form-data; name=\"a", .malformedHeader),
            ("Content-Disposition: form-data; name=\"a\\\"", .malformedHeader),
            ("Content-Disposition: form-data; name=\"a\" b", .malformedHeader),
            ("Content-Disposition: form-data; name", .malformedHeader),
            ("Content-Disposition: form-data; name=", .malformedHeader),
            ("Content-Disposition: form-data; =a", .malformedHeader),
            ("Content-Disposition: form-data; name=作品", .malformedHeader),
            ("Content-Disposition: form-data; name=a; filename*=Big5''%D7%F7", .malformedHeader),
            ("Content-Disposition: form-data; name=a; filename=b; filename*=UTF-8''%E", .malformedHeader),
            ("Content-Disposition: form-data; name=a; filename*=UTF-8''%zz", .malformedHeader),
            ("Content-Disposition: form-data; name=a; filename*=b.mp4", .malformedHeader),
            ("Content-Disposition: form-data", .missingName),
            ("Content-Disposition: form-data; filename=a", .missingName),
            ("Content-Disposition: form-data; name=\"\"", .missingName),
            ("Content-Type: video/mp4", .missingName),
        ])
    func refusals(headers: String, code: MultipartError.Code) {
        let error = #expect(throws: MultipartError.self) { try Self.part(Array(headers.utf8)) }
        #expect(error?.code == code)
    }
}
