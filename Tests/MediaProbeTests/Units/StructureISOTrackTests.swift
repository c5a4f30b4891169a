import Testing

@testable import MediaFacts
@testable import MediaProbe

@Suite("ISOTrack")
struct StructureISOTrackTests: BuildsStructures {
    private let parts = StructureTracks()

    private func read(_ trak: [UInt8], movieTimescale: UInt32? = 1000) -> ISOTrack {
        var walk = ISOBoxWalk(FileBytes(parts: trak))
        return ISOTrack.read(8..<UInt64(trak.count), movieTimescale: movieTimescale, &walk)
    }

    private func track(_ change: (inout StructureTracks) -> Void = { _ in }) -> ISOTrack {
        var parts = parts
        change(&parts)
        return read(parts.whole)
    }

    private func tkhd(version: Int = 0, flags: Int = 3, duration: Int) -> [UInt8] {
        let times = version == 1 ? zeros(16) + u32(9, 0) + u64(duration) : zeros(8) + u32(9, 0, duration)
        let rest = zeros(8) + u16(0, 2, 0, 0) + zeros(36) + u32(1440 << 16 | 0x8000, 1080 << 16)
        return box("trak", fullBox("tkhd", version: version, flags: flags, times, rest))
    }

    @Test("`ISOTrack` reads both versions of the track header", arguments: [0, 1])
    func headers(version: Int) {
        let track = read(tkhd(version: version, duration: 2500))
        #expect(track.identifier == 9)
        #expect(track.isEnabled)
        #expect(track.duration?.duration == .milliseconds(2500))
        #expect(track.alternateGroup == 2)
        #expect(track.displayWidth == 1440.5)
        #expect(track.displayHeight == 1080)
    }

    @Test(
        "`ISOTrack.isEnabled` is bit 0 of the flags", arguments: [(0, false), (1, true), (2, false), (15, true)])
    func enabled(flags: Int, isEnabled: Bool) {
        #expect(read(tkhd(flags: flags, duration: 1)).isEnabled == isEnabled)
    }

    @Test(
        "`ISOTrack.duration` is nil for a field of all ones in `tkhd`",
        arguments: [(0, 0xffff_ffff, nil), (1, -1, nil), (1, 0xffff_ffff, 0xffff_ffff)] as [(Int, Int, UInt64?)])
    func unknownDurations(version: Int, field: Int, units: UInt64?) {
        #expect(read(tkhd(version: version, duration: field)).duration?.units == units)
    }

    @Test("`ISOTrack` keeps its defaults for a header of an unknown version, or one that is cut off")
    func brokenHeaders() {
        #expect(read(tkhd(version: 2, flags: 0, duration: 1)) == ISOTrack())
        #expect(read(box("trak", fullBox("tkhd", zeros(79)))) == ISOTrack())
        #expect(read(box("trak", fullBox("tkhd", flags: 1, zeros(80)))).identifier == 0)
        #expect(read(tkhd(duration: 5), movieTimescale: nil).duration == nil)
    }

    @Test(
        "`ISOTrack.mediaDuration` is nil for a field of all ones in `mdhd`, in both versions",
        arguments: [(0, 0xffff_ffff, nil), (0, 128_000, 128_000), (1, -1, nil), (1, 128_000, 128_000)]
            as [(Int, Int, UInt64?)])
    func mediaDurations(version: Int, field: Int, units: UInt64?) {
        let track = track { $0.mediaHeader = $0.mdhd(version: version, duration: field) }
        #expect(track.mediaDuration?.units == units)
        #expect(track.mediaTimescale == 12_800)
    }

    @Test("`ISOTrack` reads handler, sample entry, size and pixel shape of a video track")
    func video() {
        let track = track()
        #expect(track.handler == "vide")
        #expect(track.sampleEntries.map(\.format) == ["avc1"])
        #expect(track.sampleEntries.first?.width == 1088)
        #expect(track.sampleEntries.first?.height == 1920)
        #expect(track.sampleEntries.first?.pixelAspectRatio == Ratio(4, 3))
        #expect(!track.isEncrypted && !track.isExternal && !track.hasRateChange)
        #expect(track.cleanAperture == nil && track.edits.isEmpty)
    }

    @Test("`ISOTrack` lists as many sample entries as the table's count states, if they exist")
    func entryCounts() {
        let entries = parts.videoEntry("avc1") + parts.videoEntry("hvc1")
        func formats(_ count: Int) -> [String] {
            track { $0.sampleTable = fullBox("stsd", u32(count), entries) }.sampleEntries.map(\.format)
        }
        #expect(formats(2) == ["avc1", "hvc1"])
        #expect(formats(1) == ["avc1"])
        #expect(formats(0).isEmpty)
        #expect(formats(Int(UInt32.max)) == ["avc1", "hvc1"])
    }

    @Test("`ISOTrack` lists at most 256 sample entries")
    func entryLimit() {
        let table = fullBox("stsd", u32(257), (0..<257).flatMap { _ in box("avc1") })
        #expect(track { $0.sampleTable = table }.sampleEntries.count == 256)
    }

    @Test("`ISOTrack` has no picture size for sound and for an entry that is cut off")
    func missingSizes() {
        #expect(track { $0.sampleTable = $0.stsd(box("avc1", zeros(27))) }.sampleEntries.first?.width == nil)
        #expect(track { $0.sampleTable = $0.stsd(box("avc1", zeros(28))) }.sampleEntries.first?.width == 0)
        let sound = track {
            $0.handler = "soun"
            $0.sampleTable = $0.stsd($0.soundEntry("mp4a"))
        }
        #expect(sound.sampleEntries.first?.width == nil)
    }

    @Test("`ISOTrack` ignores a pixel shape that contains a zero", arguments: [(0, 1), (1, 0), (0, 0)])
    func zeroPixelShapes(wide: Int, high: Int) {
        let track = track { $0.sampleTable = $0.stsd($0.videoEntry("avc1", box("pasp", u32(wide, high)))) }
        #expect(track.sampleEntries.first?.pixelAspectRatio == nil)
    }

    @Test(
        "`ISOTrack.isEncrypted` is true for the format codes of encrypted samples",
        arguments: [
            ("encv", true), ("enca", true), ("enct", true), ("encs", true), ("drmi", true), ("avc1", false),
            ("mp4a", false),
        ])
    func encryptedFormats(format: String, isEncrypted: Bool) {
        #expect(track { $0.sampleTable = $0.stsd($0.videoEntry(format)) }.isEncrypted == isEncrypted)
    }

    @Test("`ISOTrack.isEncrypted` is true for a protection box behind the fields of a video entry")
    func videoProtection() {
        let track = track { $0.sampleTable = $0.stsd($0.videoEntry("avc1"), $0.videoEntry("hvc1", $0.protection)) }
        #expect(track.isEncrypted)
        #expect(track.sampleEntries.map(\.isEncrypted) == [false, true])
        #expect(track.sampleEntries.map(\.protectionScheme) == [nil, "cenc"])
    }

    @Test(
        "`ISOTrack` finds the protection box behind each layout of the sound fields",
        arguments: [
            (0, 0, 0, true), (0, 1, 16, true), (0, 2, 36, true), (1, 1, 0, true), (1, 1, 16, false), (0, 1, 0, false),
            (0, 2, 16, false),
        ])
    func soundProtection(tableVersion: Int, version: Int, extra: Int, isFound: Bool) {
        let track = track {
            $0.handler = "soun"
            let entry = $0.soundEntry("mp4a", version: version, extra: extra, $0.protection)
            $0.sampleTable = $0.stsd(version: tableVersion, entry)
        }
        #expect(track.isEncrypted == isFound)
    }

    @Test("`ISOTrack` finds the protection box of a text entry behind its first 8 bytes")
    func textProtection() {
        let track = track {
            $0.handler = "text"
            $0.sampleTable = $0.stsd(box("tx3g", zeros(8), $0.protection))
        }
        #expect(track.isEncrypted)
    }

    @Test(
        "`ISOTrack.isExternal` is true for a data reference with a location and without the flag \"same file\"",
        arguments: [
            ("url ", 0, [0x66, 0x00], true), ("url ", 1, [0x66, 0x00], false), ("url ", 3, [0x66], false),
            ("url ", 2, [0x66], true), ("url ", 0, [], false), ("url ", 0, [0x00], false),
            ("alis", 0, [0, 0, 0], true),
            ("alis", 0, [], false), ("alis", 1, [7], false),
            ("urn ", 0, [0x66], true), ("rsrc", 0, [0x66], true), ("imdt", 0, [0x66], false),
        ] as [(String, Int, [UInt8], Bool)])
    func references(type: String, flags: Int, location: [UInt8], isExternal: Bool) {
        let track = track { $0.references = $0.dref(fullBox(type, flags: flags, location)) }
        #expect(track.isExternal == isExternal)
    }

    @Test(
        "`ISOTrack.isExternal` depends on the reference whose number the sample entry has",
        arguments: [(0, false), (1, false), (2, true), (3, false), (65_535, false)])
    func referenceIndexes(index: Int, isExternal: Bool) {
        let track = track {
            $0.references = $0.dref($0.sameFile, fullBox("url ", Array("file:a.mov".utf8)))
            $0.sampleTable = $0.stsd($0.videoEntry("avc1", reference: index))
        }
        #expect(track.isExternal == isExternal)
    }

    @Test("`ISOTrack.isExternal` is false when `dref` is cut off")
    func cutReferences() {
        #expect(!track { $0.references = box("dref", zeros(8)) }.isExternal)
        #expect(!track { $0.references = box("dref", zeros(3)) }.isExternal)
        #expect(!track { $0.references = box("dref", zeros(8), box("url ", zeros(3))) }.isExternal)
    }
}
