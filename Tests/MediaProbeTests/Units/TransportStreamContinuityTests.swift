import Testing

@testable import MediaProbe

/// Losses and splices in transport streams that the tests build packet by packet.
@Suite("`TransportStreamContinuity`")
struct TransportStreamContinuityTests {
    private func scan(_ packets: [[UInt8]]) throws -> TransportStreamContinuity {
        try #require(TransportStreamContinuity.scan(FileBytes(packets.flatMap { $0 }), stop: .never))
    }

    @Test("`TransportStreamContinuity` finds neither losses nor splices in a whole stream")
    func whole() throws {
        let found = try scan(TS.film(40))
        #expect(found.losses == 0)
        #expect(found.splices == 0)
        #expect(found.scrambledPackets.isEmpty)
    }

    /// Cuts of `TS.film(40)`, which has 2 tables before every 4th unit; each unit has 5 packets of video and 2 of
    /// sound.
    @Test(
        "`TransportStreamContinuity` finds a loss where packets of video or sound are missing, and none for tables",
        arguments: [
            (2, 1, 1),  // the first packet of the second picture, which begins its unit
            (33, 1, 1), (34, 1, 1), (35, 1, 1), (36, 1, 1),  // each packet of a picture alone
            (37, 1, 1), (38, 1, 1),  // each packet of sound alone
            (32, 5, 1),  // a whole picture
            (37, 2, 1),  // a whole unit of sound
            (32, 7, 2),  // picture and sound
            (30, 2, 0),  // tables alone
            (30, 9, 2),  // tables, picture and sound: the next table comes later
            (30, 30, 2),  // from table to table: the times show the loss
        ])
    func lost(from first: Int, count: Int, losses: Int) throws {
        var packets = TS.film(40)
        packets.removeSubrange(first..<(first + count))
        if first == 2 { packets = TS.film(1) + TS.film(40).dropFirst(10) }
        #expect(try scan(packets).losses == losses)
    }

    @Test("`TransportStreamContinuity` counts joined recordings as splices, at whatever time the second one begins")
    func joined() throws {
        for start in [90_000, 90_000 + 41 * 3600, 9_000_000] {
            let found = try scan(TS.film(41) + TS.film(40, from: start))
            #expect(found.losses == 0, "\(start)")
            #expect(found.splices == 2, "\(start)")
        }
    }

    @Test(
        "`TransportStreamContinuity` counts counters that start anew without a table as a splice if no time is lost")
    func renumbered() throws {
        let first = TS.film(42)  // the next table would come two units later
        let second = TS.film(6, from: 90_000 + 42 * 3600, tableEvery: 4, firstCounter: 5).dropFirst(2)
        #expect(try scan(first + second).losses == 0)
        let late = TS.film(6, from: 90_000 + 43 * 3600, tableEvery: 4, firstCounter: 5).dropFirst(2)
        #expect(try scan(first + late).losses == 2)  // one picture and its sound are lost
    }

    @Test("`TransportStreamContinuity` finds a loss where the recording before a splice is cut off")
    func joinedAfterCut() throws {
        let cut = TS.film(41).dropLast()  // cuts the last unit of sound
        #expect(try scan(cut + TS.film(40)).losses == 1)
    }

    @Test("`TransportStreamContinuity` counts an announced break at the start of a PES packet as a splice")
    func announced() throws {
        let film = TS.film(8)
        let later = TS.packets(0x100, 3, TS.pes(860, at: 9_000_000, isOpen: true), announced: true)
        let found = try scan(film + later)
        #expect(found.losses == 0)
        #expect(found.splices == 1)
        let unannounced = TS.packets(0x100, 3, TS.pes(860, at: 9_000_000, isOpen: true))
        #expect(try scan(film + unannounced).losses == 1)
    }

    @Test("`TransportStreamContinuity` accepts a packet that is sent twice, but not three times")
    func repeated() throws {
        var packets = TS.film(8)
        packets.insert(packets[4], at: 4)
        #expect(try scan(packets).losses == 0)
        packets.insert(packets[4], at: 4)
        #expect(try scan(packets).losses == 1)
    }

    @Test("`TransportStreamContinuity` ignores packets without payload and null packets")
    func withoutPayload() throws {
        var packets = TS.film(8)
        let clock: [UInt8] = [0x47, 0x01, 0x00, 0x27, 183, 0x10] + [UInt8](repeating: 0xff, count: 182)
        packets.insert(clock, at: 4)
        packets.insert(TS.packet(0x1fff, 9, filler(184)), at: 5)
        packets.insert(TS.packet(0x1fff, 2, filler(184)), at: 6)
        #expect(try scan(packets).losses == 0)
    }

    @Test("`TransportStreamContinuity` counts scrambled packets by PID and packets that are marked as damaged")
    func marked() throws {
        var packets = TS.film(8)
        packets[3][3] |= 0x80
        packets[4][3] |= 0xc0
        packets[5][1] |= 0x80
        let found = try scan(packets)
        #expect(found.scrambledPackets == [0x100: 2])
        #expect(found.isScrambled(0x100))
        #expect(!found.isScrambled(0x101))
        #expect(found.losses == 1)
    }

    @Test("`TransportStreamContinuity` continues behind bytes that are no packet")
    func foreignBytes() throws {
        let joined = TS.film(41) + [filler(77)] + TS.film(40)
        #expect(try scan(joined).losses == 0)
        var broken = TS.film(40)
        broken[34] = Array(broken[34].dropLast(20))
        #expect(try scan(broken).losses >= 1)
    }

    @Test("`TransportStreamContinuity` reads files longer than one read of 1 MiB", arguments: [188, 192, 204])
    func pieces(size: Int) throws {
        var packets = TS.film(1000)
        packets.remove(at: 5600)
        let lead = size == 192 ? filler(4) : []
        let bytes = packets.flatMap { lead + $0 + filler(size == 204 ? 16 : 0) }
        #expect(bytes.count > 1 << 20)
        #expect(TransportStreamContinuity.losses(in: FileBytes(bytes), packetSize: size, stop: .never) == 1)
        #expect(TransportStreamContinuity.losses(in: FileBytes(bytes), stop: .never) == 1)
    }

    @Test("`TransportStreamContinuity` is nil for other files and when the reading must stop")
    func noAnswer() {
        #expect(TransportStreamContinuity.losses(in: FileBytes(filler(5000)), stop: .never) == nil)
        let film = FileBytes(TS.film(8).flatMap { $0 })
        #expect(TransportStreamContinuity.losses(in: film, stop: StopFlag(after: .zero)) == nil)
        #expect(TransportStreamContinuity.losses(in: film, packetSize: 190, stop: .never) == nil)
    }
}
