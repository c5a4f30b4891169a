import Foundation
import MediaFacts

@testable import MediaProbe

/// Bytes in memory that are read like a file.
struct MemoryBytes: ByteSource {
    let bytes: [UInt8]

    var count: UInt64 { UInt64(bytes.count) }

    func read(at offset: UInt64, into buffer: UnsafeMutableRawBufferPointer) -> Int {
        buffer.copyBytes(from: bytes[Int(offset)..<(Int(offset) + buffer.count)])
        return buffer.count
    }
}

extension FileBytes {
    init(_ bytes: [UInt8]) { self.init(MemoryBytes(bytes: bytes)) }

    /// Makes the source from parts that follow each other.
    init(parts: [UInt8]...) { self.init(parts.flatMap(\.self)) }
}

extension StopFlag {
    /// A flag that is not raised for an hour, longer than a test runs.
    static var never: StopFlag { StopFlag(after: .seconds(3600)) }
}

extension FileEnd {
    init(_ bytes: [UInt8], _ family: ContainerFamily, samplesEnd: Int? = nil) {
        self.init(of: FileBytes(bytes), family: family, samplesEnd: samplesEnd.map { UInt64($0) }, stop: .never)
    }

    init(_ state: State, trailing: Int64, wrongLength: Bool = false) {
        self.init(state)
        trailingBytes = trailing
        isLengthFieldWrong = wrongLength
    }
}

/// `value` in `count` bytes, the highest first.
func big(_ value: Int, _ count: Int) -> [UInt8] {
    (0..<count).reversed().map { UInt8(truncatingIfNeeded: value >> ($0 * 8)) }
}

/// `value` in `count` bytes, the lowest first.
func little(_ value: Int, _ count: Int) -> [UInt8] { big(value, count).reversed() }

/// `count` bytes that contain no zeros, marks or letters.
func filler(_ count: Int) -> [UInt8] { (0..<max(0, count)).map { UInt8(0x80 + $0 % 0x3b) } }

/// Boxes of ISO base media files.
enum ISO {
    static func box(_ type: String, _ body: [UInt8]) -> [UInt8] { big(8 + body.count, 4) + Array(type.utf8) + body }

    static func largeBox(_ type: String, _ body: [UInt8]) -> [UInt8] {
        big(1, 4) + Array(type.utf8) + big(16 + body.count, 8) + body
    }

    static let fileType = box("ftyp", Array("isom".utf8) + big(0, 4))
    static let movie = box("moov", box("mvhd", filler(100)))
    static let data = box("mdat", filler(60))

    /// `moov` of a fragmented file with one track of 1000 ticks a second. `declared` is the length in `mehd`, in
    /// milliseconds.
    static func fragmentedMovie(declared: Int? = nil, version: UInt8 = 0) -> [UInt8] {
        let movieHeader = box("mvhd", big(0, 12) + big(1000, 4) + big(0, 84))
        let trackHeader = box("tkhd", big(0, 12) + big(1, 4) + big(0, 64))
        let mediaHeader = box("mdhd", big(0, 12) + big(1000, 4) + big(0, 8))
        let extends = box("trex", big(0, 4) + big(1, 4) + big(1, 4) + big(500, 4) + big(0, 8))
        let length = declared.map { box("mehd", [version, 0, 0, 0] + big($0, version == 0 ? 4 : 8)) } ?? []
        let track = box("trak", trackHeader + box("mdia", mediaHeader))
        return box("moov", movieHeader + track + box("mvex", length + extends))
    }

    /// `moof` and `mdat` with two samples of 500 ticks, the first at `time`.
    static func fragment(at time: Int) -> [UInt8] {
        let run = box("trun", big(0, 4) + big(2, 4))
        let track = box("tfhd", big(0, 4) + big(1, 4)) + box("tfdt", big(0, 4) + big(time, 4)) + run
        return box("moof", box("mfhd", big(0, 8)) + box("traf", track)) + data
    }

    /// A segment index that lists parts of `sizes` bytes.
    static func segmentIndex(_ sizes: [Int], version: UInt8 = 0) -> [UInt8] {
        let places = version == 0 ? big(0, 8) : big(0, 16)
        let parts = sizes.flatMap { big($0, 4) + big(1000, 4) + big(0, 4) }
        return box(
            "sidx", [version, 0, 0, 0] + big(1, 4) + big(1000, 4) + places + big(0, 2) + big(sizes.count, 2) + parts)
    }

    static let fragmentIndex = box("mfra", box("mfro", big(0, 4) + big(24, 4)))
}

/// EBML elements.
enum EBML {
    static func element(_ id: [UInt8], _ body: [UInt8]) -> [UInt8] { id + [0x08] + big(body.count, 4) + body }

    static let unknownSize: [UInt8] = [0x01, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]
    static let segmentID: [UInt8] = [0x18, 0x53, 0x80, 0x67]
    static let clusterID: [UInt8] = [0x1f, 0x43, 0xb6, 0x75]
    static let header = element([0x1a, 0x45, 0xdf, 0xa3], element([0x42, 0x82], Array("webm".utf8)))
    static let tracks = element([0x16, 0x54, 0xae, 0x6b], filler(20))
    static let cues = element([0x1c, 0x53, 0xbb, 0x6b], filler(12))
    static let tags = element([0x12, 0x54, 0xc3, 0x67], filler(12))
    static let blocks =
        element([0xe7], [0x00]) + element([0xa3], [0x81, 0, 0, 0x80] + filler(30))
        + element([0xa0], element([0xa1], [0x82, 0, 0, 0] + filler(20)))

    static let cluster = element(clusterID, blocks)
    static let openCluster = clusterID + unknownSize + blocks
    static let openSegment = header + segmentID + unknownSize + tracks
}

/// FLV tags.
enum FLV {
    static let header: [UInt8] = Array("FLV".utf8) + [1, 5] + big(9, 4) + big(0, 4)

    static func tag(_ type: UInt8, _ data: [UInt8]) -> [UInt8] {
        [type] + big(data.count, 3) + big(0, 4) + big(0, 3) + data + big(data.count + 11, 4)
    }

    static func script(fileSize: Double) -> [UInt8] {
        tag(
            18,
            [2, 0, 10] + Array("onMetaData".utf8) + [8, 0, 0, 0, 1, 0, 8] + Array("filesize".utf8) + [0]
                + big(Int(bitPattern: UInt(fileSize.bitPattern)), 8) + [0, 0, 9])
    }

    static let film = header + tag(9, filler(50)) + tag(8, filler(20)) + tag(9, filler(300))
}

/// Ogg pages.
enum Ogg {
    static func page(_ serial: Int, flags: UInt8 = 0, _ body: [UInt8]) -> [UInt8] {
        let lacing = [UInt8](repeating: 255, count: body.count / 255) + [UInt8(body.count % 255)]
        return Array("OggS".utf8) + [0, flags] + little(0, 8) + little(serial, 4) + little(0, 8)
            + [UInt8(lacing.count)] + lacing + body
    }

    static let film =
        page(1, flags: 2, filler(30)) + page(2, flags: 2, filler(30)) + page(1, filler(600)) + page(2, filler(90))
        + page(1, flags: 4, filler(40)) + page(2, flags: 4, filler(100))
}

/// Packets of program streams.
enum PS {
    /// Pack header of MPEG-2 with `stuffing` bytes, 0 to 7.
    static func pack2(stuffing: Int = 0) -> [UInt8] {
        [0, 0, 1, 0xba, 0x44] + filler(8) + [0xf8 | UInt8(stuffing)] + [UInt8](repeating: 0xff, count: stuffing)
    }

    static let pack1: [UInt8] = [0, 0, 1, 0xba, 0x21] + filler(7)
    static func packet(_ code: UInt8, _ body: [UInt8]) -> [UInt8] { [0, 0, 1, code] + big(body.count, 2) + body }
    static let endCode: [UInt8] = [0, 0, 1, 0xb9]

    /// A packet with `count` bytes of video behind a header that MPEG-1 and MPEG-2 readers accept.
    static func video(_ count: Int) -> [UInt8] { packet(0xe0, [0x80, 0x00, 0x00] + filler(count)) }

    /// A packet of sound with a header of MPEG-2.
    static func sound(_ bytes: [UInt8]) -> [UInt8] { packet(0xc0, [0x80, 0x00, 0x00] + bytes) }

    /// A frame of MPEG-2 layer 2 with 8 kbit/s and 16 kHz, which has 72 bytes.
    static let frame: [UInt8] = [0xff, 0xf5, 0x18, 0xc0] + filler(68)
}

/// Packets of transport streams.
enum TS {
    struct Clock { var counters: [Int: UInt8] = [:] }

    /// One packet. `payload` has at most 184 bytes; the rest of the packet is stuffing.
    static func packet(_ pid: Int, _ counter: Int, begins: Bool = false, announced: Bool = false, _ payload: [UInt8])
        -> [UInt8]
    {
        let needsField = payload.count < 184 || announced
        let content = announced ? 2 : payload.count == 183 ? 1 : 2
        let stuffing = 184 - payload.count - content
        let flags: [UInt8] = content == 1 ? [] : [announced ? 0x80 : 0]
        let field =
            needsField
            ? [UInt8(content - 1 + max(0, stuffing))] + flags + [UInt8](repeating: 0xff, count: max(0, stuffing)) : []
        let head: [UInt8] = [
            0x47, (begins ? 0x40 : 0) | UInt8(pid >> 8), UInt8(pid & 0xff),
            (needsField ? 0x30 : 0x10) | UInt8(counter & 15),
        ]
        return head + field + payload
    }

    static func table(_ pid: Int, _ counter: Int, announced: Bool = false) -> [UInt8] {
        packet(pid, counter, begins: true, announced: announced, [0, pid == 0 ? 0 : 2, 0xb0, 0x0d] + filler(20))
    }

    /// A PES packet with `count` bytes behind its header and a presentation time in ticks. `isOpen` leaves its length
    /// out.
    static func pes(_ count: Int, at time: Int, isOpen: Bool = false) -> [UInt8] {
        let length = isOpen ? 0 : 8 + count
        let stamp = [
            UInt8(0x21 | (time >> 30 & 7) << 1), UInt8(time >> 22 & 0xff), UInt8((time >> 15 & 0x7f) << 1 | 1),
            UInt8(time >> 7 & 0xff), UInt8((time & 0x7f) << 1 | 1),
        ]
        return [0, 0, 1, isOpen ? 0xe0 : 0xc0] + big(length, 2) + [0x80, 0x80, 5] + stamp + filler(count)
    }

    /// Splits `unit` into packets of `pid`; the first one has the counter `counter`.
    static func packets(_ pid: Int, _ counter: Int, _ unit: [UInt8], announced: Bool = false) -> [[UInt8]] {
        var (rest, packets) = (unit[...], [[UInt8]]())
        while !rest.isEmpty {
            let isFirst = packets.isEmpty
            let part = rest.prefix(isFirst && announced ? 182 : 184)
            packets.append(
                packet(pid, counter + packets.count, begins: isFirst, announced: isFirst && announced, Array(part)))
            rest = rest.dropFirst(part.count)
        }
        return packets
    }

    /// `count` units of video (5 packets each) and sound (2 packets each), with two tables before every `tableEvery`
    /// units.
    static func film(
        _ count: Int, from time: Int = 90_000, step: Int = 3600, tableEvery: Int = 4, firstCounter: Int = 0
    ) -> [[UInt8]] {
        var packets: [[UInt8]] = []
        for index in 0..<count {
            if index % tableEvery == 0 {
                packets += [
                    table(0, firstCounter + index / tableEvery), table(0x1000, firstCounter + index / tableEvery),
                ]
            }
            let at = time + index * step
            packets += self.packets(0x100, firstCounter + index * 5, pes(860, at: at, isOpen: true))
            packets += self.packets(0x101, firstCounter + index * 2, pes(300, at: at))
        }
        return packets
    }
}
