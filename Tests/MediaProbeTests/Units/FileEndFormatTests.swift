import MediaFacts
import Testing

@testable import MediaProbe

/// Branches of `FileEnd` for the formats that have no test file of their own.
@Suite("`FileEnd` of Matroska, AVI, FLV, Ogg, Windows Media, MXF and IVF")
struct FileEndFormatTests {
    @Test("`FileEnd` of a Matroska segment that is one byte longer than the file is missing")
    func segmentSize() {
        let whole = EBML.header + EBML.element(EBML.segmentID, EBML.cluster)
        #expect(FileEnd(whole, .matroska) == FileEnd(.reached))
        #expect(FileEnd(Array(whole.dropLast()), .matroska) == .missing)
        #expect(FileEnd(whole + EBML.element([0xec], filler(9)) + [5], .matroska) == FileEnd(.reached, trailing: 1))
        #expect(FileEnd(whole + whole, .matroska) == FileEnd(.reached))
        #expect(FileEnd(whole + whole.dropLast(), .matroska) == .missing)
        #expect(FileEnd(EBML.header, .matroska) == .unknown)
    }

    @Test("`FileEnd` of a segment of unknown size is reached behind a whole block, and unknown before the first one")
    func openSegment() {
        let film = EBML.openSegment + EBML.openCluster + EBML.cluster
        #expect(FileEnd(film, .webm) == FileEnd(.reached))
        #expect(FileEnd(film + EBML.cues, .webm) == FileEnd(.reached))
        #expect(FileEnd(film + EBML.tags + [0, 0], .webm) == FileEnd(.reached, trailing: 2))
        #expect(FileEnd(film + [0, 0], .webm) == FileEnd(.unknown, trailing: 2))
        #expect(FileEnd(film + EBML.cues + EBML.cluster, .webm) == FileEnd(.reached))
        #expect(FileEnd(EBML.openSegment + EBML.tags, .webm) == .unknown)
        #expect(FileEnd(film + EBML.clusterID + [0x88] + filler(7), .webm) == .missing)
        #expect(FileEnd(film + [0x1f, 0x43], .webm) == .missing)
    }

    @Test(
        "`FileEnd` counts a block that reaches past the file's end as trailing bytes if its track has no earlier block")
    func strayBlock() {
        let film = EBML.openSegment + EBML.openCluster
        #expect(FileEnd(film + [0xa3, 0xff - 1, 0x81, 0, 0, 0], .webm) == .missing)
        #expect(FileEnd(film + [0xa3, 0xff - 1, 0x99, 0, 0, 0], .webm) == FileEnd(.unknown, trailing: 6))
    }

    private static func chunk(_ size: Int, _ bytes: Int) -> [UInt8] {
        Array("RIFF".utf8) + little(size, 4) + filler(bytes)
    }

    @Test("`FileEnd` skips the pad byte of an odd RIFF chunk and does not require one at the end of the file")
    func riffPadding() {
        let odd = Self.chunk(41, 41)
        #expect(FileEnd(odd, .avi) == FileEnd(.reached))
        #expect(FileEnd(odd + [0], .avi) == FileEnd(.reached))
        #expect(FileEnd(odd + [0] + Self.chunk(40, 40), .avi) == FileEnd(.reached))
        #expect(FileEnd(odd + [0] + Self.chunk(40, 39), .avi) == .missing)
        #expect(FileEnd(Self.chunk(40, 40) + Self.chunk(40, 39), .avi) == .missing)
    }

    @Test("`FileEnd` is missing for a RIFF chunk whose size is zero or whose header is cut off")
    func riffHeader() {
        #expect(FileEnd(Self.chunk(0, 99), .avi) == .missing)
        #expect(FileEnd(Self.chunk(40, 40) + Array("RIF".utf8), .avi) == .missing)
        #expect(FileEnd(Self.chunk(40, 40) + Array("junk".utf8), .avi) == FileEnd(.reached, trailing: 4))
        #expect(FileEnd(filler(40), .avi) == .unknown)
    }

    @Test("`FileEnd` requires the whole last FLV tag, but not the back pointer behind it")
    func flv() {
        let film = FLV.film
        for missing in 1...4 { #expect(FileEnd(Array(film.dropLast(missing)), .flv) == FileEnd(.reached)) }
        #expect(FileEnd(Array(film.dropLast(5)), .flv) == .missing)
        #expect(FileEnd(film + [9, 0, 0, 50, 0, 0, 0, 0, 0, 0, 0] + filler(49), .flv) == .missing)
        #expect(FileEnd(film + [9, 0, 0, 50, 0, 0, 0, 0, 1, 0, 0], .flv) == FileEnd(.reached, trailing: 11))
        #expect(FileEnd(film + [10, 0, 0, 50, 0, 0, 0, 0, 0, 0, 0], .flv) == FileEnd(.reached, trailing: 11))
        #expect(FileEnd(film + [8], .flv) == .missing)
        #expect(FileEnd(filler(50), .flv) == .unknown)
    }

    @Test("`FileEnd` is unknown for an FLV file that declares more bytes than it has")
    func flvSize() {
        let rest = FLV.tag(9, filler(50))
        let size = FLV.header.count + FLV.script(fileSize: 1).count + rest.count
        for (declared, state) in [
            (size, FileEnd.State.reached), (size + 4, .reached), (size + 5, .unknown), (1, .reached),
        ] {
            let file = FLV.header + FLV.script(fileSize: Double(declared)) + rest
            #expect(FileEnd(file, .flv) == FileEnd(state), "\(declared - size)")
        }
    }

    @Test("`FileEnd` requires the end-of-stream mark on the last page of every Ogg stream")
    func ogg() {
        let open =
            Ogg.page(1, flags: 2, filler(9)) + Ogg.page(2, flags: 2, filler(9)) + Ogg.page(1, flags: 4, filler(9))
        #expect(FileEnd(open, .ogg) == .unknown)
        #expect(FileEnd(open + Ogg.page(2, flags: 4, filler(300)), .ogg) == FileEnd(.reached))
        #expect(FileEnd(open + Ogg.page(2, flags: 4, filler(300)).dropLast(), .ogg) == .missing)
        #expect(FileEnd(open + Ogg.page(2, flags: 5, []) + Array("Ogg".utf8), .ogg) == .missing)
        #expect(FileEnd(open + Ogg.page(2, flags: 5, []) + Array("ogg".utf8), .ogg) == FileEnd(.reached, trailing: 3))
        #expect(FileEnd(filler(99), .ogg) == .unknown)
    }

    @Test("`FileEnd` compares an ASF file with its declared size unless the file is a broadcast")
    func asf() {
        let size = ASF.film.count
        #expect(FileEnd(ASF.film(size: size + 1, data: 500), .asf) == .missing)
        #expect(FileEnd(ASF.film(size: size - 1, data: 500), .asf) == FileEnd(.reached, trailing: 1))
        #expect(FileEnd(ASF.film(size: size, flags: 1, data: 500), .asf) == .unknown)
        #expect(FileEnd(ASF.film(size: 0, data: 500), .asf) == .unknown)
        #expect(
            FileEnd(filler(30) + ASF.object(filler(16), []).dropLast(8) + little(23, 8) + filler(99), .asf) == .unknown)
    }

    @Test("`FileEnd` walks an MXF file from its footer, or from its index when the header states no footer")
    func mxf() {
        let index = MXF.item(1, lengthBytes: 3, filler(8) + big(32, 4))
        let open = MXF.header(footerAt: 0) + MXF.essence
        #expect(FileEnd(open, .mxf) == .unknown)
        #expect(FileEnd(open + index, .mxf) == FileEnd(.reached))
        #expect(FileEnd(open + Array(index.dropLast()), .mxf) == .unknown)
        #expect(FileEnd(MXF.film + [0x06, 0x0e], .mxf) == .missing)
        #expect(FileEnd(MXF.film + [0x06, 0x0f], .mxf) == FileEnd(.reached, trailing: 2))
        #expect(FileEnd(MXF.header(footerAt: 5000) + MXF.essence, .mxf) == .missing)
        #expect(FileEnd(MXF.header(footerAt: MXF.headerBytes) + filler(99), .mxf) == .missing)
    }

    @Test("`FileEnd` of IVF counts bytes behind the last whole frame and is always unknown")
    func ivf() {
        let film = Array("DKIF".utf8) + little(0, 2) + little(32, 2) + filler(24) + little(5, 4) + big(0, 8) + filler(5)
        #expect(FileEnd(film, .other) == .unknown)
        #expect(FileEnd(film + little(5, 4) + filler(10), .other) == FileEnd(.unknown, trailing: 14))
        #expect(FileEnd(filler(99), .other) == .unknown)
        #expect(FileEnd(filler(99), .mpegES) == .unknown)
    }

    @Test("`FileEnd` is unknown when the reading must stop")
    func stopped() {
        let flag = StopFlag(after: .zero)
        let many = FLV.header + (0..<1100).flatMap { _ in FLV.tag(9, filler(3)) } + filler(9)
        #expect(FileEnd(of: FileBytes(many), family: .flv, samplesEnd: nil, stop: flag) == .unknown)
        #expect(FileEnd(of: FileBytes(Ogg.film), family: .ogg, samplesEnd: nil, stop: flag) == .unknown)
    }
}
