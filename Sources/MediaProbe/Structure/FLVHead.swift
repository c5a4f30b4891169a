/// The codecs of an FLV file, read from the heads of its first 200 tags. libavformat 5.1 does not know HEVC in FLV and
/// reports neither codec 12 nor the four-character codes of the enhanced format.
///
/// Source: Adobe Flash Video File Format Specification 10.1, Annex E; Enhanced RTMP, "Enhanced Video" and "Enhanced
/// Audio".
struct FLVHead: Sendable, Hashable {
    /// Codecs of the video tags, each once, in the order of their first tags.
    private(set) var videoCodecs: [FLVVideoCodec] = []
    /// SoundFormat of the audio tags (10 is AAC, 2 is MP3), each once; the enhanced format's four-character codes are
    /// not listed.
    private(set) var audioCodecs: [Int] = []
    /// Whether a tag is encrypted (Filter bit, Annex F).
    private(set) var isEncrypted = false

    /// Codec of the first video tag; nil when none of the first 200 tags is a video tag.
    var videoCodec: FLVVideoCodec? { videoCodecs.first }

    /// Reads the heads of the first 200 tags; nil when the source does not begin with an FLV header.
    init?(_ source: FileBytes) {
        guard let header = source.read(at: 0, count: 9), header.starts(with: "FLV".utf8) else { return nil }
        var offset = header[5...].bigEndian + 4  // the length of the header, and the size of the tag before the first
        for _ in 0..<200 {
            guard let tag = source.read(at: offset, count: 11) else { return }
            let size = tag[1..<4].bigEndian
            readTag(type: tag[0], body: offset + 11..<offset + 11 + size, source)
            offset += 11 + size + 4  // below 2³² + 200 · 2²⁵
        }
    }

    private mutating func readTag(type: UInt8, body: Range<UInt64>, _ source: FileBytes) {
        guard type & 0x20 == 0 else {
            isEncrypted = true
            return
        }
        guard let first = source.read(0, into: body, count: 1)?.first else { return }
        switch type & 0x1f {
        case 8 where first >> 4 != 9: append(Int(first >> 4), to: &audioCodecs)
        case 9:
            guard let codec = FLVVideoCodec(first: first, fourCC: source.read(fourCCAt(first), into: body, count: 4))
            else { return }
            append(codec, to: &videoCodecs)
        default: break
        }
    }

    /// Position of the four-character code in a video tag: 1, or 2 in a packet of several tracks (packet type 6).
    private func fourCCAt(_ first: UInt8) -> UInt64 { first & 0x0f == 6 ? 2 : 1 }

    private func append<Value: Equatable>(_ value: Value, to list: inout [Value]) {
        if !list.contains(value) { list.append(value) }
    }
}
