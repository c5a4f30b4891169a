import MediaFacts
import Testing

@testable import EntryManifest

@Suite("ManifestText.decoded")
struct EncodingTests {
    // Each sample is `文件名`, a line break and `a.mp4`.
    private static let utf8: [UInt8] =
        [0xE6, 0x96, 0x87, 0xE4, 0xBB, 0xB6, 0xE5, 0x90, 0x8D, 0x0A] + Array("a.mp4".utf8)
    private static let gbk: [UInt8] = [0xCE, 0xC4, 0xBC, 0xFE, 0xC3, 0xFB, 0x0D, 0x0A] + Array("a.mp4".utf8)
    private static let littleEndian: [UInt8] =
        [0xFF, 0xFE, 0x87, 0x65, 0xF6, 0x4E, 0x0D, 0x54, 0x0A, 0x00] + Array("a.mp4".utf8).flatMap { [$0, 0] }
    private static let bigEndian: [UInt8] =
        [0xFE, 0xFF, 0x65, 0x87, 0x4E, 0xF6, 0x54, 0x0D, 0x00, 0x0A] + Array("a.mp4".utf8).flatMap { [0, $0] }

    @Test(
        "`Manifest` recognises UTF-8, GBK and UTF-16 by the byte order mark or by valid bytes",
        arguments: [utf8, [0xEF, 0xBB, 0xBF] + utf8, gbk, littleEndian, bigEndian])
    func known(bytes: [UInt8]) throws {
        #expect(try ManifestSamples.read(bytes).rows == [ManifestSamples.row(2, "a.mp4")])
    }

    @Test(
        "`ManifestText.decoded` reads bytes that are not UTF-8 as GB18030, with all of Unicode",
        arguments: [
            ([0xD5, 0xC5, 0xC8, 0xFD], "张三"), ([0x81, 0x30, 0x81, 0x30], "\u{80}"),
            ([0x95, 0x32, 0x82, 0x36], "𠀀"), ([0x94, 0x39, 0xFC, 0x36], "😀"), ([0xA1, 0xA3], "。"),
            ([0x61, 0xB0, 0xA1, 0x62], "a啊b"),
        ] as [([UInt8], String)])
    func gb18030(bytes: [UInt8], text: String) {
        #expect(ManifestText.decoded(bytes) == text)
    }

    @Test(
        "`ManifestText.decoded` returns nil for bytes in no known encoding, and the error says how to save the table",
        arguments: [
            [0xFF], [0xCE, 0xC4, 0xFF], [0xEF, 0xBB, 0xBF, 0xCE, 0xC4], [0xFF, 0xFE, 0x87], [0xFF, 0xFE, 0x00, 0xD8],
            [0x61, 0x00, 0x62, 0x00], [0x00], [0xCE], [0x81, 0x30, 0x81], [0xFE, 0xFF, 0x00, 0x00],
            [0x25, 0x50, 0x44, 0x46, 0x00, 0xFF],
        ] as [[UInt8]])
    func unknown(bytes: [UInt8]) throws {
        #expect(ManifestText.decoded(bytes) == nil)
        let error = try #require(try ManifestSamples.failure(bytes))
        #expect(error.code == .encodingUnknown)
        #expect(error.message.zh.contains("无法识别编码，请另存为 UTF-8 的 CSV 或 xlsx"))
        #expect(error.message.en.contains("encoding"))
    }

    @Test(
        "`Manifest` reads every encoding that Chinese Windows writes",
        .enabled(if: Python.path != nil, "CLIPCHECK_PYTHON is not set"),
        arguments: ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16"])
    func codecs(codec: String) throws {
        let bytes = try Python.output(
            """
            import sys
            text = "文件名\\t作品名称\\t联系电话\\r\\n作品1.mp4\\t守信，的“故事”\\t13800138000\\r\\n"
            sys.stdout.buffer.write(text.encode("\(codec)"))
            """)
        let fields = ["title": "守信，的“故事”", "phone": "13800138000"]
        #expect(try ManifestSamples.read(bytes).rows == [.init(number: 2, file: "作品1.mp4", fields: fields)])
    }
}
