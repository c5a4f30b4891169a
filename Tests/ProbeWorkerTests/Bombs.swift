import Foundation
import TestSupport
import Testing

/// Small files for which a demuxer needs much memory or time.
enum Bomb: String, CaseIterable, CustomTestStringConvertible {
    /// An mp4 whose sample table claims 80 million samples of one byte. libav makes an index entry of 24 bytes for each,
    /// although the file holds none of them.
    case sampleTable
    /// An mp4 whose movie fragment claims 80 million samples in a `trun` without per-sample fields.
    case fragmentRun
    /// A sparse Matroska file with six tracks, each with 200 MB of codec private data.
    case trackData

    var testDescription: String { rawValue }

    /// Writes the file into `folder`; returns its path.
    func write(to folder: TemporaryFolder) throws -> String {
        switch self {
        case .sampleTable: return try folder.write(MP4.file(samples: 80_000_000), to: "table.mp4")
        case .fragmentRun: return try folder.write(MP4.fragmented(samples: 80_000_000), to: "run.mp4")
        case .trackData: return try Self.writeTracks(6, bytes: 200_000_000, to: folder)
        }
    }

    /// Writes a whole clip with `zeros` zero bytes behind it, which the file system keeps as a hole. The program stream
    /// demuxer looks for a start code at each byte, at most 400 MB a second on a fast machine, in little memory.
    static func slow(in folder: TemporaryFolder, zeros: Int = 60_000_000) throws -> String {
        let clip = try Data(contentsOf: URL(filePath: TestMedia.path("short.mpg")))
        let path = try folder.write(clip, to: "\(zeros).mpg")
        let file = try FileHandle(forWritingTo: URL(filePath: path))
        try file.truncate(atOffset: try file.seekToEnd() + UInt64(zeros))
        try file.close()
        return path
    }

    /// Writes a file that no machine reads to its end within a test: the worker runs until the test or a limit ends it.
    static func endless(in folder: TemporaryFolder) throws -> String { try slow(in: folder, zeros: 1 << 40) }

    private static func writeTracks(_ count: Int, bytes: Int, to folder: TemporaryFolder) throws -> String {
        func size(_ value: Int) -> [UInt8] { (0..<8).map { UInt8(truncatingIfNeeded: value >> (8 * (7 - $0))) } }
        func element(_ id: [UInt8], _ content: [UInt8]) -> [UInt8] { id + sized(content.count) + content }
        func sized(_ length: Int) -> [UInt8] { [1] + size(length).dropFirst() }
        let type = element([0x42, 0x82], Array("matroska".utf8))
        let head = element([0x1a, 0x45, 0xdf, 0xa3], type)
        let picture = element([0xe0], element([0xb0], [7, 0x80]) + element([0xba], [4, 0x38]))
        let path = try folder.write(Data(), to: "tracks.mkv")
        let file = try FileHandle(forWritingTo: URL(filePath: path))
        let starts = (1...count).map { number -> [UInt8] in
            let known =
                element([0xd7], [UInt8(number)]) + element([0x83], [1])
                + element([0x86], Array("V_MPEG4/ISO/AVC".utf8)) + picture
            let own: [UInt8] = [0x63, 0xa2] + sized(bytes)
            return [0xae] + sized(known.count + own.count + bytes) + known + own
        }
        let tracks = starts.reduce(0) { $0 + $1.count + bytes }
        let segment: [UInt8] = [0x18, 0x53, 0x80, 0x67, 0x01] + [UInt8](repeating: 0xff, count: 7)
        try file.write(contentsOf: head + segment + [0x16, 0x54, 0xae, 0x6b] + sized(tracks))
        for start in starts {
            try file.write(contentsOf: start)
            try file.seek(toOffset: try file.offset() + UInt64(bytes))
        }
        try file.truncate(atOffset: try file.offset())
        try file.close()
        return path
    }
}

/// Writes ISO base media files box by box. Source: ISO/IEC 14496-12.
enum MP4 {
    /// A file of about 650 bytes with one video track that claims `samples` samples of one byte.
    static func file(samples: UInt32) -> Data {
        Data(type + box("mdat", [zeros(64)]) + movie([track(1, samples: samples)]))
    }

    /// A file with one movie fragment that claims `samples` samples.
    static func fragmented(samples: UInt32) -> Data {
        let defaults = full("trex", 0, [word(1), word(1), word(1000), word(1), word(0)])
        let moov = movie([track(1, samples: 0), box("mvex", [defaults])])
        let header = full("tfhd", 0x20000, [word(1)])
        let run = full("trun", 0, [word(samples)])
        let fragment = box("moof", [full("mfhd", 0, [word(1)]), box("traf", [header, run])])
        return Data(type + moov + fragment + box("mdat", [zeros(64)]))
    }

    /// `clip` with a further track that claims `samples` samples; nil unless `moov` is the last box.
    static func adding(samples: UInt32, to clip: Data) -> Data? {
        var bytes = [UInt8](clip)
        guard let name = clip.range(of: Data("moov".utf8))?.lowerBound else { return nil }
        let start = name - 4
        let length = bytes[start..<name].reduce(0) { $0 << 8 | Int($1) }
        guard start + length == bytes.count else { return nil }  // data behind `moov` would move
        let extra = track(99, samples: samples)
        bytes.replaceSubrange(start..<name, with: word(UInt32(length + extra.count)))
        return Data(bytes + extra)
    }

    private static let type = box("ftyp", [Array("isom".utf8), zeros(4), Array("isom".utf8)])
    private static let matrix = [65_536, 0, 0, 0, 65_536, 0, 0, 0, 1_073_741_824].flatMap { word($0) }

    private static func word(_ value: UInt32) -> [UInt8] {
        (0..<4).map { UInt8(truncatingIfNeeded: value >> (24 - 8 * $0)) }
    }

    private static func half(_ value: UInt16) -> [UInt8] { [UInt8(value >> 8), UInt8(value & 0xff)] }

    private static func zeros(_ count: Int) -> [UInt8] { [UInt8](repeating: 0, count: count) }

    private static func box(_ name: String, _ parts: [[UInt8]]) -> [UInt8] {
        let content = parts.flatMap(\.self)
        return word(UInt32(content.count + 8)) + Array(name.utf8) + content
    }

    private static func full(_ name: String, _ flags: UInt32, _ parts: [[UInt8]]) -> [UInt8] {
        box(name, [word(flags)] + parts)
    }

    private static func movie(_ parts: [[UInt8]]) -> [UInt8] {
        let header = full(
            "mvhd", 0,
            [zeros(8), word(1000), word(10_000), word(65_536), half(256), zeros(10), matrix, zeros(24), word(100)])
        return box("moov", [header] + parts)
    }

    private static func track(_ number: UInt32, samples: UInt32) -> [UInt8] {
        let header = full(
            "tkhd", 3,
            [zeros(8), word(number), zeros(4), word(10_000), zeros(16), matrix, word(1920 << 16), word(1080 << 16)])
        let media = full("mdhd", 0, [zeros(8), word(25_000), word(250_000), half(0x55c4), half(0)])
        let handler = full("hdlr", 0, [zeros(4), Array("vide".utf8), zeros(12), [0]])
        let entry = box(
            "mp4v",
            [
                zeros(6), half(1), zeros(16), half(1920), half(1080), word(0x48_0000), word(0x48_0000), zeros(4),
                half(1), zeros(32), half(24), half(0xffff),
            ])
        let isEmpty = samples == 0
        let table = box(
            "stbl",
            [
                full("stsd", 0, [word(1), entry]),
                full("stts", 0, isEmpty ? [word(0)] : [word(1), word(samples), word(1000)]),
                full("stsc", 0, isEmpty ? [word(0)] : [word(1), word(1), word(samples), word(1)]),
                full("stsz", 0, [word(isEmpty ? 0 : 1), word(samples)]),
                full("stco", 0, isEmpty ? [word(0)] : [word(1), word(48)]),
            ])
        let data = box("dinf", [full("dref", 0, [word(1), full("url ", 1, [])])])
        let information = box("minf", [full("vmhd", 1, [zeros(8)]), data, table])
        return box("trak", [header, box("mdia", [media, handler, information])])
    }
}
