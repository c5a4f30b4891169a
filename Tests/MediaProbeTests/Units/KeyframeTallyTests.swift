import MediaFacts
import Testing

@testable import MediaProbe

/// Keyframes of packets that the tests make, at a thousand ticks a second.
struct KeyframeTallyTests {
    /// A tally of pictures of 40 ms; a negative time marks a keyframe at that time without its sign, −1 one at zero.
    private static func tally(_ times: [Int64?]) -> KeyframeTally {
        var tally = KeyframeTally()
        for time in times { tally.add(stamp(time)) }
        tally.endPart()
        return tally
    }

    private static func stamp(_ time: Int64?) -> PacketStamp {
        let isKey = time.map { $0 < 0 } ?? false
        let shown = time.map { $0 == -1 ? 0 : abs($0) }
        return PacketStamp(presentation: shown, decoding: shown, duration: 40, size: 1, isKey: isKey)
    }

    @Test(
        "`KeyframeTally.longest` is the longest interval of keyframes, to the end of the film, or before the first",
        arguments: [
            ([-1, 40, 80, -120, 160], 120), ([-1, 40, -80, 120, 160, 200], 160), ([0, 400, -800, 840], 800),
            ([-1], 40), ([-1, -40, -80], 40), ([0, 40], nil), ([], nil),
        ] as [([Int64], Int64?)])
    func longest(times: [Int64], ticks: Int64?) {
        #expect(Self.tally(times).longest == ticks)
    }

    @Test("`KeyframeTally.longest` measures intervals inside each part of a timeline that starts over")
    func parts() {
        var tally = Self.tally([-1, 40, 80, 120, 160])
        for time in [-5000, 5040] as [Int64] { tally.add(Self.stamp(time)) }
        tally.endPart()
        #expect(tally.longest == 200)
        #expect(tally.count == 2)
    }

    @Test(
        "`KeyframeTally` recognises leading pictures, which follow a keyframe and are shown before it",
        arguments: [
            ([-1, 120, 40, 80], false), ([-1, 120, 40, 80, -240, 160, 200], true), ([-80, 0, 40], true),
            ([-1, 40, -80, 80], false), ([40, -80, 120], false),
        ] as [([Int64], Bool)])
    func leading(times: [Int64], hasLeading: Bool) {
        #expect(Self.tally(times).hasLeadingPictures == hasLeading)
    }

    @Test(
        "`KeyframeTally` counts the pictures in a row that are shown before one which precedes them in the file",
        arguments: [
            ([-1, 40, 80], 0), ([-1, 120, 40, 80, 240, 160, 200], 2), ([-1, 80, 40, 160, 120], 1),
            // A pyramid: the middle one of three B-pictures is coded before the others.
            ([-1, 160, 80, 40, 120], 3), ([-1, 120, 40, 80, -240, 160, 200], 2), ([-1], 0), ([], 0),
        ] as [([Int64], Int)])
    func bPictures(times: [Int64], longest: Int) {
        #expect(Self.tally(times).longestBPictureRun == longest)
    }

    @Test("`KeyframeTally` begins a new row of B-pictures where the timeline starts over")
    func bPicturesOfParts() {
        var tally = Self.tally([-5000, 5040])
        for time in [-1, 40, 80] as [Int64] { tally.add(Self.stamp(time)) }
        #expect(tally.longestBPictureRun == 0)
    }

    @Test("`KeyframeTally` compares presentation timestamps only, and ignores hidden pictures")
    func noPresentation() {
        var tally = KeyframeTally()
        tally.add(PacketStamp(presentation: 80, decoding: 0, isKey: true))
        tally.add(PacketStamp(presentation: nil, decoding: 40))
        #expect(!tally.hasLeadingPictures)
        #expect(tally.lacksPresentation)
        tally.add(PacketStamp(presentation: 40, decoding: 80, isHidden: true))
        #expect(!tally.hasLeadingPictures)
    }

    @Test("`KeyframeTally` does not trap at the ends of the number range")
    func extremes() {
        let tally = Self.tally([.min + 1, .max, -1, .max])
        #expect(tally.count == 2)
    }
}
