import Testing

@testable import TextDecoding

@Suite("`EncodedWord` and `NamedCharset`")
struct EncodedWordTests {
    @Test(
        "`EncodedWord.name` replaces each encoded word of a name with its decoded text",
        arguments: [
            ("=?GB18030?B?1/fGty5tcDQ=?=", "作品.mp4"), ("=?gb2312?b?1/fGtw==?=.mp4", "作品.mp4"),
            ("=?GBK?Q?=D7=F7=c6=b7.mp4?=", "作品.mp4"), ("=?utf-8?Q?=E4=BD=9C_=5F.mp4?=", "作 _.mp4"),
            ("=?UTF-8*zh?B?5L2c5ZOB?=.mp4", "作品.mp4"), ("=?iso-8859-1?Q?caf=E9?=.mp4", "café.mp4"),
            // White space between words is dropped, and one character may be split between two words.
            ("=?gbk?B?1w==?= =?gbk?B?98a3?=", "作品"), ("=?gbk?B?1/c=?=\t=?utf-8?B?5ZOB?=", "作品"),
            ("a =?gbk?B?1/c=?= b", "a 作 b"),
        ])
    func words(sent: String, text: String) {
        #expect(EncodedWord.name(in: sent) == DecodedName(text: text))
    }

    @Test(
        "`EncodedWord.name` is nil for a name without a word that it can decode",
        arguments: [
            "作品.mp4", "", "=?", "=?=", "=?gbk?B?1/c?", "=?x-unknown?B?1/c=?=", "=?gbk?X?1/c=?=", "=?gbk?B?1/c?=",
            "=?utf-8?Q?=E?=", "=?utf-8?Q?=zz?=", "=?utf-8?Q?=+1?=", "=?utf-8?Q?a b?=", "=?*zh?Q?a?=",
        ])
    func none(sent: String) {
        #expect(EncodedWord.name(in: sent) == nil)
    }

    @Test("`NamedCharset.name` reads bytes that are invalid in its character set as a name without one")
    func misfits() {
        #expect(NamedCharset.utf8.name(of: [0xD7, 0xF7]) == DecodedName([0xD7, 0xF7]))
        #expect(NamedCharset.utf8.name(of: [0xD7, 0xF7]).text == "作")
        #expect(NamedCharset.gb18030.name(of: [0xFF]).text == "[FF]")
        #expect(NamedCharset("Big5") == nil)
        #expect(NamedCharset("CP936") == .gb18030)
    }

    @Test(
        "`GB18030` encodes text to bytes that it decodes to the same text", arguments: ["作品", "\u{80}", "𠀀", "é", "a"])
    func roundTrip(text: String) {
        #expect(GB18030.bytes(of: text).flatMap { GB18030.text(of: $0) } == text)
    }
}
