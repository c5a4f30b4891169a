import Testing

@testable import MediaProbe

@Suite("ISOTrack, edits and sample times")
struct StructureISOTimesTests: BuildsStructures {
    private func track(_ change: (inout StructureTracks) -> Void) -> ISOTrack {
        var parts = StructureTracks()
        change(&parts)
        let trak = parts.whole
        var walk = ISOBoxWalk(FileBytes(parts: trak))
        return ISOTrack.read(8..<UInt64(trak.count), movieTimescale: 1000, &walk)
    }

    private func edits(version: Int = 0, count: Int = 1, _ entries: [UInt8]) -> [ISOEdit] {
        track { $0.beside = box("edts", fullBox("elst", version: version, u32(count), entries)) }.edits
    }

    private func times(_ table: [UInt8]) -> ISOTrack {
        track { $0.sampleTable = table }
    }

    @Test("`ISOEdit.list` reads version 0, with −1 for a pause")
    func narrowEdits() {
        let entries = u32(12_000, -1, 0x1_0000) + u32(0xffff_ffff, 1024, 0x8000)
        #expect(
            edits(count: 2, entries) == [
                ISOEdit(segmentDuration: 12_000, mediaTime: -1, mediaRate: 0x1_0000),
                ISOEdit(segmentDuration: 0xffff_ffff, mediaTime: 1024, mediaRate: 0x8000),
            ])
    }

    @Test("`ISOEdit.list` reads version 1")
    func wideEdits() {
        let entry = u64(1 << 40, -(1 << 40)) + u32(-0x1_0000)
        #expect(
            edits(version: 1, entry) == [
                ISOEdit(segmentDuration: 1 << 40, mediaTime: -(1 << 40), mediaRate: -0x1_0000)
            ])
    }

    @Test("`ISOEdit.list` is empty for a table that is cut off, of an unknown version, or absent")
    func brokenEdits() {
        #expect(edits(count: 2, u32(12_000, 0, 0x1_0000)).isEmpty)
        #expect(edits(count: Int(UInt32.max), u32(12_000, 0, 0x1_0000)).isEmpty)
        #expect(edits(version: 1, u32(12_000, 0, 0x1_0000)).isEmpty)
        #expect(edits(version: 2, u32(12_000, 0, 0x1_0000)).isEmpty)
        #expect(edits(count: 0, []).isEmpty)
        #expect(track { $0.beside = box("edts") }.edits.isEmpty)
        #expect(track { $0.beside = box("edts", box("elst")) }.edits.isEmpty)
    }

    @Test("`ISOEdit.list` is empty for a table of more than 100,000 entries")
    func longEdits() {
        let entry = u32(1, 0, 0x1_0000)
        #expect(edits(count: 100_000, (0..<100_000).flatMap { _ in entry }).count == 100_000)
        #expect(edits(count: 100_001, (0..<100_001).flatMap { _ in entry }).isEmpty)
    }

    @Test(
        "`ISOTrack.hasEditList` is true for a list with entries, also one that is cut off",
        arguments: [(1, true), (2, true), (0, false)])
    func editLists(count: Int, hasList: Bool) {
        let list = fullBox("elst", u32(count), u32(12_000, 0, 0x1_0000))
        #expect(track { $0.beside = box("edts", list) }.hasEditList == hasList)
        #expect(!track { $0.beside = box("edts") }.hasEditList)
        #expect(!track { $0.beside = [] }.hasEditList)
    }

    @Test(
        "`ISOTrack.hasRateChange` is true for an edit at another speed, also 0, and false for a pause",
        arguments: [
            (0, 0x1_0000, false), (0, 0x8000, true), (0, 0x2_0000, true), (0, 0, true), (0, -0x1_0000, true),
            (0, 0xffff, true), (-1, 0, false), (-1, 0x8000, false),
        ])
    func rateChanges(mediaTime: Int, rate: Int, isChange: Bool) {
        let list = box("edts", fullBox("elst", u32(2), u32(5, 0, 0x1_0000), u32(5, mediaTime, rate)))
        #expect(track { $0.beside = list }.hasRateChange == isChange)
    }

    @Test("`ISOTrack` adds up the runs of `stts`")
    func sampleTimes() {
        let track = track { $0.sampleTable = $0.stts((300, 512), (1, 100)) }
        #expect(track.sampleCount == 301)
        #expect(track.sampleDurationSum == 153_700)
        #expect(track.samplesDuration?.duration == .nanoseconds(12_007_812_500))
    }

    @Test("`ISOTrack` adds up an `stts` table longer than one read")
    func manyRuns() {
        let runs = (0..<10_000).flatMap { u32(1, $0) }
        let track = times(fullBox("stts", u32(10_000), runs))
        #expect(track.sampleCount == 10_000)
        #expect(track.sampleDurationSum == 49_995_000)
    }

    @Test("`ISOTrack` has neither sample count nor sum for an `stts` table that is cut off or absent")
    func brokenTimes() {
        for table in [
            fullBox("stts", u32(2), u32(300, 512)), fullBox("stts", u32(-1), zeros(64)), box("stts", zeros(7)), [],
        ] {
            #expect(times(table).sampleCount == nil)
            #expect(times(table).sampleDurationSum == nil)
            #expect(times(table).samplesDuration == nil)
        }
    }

    @Test("`ISOTrack` has a sum of zero for an empty `stts` table, which fragmented files have")
    func emptyTimes() {
        #expect(times(fullBox("stts", u32(0))).sampleCount == 0)
        #expect(times(fullBox("stts", u32(0))).sampleDurationSum == 0)
    }

    @Test("`ISOTrack` has a sample count but no sum when a sample length has its top bit set")
    func negativeTimes() {
        #expect(times(StructureTracks().stts((2, 0x7fff_ffff))).sampleDurationSum == 0xffff_fffe)
        let negative = times(StructureTracks().stts((300, 512), (1, 0x8000_0000)))
        #expect(negative.sampleDurationSum == nil)
        #expect(negative.sampleCount == 301)
    }

    @Test("`ISOTrack` does not overflow at the largest counts and lengths")
    func largeTimes() {
        let runs = (0..<3).flatMap { _ in u32(-1, 0x7fff_ffff) }
        let track = times(fullBox("stts", u32(3), runs))
        #expect(track.sampleCount == 3 * 0xffff_ffff)
        #expect(track.sampleDurationSum == .max)
    }

    @Test("`ISOTrack` has no sample count for more than 10 million runs")
    func runLimit() {
        let claim = fullBox("stts", u32(10_000_001), zeros(80_000_008))
        #expect(times(claim).sampleCount == nil)
    }
}
