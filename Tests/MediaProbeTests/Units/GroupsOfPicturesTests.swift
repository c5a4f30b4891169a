import MediaFacts
import Testing

@testable import MediaProbe

/// Groups of pictures, and the packets of them that must be decoded.
struct GroupsOfPicturesTests {
    @Test("`GroupCounter` begins group 0 at the first packet and the next group at every keyframe")
    func counter() {
        var counter = GroupCounter()
        let places = [false, false, true, false, true, true, false].map { isKey in
            counter.accept(isKey: isKey)
            return "\(counter.group).\(counter.place)"
        }
        #expect(places == ["0.0", "0.1", "1.0", "1.1", "2.0", "3.0", "3.1"])
    }

    /// Three groups of ten large packets, 40 ms apart; packet `place` comes late by `delay`.
    private static func groups(late place: Int?, by delay: Duration, end: Duration = .zero) -> GroupsOfPictures {
        var groups = GroupsOfPictures(usualInterval: .milliseconds(40), samples: 1000, leniency: 1)
        var time = Duration.zero
        for number in 0..<30 {
            if number == place { time += delay }
            groups.add(size: 5000, useful: 5000, isKey: number % 10 == 0, at: time)
            if number % 10 == 0 {
                let cells = [Float](repeating: Float(number), count: 144)
                groups.note(PictureInspector.KeyframeLook(time: time, isBlack: false, cells: cells))
            }
            time += .milliseconds(40)
        }
        groups.finish(at: time + end)
        return groups
    }

    @Test(
        "`GroupsOfPictures.suspicious` has a picture that is held for 1900 ms and the picture that ends it",
        arguments: [
            (13, 1859, [0..<0, 0..<0, 0..<0]), (13, 1860, [0..<0, 2..<4, 0..<0]), (20, 5000, [0..<0, 9..<10, 0..<1]),
        ] as [(Int, Int64, [Range<Int>])])
    func held(place: Int, delay: Int64, wanted: [Range<Int>]) {
        let found = Self.groups(late: place, by: .milliseconds(delay)).suspicious
        #expect(found.map { $0.isEmpty ? 0..<0 : $0 } == wanted)
    }

    @Test("`GroupsOfPictures.suspicious` has the last picture if the film lasts 1900 ms longer")
    func heldToTheEnd() {
        #expect(Self.groups(late: nil, by: .zero, end: .milliseconds(1860)).suspicious.last == 9..<10)
        let short = Self.groups(late: nil, by: .zero, end: .milliseconds(1859)).suspicious
        #expect(short.allSatisfy { $0.isEmpty })
    }

    @Test("`GroupsOfPictures.suspicious` has every packet of a group without a keyframe that decodes")
    func unseen() {
        var groups = GroupsOfPictures(usualInterval: .milliseconds(40), samples: 1000, leniency: 1)
        for number in 0..<20 {
            groups.add(size: 5000, useful: 5000, isKey: number == 10, at: .milliseconds(number * 40))
        }
        #expect(groups.lengths == [10, 10])
        #expect(groups.suspicious == [0..<10, 0..<10])
    }

    @Test(
        "`GroupsOfPictures.usefulBytes` does not count the padding of H.264, HEVC and MPEG-2",
        arguments: [
            ([0, 0, 1, 9, 9, 9, 9, 9, 9, 9], 10), ([0, 0, 1, 9, 0xff, 0xff, 0xff, 0xff, 0xff, 0x80], 4),
            ([0, 0, 1, 9, 7, 0, 0, 0, 0, 0], 5), ([1, 2, 3, 0xff, 0xff], 5),
        ] as [([UInt8], Int)])
    func filler(bytes: [UInt8], useful: Int) {
        #expect(GroupsOfPictures.usefulBytes(bytes, bytes.count) == useful)
    }
}
