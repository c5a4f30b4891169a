import Foundation
import MediaFacts
import TestSupport
import Testing

@testable import MediaProbe

/// A whole file of every format is built box by box, cut at every byte, and lengthened by other bytes.
@Suite("`FileEnd` of cut and of lengthened files")
struct FileEndTableTests {
    /// A whole file and its expected end.
    struct Whole: Sendable, CustomTestStringConvertible {
        let name: String
        let family: ContainerFamily
        let bytes: [UInt8]
        var samplesEnd: Int?
        var state = FileEnd.State.reached
        /// Lengths at which a cut file is whole too, or lacks only bytes without meaning.
        var alsoWhole: Set<Int> = []
        /// Whether the structure states an end, so that trailing bytes are distinguished from a damaged rest.
        var promisesEnd = true
        var testDescription: String { name }
    }

    static let files: [Whole] = [
        Whole(
            name: "mp4, index behind the data", family: .mp4, bytes: ISO.fileType + ISO.data + ISO.movie,
            samplesEnd: ISO.fileType.count + ISO.data.count),
        Whole(
            name: "mov, index in front", family: .mov, bytes: ISO.movie + ISO.largeBox("mdat", filler(90)),
            samplesEnd: ISO.movie.count + 106),
        Whole(
            name: "mp4, fragment index at the end", family: .mp4,
            bytes: ISO.fileType + ISO.fragmentedMovie() + ISO.fragment(at: 0) + ISO.fragment(at: 1000)
                + ISO.fragmentIndex),
        Whole(
            name: "mp4, segment index in front", family: .mp4,
            bytes: ISO.fileType + ISO.fragmentedMovie()
                + ISO.segmentIndex([ISO.fragment(at: 0).count, ISO.fragment(at: 0).count]) + ISO.fragment(at: 0)
                + ISO.fragment(at: 1000)),
        Whole(
            name: "mp4, declared length", family: .mp4,
            bytes: ISO.fileType + ISO.fragmentedMovie(declared: 2000) + ISO.fragment(at: 0) + ISO.fragment(at: 1000)),
        Whole(
            name: "mp4, fragments without promise", family: .mp4,
            bytes: ISO.fileType + ISO.fragmentedMovie() + ISO.fragment(at: 0) + ISO.fragment(at: 1000), state: .unknown),
        Whole(
            name: "mkv", family: .matroska,
            bytes: EBML.header + EBML.element(EBML.segmentID, EBML.tracks + EBML.cluster + EBML.cluster)),
        Whole(
            name: "webm without sizes", family: .webm, bytes: EBML.openSegment + EBML.openCluster + EBML.openCluster,
            alsoWhole: webmBorders, promisesEnd: false),
        Whole(
            name: "avi", family: .avi,
            bytes: Array("RIFF".utf8) + little(64, 4) + Array("AVI ".utf8) + filler(60) + Array("RIFF".utf8)
                + little(44, 4) + Array("AVIX".utf8) + filler(40), alsoWhole: [72]),
        Whole(name: "flv", family: .flv, bytes: FLV.film, alsoWhole: flvBorders),
        Whole(name: "ogg", family: .ogg, bytes: Ogg.film),
        Whole(name: "ts", family: .mpegTS, bytes: TS.film(9).flatMap { $0 }, alsoWhole: tsBorders),
        Whole(
            name: "mpg with end code", family: .mpegPS,
            bytes: (0..<4).flatMap { _ in PS.pack2(stuffing: 3) + PS.video(200) } + PS.endCode),
        Whole(name: "wmv", family: .asf, bytes: ASF.film),
        Whole(
            name: "mxf", family: .mxf, bytes: MXF.film, alsoWhole: [MXF.film.count - MXF.item(1, filler(30)).count]),
    ]

    /// Cuts behind each tag and inside its back pointer. No data is missing there, and no tag is announced.
    static var flvBorders: Set<Int> {
        var (end, borders) = (FLV.header.count, Set(9...13))
        for tag in [61, 31, 311] {
            end += tag
            borders.formUnion(end...(end + 4))
            end += 4
        }
        return borders
    }

    /// Cuts behind the last transport packet of a PES packet. No further packet is announced there.
    static var tsBorders: Set<Int> {
        var (borders, at) = (Set<Int>(), 0)
        for packet in TS.film(9) {
            at += packet.count
            let pid = Int(packet[1] & 0x1f) << 8 | Int(packet[2])
            // Tables come between whole units only. The last packet of a unit is the one with stuffing.
            if pid == 0 || pid == 0x1000 || packet[3] & 0x20 != 0 { borders.insert(at) }
        }
        // A cut packet of a stream without an earlier whole packet looks like other bytes: here the first packet of the
        // sound.
        return borders.union(1319..<1504)
    }

    /// Cuts behind each element after the first block, where a recording of unknown size may end.
    private static var webmBorders: Set<Int> {
        let cluster = EBML.clusterID.count + EBML.unknownSize.count
        let blocks = [7, 40, 36]  // Timestamp, SimpleBlock, BlockGroup
        let first = EBML.openSegment.count + cluster + blocks[0]
        var borders: Set = [first + blocks[1], first + blocks[1] + blocks[2]]
        var at = first + blocks[1] + blocks[2]
        for size in [cluster] + blocks {
            at += size
            borders.insert(at)
        }
        return borders
    }

    @Test("`FileEnd` finds the end of a whole file", arguments: files)
    func whole(file: Whole) {
        let end = FileEnd(file.bytes, file.family, samplesEnd: file.samplesEnd)
        #expect(end == FileEnd(file.state))
    }

    @Test("`FileEnd` never reports the end of a cut file as reached", arguments: files)
    func cut(file: Whole) {
        var cuts = 0
        for length in 1..<file.bytes.count where !file.alsoWhole.contains(length) {
            // The index of a cut file is passed only if all samples lie before the cut.
            let samplesEnd = file.samplesEnd.flatMap { $0 <= length ? $0 : nil }
            let end = FileEnd(Array(file.bytes.prefix(length)), file.family, samplesEnd: samplesEnd)
            #expect(end.state != .reached, "cut at \(length) of \(file.bytes.count)")
            cuts += 1
        }
        #expect(cuts > file.bytes.count / 2)
    }

    @Test("`FileEnd` counts bytes behind a whole file and does not call the file cut", arguments: files)
    func lengthened(file: Whole) {
        var random = SeededGenerator(seed: 7)
        for count in [1, 2, 7, 8, 100, 4096, 65_536] {
            let text = Array("# written by a tidy uploader\r\n".utf8)
            let kinds: [[UInt8]] = [
                [UInt8](repeating: 0, count: count), [UInt8](repeating: 0xff, count: count),
                (0..<count).map { text[$0 % text.count] },
                (0..<count).map { _ in UInt8.random(in: 0...255, using: &random) },
            ]
            for (kind, bytes) in kinds.enumerated() {
                let end = FileEnd(file.bytes + bytes, file.family, samplesEnd: file.samplesEnd)
                #expect(
                    end == FileEnd(file.promisesEnd ? file.state : .unknown, trailing: Int64(count)),
                    "\(count) bytes of kind \(kind)")
            }
        }
    }
}

/// Objects of Windows Media files.
enum ASF {
    static let fileProperties: [UInt8] = [
        0xa1, 0xdc, 0xab, 0x8c, 0x47, 0xa9, 0xcf, 0x11, 0x8e, 0xe4, 0x00, 0xc0, 0x0c, 0x20, 0x53, 0x65,
    ]

    static func object(_ id: [UInt8], _ body: [UInt8]) -> [UInt8] { id + little(24 + body.count, 8) + body }

    /// A header of an unknown object and of file properties that declare `size` bytes, followed by `data` bytes.
    static func film(size: Int, flags: UInt8 = 2, data: Int) -> [UInt8] {
        let properties = filler(16) + little(size, 8) + filler(40) + [flags, 0, 0, 0] + filler(12)
        return filler(30) + object(filler(16), filler(9)) + object(fileProperties, properties) + filler(data)
    }

    static let film = film(size: 30 + 33 + 104 + 500, data: 500)
}

/// Items of MXF files.
enum MXF {
    /// An item whose length takes `lengthBytes` bytes; 0 stands for the short form of one byte.
    static func item(_ kind: UInt8, lengthBytes: Int = 3, _ body: [UInt8]) -> [UInt8] {
        let length = lengthBytes == 0 ? [UInt8(body.count)] : [0x80 | UInt8(lengthBytes)] + big(body.count, lengthBytes)
        return [0x06, 0x0e, 0x2b, 0x34] + [UInt8](repeating: kind, count: 12) + length + body
    }

    static func header(footerAt place: Int) -> [UInt8] {
        item(2, big(0, 24) + big(place, 8) + big(0, 56))
    }

    static let essence = item(3, filler(400))
    static let footer = item(4, lengthBytes: 0, filler(88))
    static let headerBytes = header(footerAt: 0).count
    static let film =
        header(footerAt: headerBytes + essence.count) + essence + footer + item(1, filler(30))
}
