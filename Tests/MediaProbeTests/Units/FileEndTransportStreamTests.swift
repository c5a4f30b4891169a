import MediaFacts
import Testing

@testable import MediaProbe

/// Packet sizes, and PES packets at the end of the stream.
@Suite("`FileEnd` of transport streams")
struct FileEndTransportStreamTests {
    /// `packets` with a time code before each packet (192) or a checksum behind it (204).
    private static func stream(_ packets: [[UInt8]], size: Int) -> [UInt8] {
        packets.flatMap { [UInt8](repeating: 1, count: size == 192 ? 4 : 0) + $0 + filler(size == 204 ? 16 : 0) }
    }

    @Test("`FileEnd` reads packets of 188, 192 and 204 bytes", arguments: [188, 192, 204])
    func sizes(size: Int) {
        let film = Self.stream(TS.film(6), size: size)
        #expect(TransportStreamGrid.find(in: FileBytes(film)) == TransportStreamGrid(packetSize: size, start: 0))
        #expect(FileEnd(film, .mpegTS) == FileEnd(.reached))
        #expect(FileEnd(Array(film.dropLast()), .mpegTS) == .missing)
        #expect(FileEnd(film + filler(70), .mpegTS) == FileEnd(.reached, trailing: 70))
        #expect(FileEnd(Array(film.dropLast(size)), .mpegTS) == .missing)  // the last PES packet of the sound is cut
        let late = filler(100) + film
        #expect(TransportStreamGrid.find(in: FileBytes(late)) == TransportStreamGrid(packetSize: size, start: 100))
        #expect(FileEnd(late, .mpegTS) == FileEnd(.reached))
    }

    @Test("`TransportStreamGrid` needs three packets to recognise a transport stream")
    func few() {
        let film = TS.film(1).flatMap { $0 }
        #expect(FileEnd(Array(film.prefix(188 * 3)), .mpegTS) == .unknown)  // the PES packet of the video is open
        #expect(FileEnd(Array(film.prefix(188 * 3 - 1)), .mpegTS) == .unknown)
        #expect(TransportStreamGrid.find(in: FileBytes(Array(film.prefix(188 * 3)))) != nil)
        #expect(TransportStreamGrid.find(in: FileBytes(Array(film.prefix(188 * 3 - 1)))) == nil)
    }

    @Test("`FileEnd` is unknown when the last PES packet of the video has no length and fills its last packet")
    func openPicture() {
        let start = TS.film(4)
        for count in 1...4 {
            let cut = start + TS.packets(0x100, 20, TS.pes(860, at: 120_000, isOpen: true)).prefix(count)
            #expect(FileEnd(cut.flatMap { $0 }, .mpegTS) == .unknown, "\(count)")
        }
        let whole = start + TS.packets(0x100, 20, TS.pes(860, at: 120_000, isOpen: true))
        #expect(FileEnd(whole.flatMap { $0 }, .mpegTS) == FileEnd(.reached))
    }

    @Test("`FileEnd` requires every byte that the last PES packet with a length announces")
    func boundedUnit() {
        let start = TS.film(4)
        let unit = TS.packets(0x101, 8, TS.pes(354, at: 120_000))  // 368 bytes: two full packets
        #expect(unit.count == 2)
        #expect(FileEnd((start + unit).flatMap { $0 }, .mpegTS) == FileEnd(.reached))
        #expect(FileEnd((start + unit.prefix(1)).flatMap { $0 }, .mpegTS) == .missing)
        let repeated = start + [unit[0], unit[0]]  // a packet that is sent twice counts once
        #expect(FileEnd(repeated.flatMap { $0 }, .mpegTS) == .missing)
    }

    @Test("`FileEnd` takes trailing bytes for a cut packet only if they carry the PID of a known stream")
    func tail() {
        let film = TS.film(4).flatMap { $0 }
        #expect(FileEnd(film + [0x47], .mpegTS) == .missing)
        #expect(FileEnd(film + [0x47, 0x41, 0x00, 0x10], .mpegTS) == .missing)
        #expect(FileEnd(film + [0x47, 0x1f, 0xff, 0x10], .mpegTS) == .missing)
        #expect(FileEnd(film + Array("Good".utf8), .mpegTS) == FileEnd(.reached, trailing: 4))
        #expect(FileEnd(film + [UInt8](repeating: 0x47, count: 3), .mpegTS) == FileEnd(.reached, trailing: 3))
    }
}
