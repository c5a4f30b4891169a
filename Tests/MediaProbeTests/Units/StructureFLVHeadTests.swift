import Testing

@testable import MediaProbe

@Suite("FLVHead")
struct StructureFLVHeadTests: BuildsStructures {
    private func tag(_ type: UInt8, _ body: [UInt8]) -> [UInt8] {
        [type] + u32(body.count).suffix(3) + zeros(7) + body + u32(11 + body.count)
    }

    private func head(headerLength: Int = 9, _ tags: [UInt8]...) -> FLVHead? {
        let padding = zeros(headerLength - 9)
        return FLVHead(
            FileBytes(parts: Array("FLV".utf8) + [1, 5] + u32(headerLength) + padding + u32(0) + tags.flatMap(\.self)))
    }

    @Test(
        "`FLVHead.videoCodec` is the codec of the first video tag",
        arguments: [
            ([0x17, 0], .h264), ([0x27, 1], .h264), ([0x1c, 0], .hevc), ([0x12, 0], .other(2)), ([0x14], .other(4)),
            ([0x90, 0x68, 0x76, 0x63, 0x31], .fourCC("hvc1")), ([0xa3, 0x61, 0x76, 0x30, 0x31], .fourCC("av01")),
            ([0x96, 0x00, 0x76, 0x70, 0x30, 0x39], .fourCC("vp09")), ([0x57, 0], nil), ([0xd0, 0, 0, 0, 0], nil),
            ([0x97, 0, 0, 0, 0, 0], nil), ([0x90, 0x68, 0x76, 0x63], nil), ([], nil),
        ] as [([UInt8], FLVVideoCodec?)])
    func videoCodecs(body: [UInt8], codec: FLVVideoCodec?) {
        #expect(head(tag(9, body))?.videoCodec == codec)
    }

    @Test(
        "`FLVVideoCodec.isHEVC` is true for codec 12 and for `hvc1`",
        arguments: [
            (.hevc, true), (.fourCC("hvc1"), true), (.h264, false), (.other(4), false), (.fourCC("avc1"), false),
        ] as [(FLVVideoCodec, Bool)])
    func hevc(codec: FLVVideoCodec, isHEVC: Bool) {
        #expect(codec.isHEVC == isHEVC)
    }

    @Test("`FLVHead` lists each codec once, and ignores script tags")
    func severalTags() {
        let head = head(
            tag(18, zeros(300)), tag(8, [0xaf, 0]), tag(9, [0x17, 0]), tag(9, [0x27, 1]), tag(8, [0x2f]),
            tag(8, [0xaf, 1]), tag(9, [0x1c, 0]))
        #expect(head?.videoCodecs == [.h264, .hevc])
        #expect(head?.audioCodecs == [10, 2])
        #expect(head?.isEncrypted == false)
    }

    @Test("`FLVHead` lists no sound codec for the enhanced format")
    func enhancedSound() {
        #expect(head(tag(8, [0x90] + Array("Opus".utf8)))?.audioCodecs == [])
    }

    @Test("`FLVHead` reports encrypted tags and does not read their codec")
    func encryptedTags() {
        let head = head(tag(0x29, [0x17, 0]))
        #expect(head?.isEncrypted == true)
        #expect(head?.videoCodec == nil)
    }

    @Test("`FLVHead` reads tags behind the header length that the file states")
    func longHeader() {
        #expect(head(headerLength: 24, tag(9, [0x1c]))?.videoCodec == .hevc)
    }

    @Test("`FLVHead` reads at most 200 tags")
    func tagLimit() {
        let sound = (0..<199).flatMap { _ in tag(8, [0xaf]) }
        #expect(head(sound, tag(9, [0x17]))?.videoCodec == .h264)
        #expect(head(sound, tag(8, [0xaf]), tag(9, [0x17]))?.videoCodec == nil)
    }

    @Test("`FLVHead` keeps the codecs before a tag that is cut off, and is nil for another file")
    func brokenFiles() {
        #expect(head(tag(9, [0x17]), [9, 0, 0])?.videoCodecs == [.h264])
        #expect(head([9, 0xff, 0xff, 0xff] + zeros(7) + [0x1c])?.videoCodec == .hevc)
        #expect(FLVHead(FileBytes(parts: Array("FLV".utf8))) == nil)
        #expect(FLVHead(FileBytes(parts: Array("FWS".utf8), zeros(50))) == nil)
        #expect(head()?.videoCodec == nil)
        let far = Array("FLV".utf8) + [1, 5] + u32(0xffff_ffff) + zeros(50)
        #expect(FLVHead(FileBytes(parts: far))?.videoCodec == nil)
    }
}
