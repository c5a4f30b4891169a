import MediaFacts
import Testing

@testable import TextDecoding

@Suite("`DecodedName`")
struct DecodedNameTests {
    /// `作品.mp4` in GBK.
    private static let work: [UInt8] = [0xD7, 0xF7, 0xC6, 0xB7] + Array(".mp4".utf8)

    @Test(
        "`DecodedName` reads UTF-8, else GB 18030, else writes each byte that is not part of a UTF-8 character as hex",
        arguments: [
            (Array("作品.mp4".utf8), "作品.mp4", .utf8), ([], "", .utf8), (work, "作品.mp4", .gb18030),
            // A four-byte sequence (U+20000), and a two-byte one whose second byte is a backslash.
            ([0x95, 0x32, 0x82, 0x36], "𠀀", .gb18030), ([0xBF, 0x5C], "縗", .gb18030),
            // A sequence that is cut off, bytes without a character, U+0085, U+FFFD, and the euro sign of code page
            // 936.
            ([0x61, 0xCE], "a[CE]", .unknown), ([0xFF, 0x2E], "[FF].", .unknown),
            ([0x81, 0x30, 0x81, 0x35], "[81]0[81]5", .unknown), ([0x84, 0x31, 0xA4, 0x37], "[84]1[A4]7", .unknown),
            ([0x80], "[80]", .unknown),
            // UTF-8 characters stay, and the bracket is escaped so that escapes are unambiguous.
            (Array("作[".utf8) + [0x0F, 0xFF], "作[5B]\u{F}[FF]", .unknown),
        ] as [([UInt8], String, DecodedName.Encoding)])
    func name(bytes: [UInt8], text: String, encoding: DecodedName.Encoding) {
        let name = DecodedName(bytes)
        #expect(name.text == text)
        #expect(name.encoding == encoding)
        #expect((name.note == nil) == (encoding == .utf8))
    }

    @Test("`DecodedName(path:)` reads each part by itself and reports the least certain encoding of them")
    func path() {
        let path = Array("/数据/".utf8) + Self.work
        #expect(DecodedName(path: path).text == "/数据/作品.mp4")
        #expect(DecodedName(path: path).encoding == .gb18030)
        #expect(DecodedName(path: path + Array("/".utf8) + [0xFF]).text == "/数据/作品.mp4/[FF]")
        #expect(DecodedName(path: path + Array("/".utf8) + [0xFF]).encoding == .unknown)
        #expect(DecodedName(path: Array("a//b/".utf8)) == DecodedName(text: "a//b/"))
    }

    @Test("`percentEncodedPath` keeps letters, digits and `-._~/`, and encodes every other byte")
    func percentEncoded() {
        #expect((Array("/a Z9-._~%".utf8) + Self.work).percentEncodedPath == "/a%20Z9-._~%25%D7%F7%C6%B7.mp4")
    }

    @Test("`DecodedName.note` names the character set in Chinese and in English")
    func notes() {
        #expect(DecodedName(Self.work).note?.zh.contains("GB18030") == true)
        #expect(DecodedName(Self.work).note?.en.contains("read as GB18030") == true)
        #expect(DecodedName([0xFF]).note?.en.contains("neither UTF-8 nor GB18030") == true)
    }
}
