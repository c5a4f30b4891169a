import Testing

@testable import MediaProbe

@Suite("MatroskaTracks")
struct StructureMatroskaTests: BuildsStructures {
    private let header = [0x1a, 0x45, 0xdf, 0xa3, 0x80] as [UInt8]

    private func file(_ parts: [UInt8]...) -> MatroskaTracks? {
        MatroskaTracks(FileBytes(parts: header, ebml(0x1853_8067, width: 8, parts.flatMap(\.self))))
    }

    private func entry(_ fields: [UInt8]...) -> [UInt8] { ebml(0xae, fields.flatMap(\.self)) }

    private func tracks(_ entries: [UInt8]...) -> [UInt8] { ebml(0x1654_ae6b, width: 4, entries.flatMap(\.self)) }

    private func track(_ fields: [UInt8]...) -> MatroskaTrack? {
        file(tracks(entry(fields.flatMap(\.self))))?.tracks.first
    }

    private func seekHead(_ positions: Int...) -> [UInt8] {
        ebml(0x114d_9b74, positions.flatMap { ebml(0x4dbb, ebml(0x53ab, u32(0)), ebml(0x53ac, u32($0))) })
    }

    private var cluster: [UInt8] { ebml(0x1f43_b675, width: 4, zeros(50)) }

    private var numbered: [UInt8] { tracks(entry(ebml(0xd7, [9]))) }

    @Test("`MatroskaTracks` reads the fields of a track")
    func fields() {
        let track = track(
            ebml(0xd7, [3]), ebml(0x83, [1]), ebml(0xb9, [0]), ebml(0x88, [0]), ebml(0x86, Array("V_VP9".utf8)),
            ebml(0x23_e383, u32(40_000_000)), ebml(0xe0, ebml(0xb0, u16(1920)), ebml(0xba, u16(1088))))
        var expected = MatroskaTrack(number: 3, type: 1, isEnabled: false, isDefault: false, codec: "V_VP9")
        expected.defaultDuration = 40_000_000
        expected.picture = MatroskaPicture(pixelWidth: 1920, pixelHeight: 1088)
        #expect(track == expected)
    }

    @Test("`MatroskaTracks` uses the defaults of the format for absent fields")
    func defaults() {
        #expect(track() == MatroskaTrack())
        #expect(MatroskaTrack().isEnabled && MatroskaTrack().isDefault)
        #expect(track(ebml(0x23_e383, [0]))?.defaultDuration == nil)
        #expect(track(ebml(0xb9, [1]), ebml(0x88, [1])) == MatroskaTrack())
    }

    @Test("`MatroskaTracks` reads every field of the picture")
    func pictures() {
        let identifiers = [0xb0, 0xba, 0x54bb, 0x54aa, 0x54cc, 0x54dd, 0x54b0, 0x54ba, 0x54b2]
        let fields = identifiers.enumerated().flatMap { ebml($1, u16(1000 + $0)) }
        #expect(
            track(ebml(0xe0, fields))?.picture
                == MatroskaPicture(
                    pixelWidth: 1000, pixelHeight: 1001, cropTop: 1002, cropBottom: 1003, cropLeft: 1004,
                    cropRight: 1005, displayWidth: 1006, displayHeight: 1007, displayUnit: 1008))
    }

    @Test("`MatroskaTracks` reads a number above 2³¹ − 1 as 2³¹ − 1")
    func largeNumbers() {
        #expect(track(ebml(0xe0, ebml(0xb0, u64(-1))))?.picture?.pixelWidth == 2_147_483_647)
        #expect(track(ebml(0xe0, ebml(0xb0, zeros(9))))?.picture?.pixelWidth == 0)
    }

    @Test("`MatroskaTracks` calls a track encrypted only for an encoding of type 1")
    func encryption() {
        func isEncrypted(_ types: UInt8...) -> Bool? {
            track(ebml(0x6d80, types.flatMap { ebml(0x6240, ebml(0x5033, [$0])) }))?.isEncrypted
        }
        #expect(isEncrypted(1) == true)
        #expect(isEncrypted(0, 1) == true)
        #expect(isEncrypted(0) == false)
        #expect(isEncrypted(2) == false)
        #expect(isEncrypted() == false)
        #expect(track(ebml(0x6d80, ebml(0x6240)))?.isEncrypted == false)
    }

    @Test("`MatroskaTracks` reads tracks in the order of their entries, at most 1,024")
    func manyTracks() {
        let entries = (0..<1_025).flatMap { entry(ebml(0xd7, u16($0))) }
        let numbers = file(tracks(entries))?.tracks.map(\.number)
        #expect(numbers == (0..<1_024).map { UInt64($0) })
    }

    @Test("`MatroskaTracks` finds tracks before the first cluster without a SeekHead")
    func walked() {
        #expect(file(ebml(0xec, zeros(9)), numbered, cluster)?.tracks.map(\.number) == [9])
        #expect(file(cluster, numbered)?.tracks.isEmpty == true)
    }

    @Test("`MatroskaTracks` finds tracks behind clusters through one SeekHead or a chain of two")
    func sought() {
        let first = seekHead(0).count
        #expect(file(seekHead(first + cluster.count), cluster, numbered)?.tracks.map(\.number) == [9])
        let second = first + cluster.count
        let chained = file(seekHead(second), cluster, seekHead(second + first), numbered)
        #expect(chained?.tracks.map(\.number) == [9])
    }

    @Test("`MatroskaTracks` ends a circle of SeekHeads, and ignores positions outside the segment")
    func hostileSeekHeads() {
        #expect(file(seekHead(0), cluster)?.tracks.isEmpty == true)
        #expect(file(seekHead(0xffff_ffff), cluster)?.tracks.isEmpty == true)
        let overflowing = ebml(0x114d_9b74, ebml(0x4dbb, ebml(0x53ac, u64(-1))))
        #expect(file(overflowing, cluster)?.tracks.isEmpty == true)
    }

    @Test("`MatroskaTracks` reads a segment of unknown size, and a segment behind a Void element")
    func segments() {
        let live = FileBytes(parts: header, unsizedEBML(0x1853_8067, numbered, unsizedEBML(0x1f43_b675)))
        #expect(MatroskaTracks(live)?.tracks.map(\.number) == [9])
        let behind = FileBytes(parts: header, ebml(0xec, zeros(5)), ebml(0x1853_8067, numbered))
        #expect(MatroskaTracks(behind)?.tracks.map(\.number) == [9])
    }

    @Test("`MatroskaTracks` is nil without a header or a segment")
    func otherFiles() {
        #expect(MatroskaTracks(FileBytes(parts: ebml(0x1853_8067, numbered))) == nil)
        #expect(MatroskaTracks(FileBytes(parts: header, numbered)) == nil)
        #expect(MatroskaTracks(FileBytes(parts: [])) == nil)
    }

    @Test("`MatroskaTracks.duration` is in units of the file's time scale, and nil unless finite and above zero")
    func durations() {
        func info(_ fields: [UInt8]...) -> MatroskaTracks? { file(ebml(0x1549_a966, fields.flatMap(\.self))) }
        let float = ebml(0x4489, u64(Int(bitPattern: UInt(1500.5.bitPattern))))
        #expect(info(float)?.duration == 1500.5)
        #expect(info(float)?.seconds == 1.5005)
        #expect(info(ebml(0x2a_d7b1, u32(1_000_000_000)), float)?.seconds == 1500.5)
        #expect(info(ebml(0x2a_d7b1, [0]), float)?.timestampScale == 1_000_000)
        for value in [0, -1, Double.nan, .infinity] {
            #expect(info(ebml(0x4489, u64(Int(bitPattern: UInt(value.bitPattern)))))?.duration == nil)
        }
        #expect(info()?.seconds == nil)
    }

    @Test("`MatroskaTracks` does not trap for any cut or changed byte of a file")
    func mutants() {
        let video = ebml(0xe0, ebml(0xb0, u16(1920)), ebml(0x54aa, [8]))
        let encrypted = ebml(0x6d80, ebml(0x6240, ebml(0x5033, [1])))
        let whole = tracks(entry(ebml(0xd7, [1]), video, encrypted)) + ebml(0x1549_a966, ebml(0x4489, u32(0x3fc0_0000)))
        let bytes = header + ebml(0x1853_8067, seekHead(0, 60), whole)
        for length in bytes.indices {
            #expect((MatroskaTracks(FileBytes(parts: Array(bytes[..<length])))?.tracks.count ?? 0) <= 1)
        }
        for position in bytes.indices {
            for value: UInt8 in [0x00, 0x01, 0x7f, 0x80, 0xff] {
                var mutant = bytes
                mutant[position] = value
                #expect((MatroskaTracks(FileBytes(parts: mutant))?.tracks.count ?? 0) <= 8)
            }
        }
    }
}
