import MediaFacts
import Testing

@testable import MediaProbe

/// Branches of the walk over the boxes of a file.
@Suite("`FileEnd` of ISO base media files")
struct FileEndISOTests {
    private static let front = ISO.fileType + ISO.movie
    private static let shortData = big(500, 4) + Array("mdat".utf8) + filler(60)

    @Test(
        "`FileEnd` of media data shorter than its length field is reached if the index lies inside the file, else missing"
    )
    func shortMediaData() {
        let file = Self.front + Self.shortData
        #expect(FileEnd(file, .mp4, samplesEnd: file.count) == FileEnd(.reached, trailing: 0, wrongLength: true))
        #expect(FileEnd(file, .mp4, samplesEnd: file.count + 1) == .missing)
        #expect(FileEnd(file, .mp4) == .missing)
    }

    @Test(
        "`FileEnd` is missing when a box of a known type reaches past the end of the file",
        arguments: ["moov", "moof", "free", "udta", "uuid", "mfra"])
    func knownBox(type: String) {
        let whole = Self.front + ISO.data
        let file = whole + big(500, 4) + Array(type.utf8) + filler(20)
        #expect(FileEnd(file, .mp4, samplesEnd: whole.count) == .missing)
    }

    @Test(
        "`FileEnd` counts bytes that are not a known box as trailing",
        arguments: [
            big(500, 4) + Array("abcd".utf8),  // unknown type
            big(7, 4) + Array("mdat".utf8),  // a length smaller than the header
            big(0, 4) + Array("abcd".utf8), big(1, 4) + Array("free".utf8) + big(15, 8),
            [0, 0, 0, 24, 0x66, 0x72, 0x65],
        ])
    func unknownBox(rest: [UInt8]) {
        let whole = Self.front + ISO.data
        #expect(
            FileEnd(whole + rest, .mp4, samplesEnd: whole.count) == FileEnd(.reached, trailing: Int64(rest.count)))
    }

    @Test("`FileEnd` skips a whole box of an unknown type and a box with a 64-bit length")
    func wholeBoxes() {
        let file = Self.front + ISO.data + ISO.box("abcd", filler(9)) + ISO.largeBox("free", [])
        #expect(FileEnd(file, .mp4, samplesEnd: 100) == FileEnd(.reached))
        #expect(FileEnd(file + [9], .mp4, samplesEnd: 100) == FileEnd(.reached, trailing: 1))
    }

    @Test("`FileEnd` of a box without a length is reached only when the index places all samples inside the file")
    func unlimitedBox() {
        let file = Self.front + big(0, 4) + Array("mdat".utf8) + filler(60)
        #expect(FileEnd(file, .mp4, samplesEnd: file.count) == FileEnd(.reached))
        #expect(FileEnd(file, .mp4) == .unknown)
        #expect(FileEnd(file, .mp4, samplesEnd: file.count + 1) == .unknown)
    }

    @Test("`FileEnd` is missing when the index places samples behind the end of the file, although every box is whole")
    func samplesOutside() {
        let file = Self.front + ISO.data
        #expect(FileEnd(file, .mp4, samplesEnd: file.count + 1) == .missing)
        #expect(FileEnd(file, .mp4) == FileEnd(.reached))
    }

    @Test("`FileEnd` is unknown for a movie without media data, and missing for media data without a movie")
    func halves() {
        #expect(FileEnd(Self.front, .mp4) == .unknown)
        #expect(FileEnd(ISO.fileType + ISO.data, .mp4) == .missing)
        #expect(
            FileEnd(ISO.fileType + ISO.box("meta", filler(9)) + ISO.data + [1], .mp4) == FileEnd(.reached, trailing: 1))
        #expect(FileEnd(ISO.fileType + big(99, 4) + Array("meta".utf8), .mp4) == .missing)
        #expect(FileEnd([], .mp4) == .missing)
    }

    private static let opening = ISO.fileType + ISO.fragmentedMovie()

    @Test("`FileEnd` of a fragmented file is missing when the last box must be followed by media data")
    func announced() {
        let two = Self.opening + ISO.fragment(at: 0) + ISO.fragment(at: 1000)
        let moofOnly = Array(two.dropLast(ISO.data.count))
        #expect(FileEnd(two, .mp4) == .unknown)
        #expect(FileEnd(moofOnly, .mp4) == .missing)
        #expect(FileEnd(moofOnly + ISO.box("free", []), .mp4) == .missing)
        #expect(FileEnd(two + ISO.box("styp", filler(8)), .mp4) == .missing)
        #expect(FileEnd(Self.opening, .mp4) == .unknown)
    }

    @Test(
        "`FileEnd` of a fragmented file is missing when its last bytes can begin a box",
        arguments: [[0, 0, 5], [0, 0, 0, 8], [0, 0, 0, 1, 0x6d], Array(big(99, 4) + Array("moo".utf8))] as [[UInt8]])
    func cutHeader(rest: [UInt8]) {
        let two = Self.opening + ISO.fragment(at: 0) + ISO.fragment(at: 1000)
        #expect(FileEnd(two + rest, .mp4) == .missing)
        let closed = FileEnd(two + ISO.fragmentIndex + rest, .mp4)
        #expect(closed == FileEnd(.reached, trailing: Int64(rest.count)))
    }

    @Test("`FileEnd` of a segment index is the sum of the listed parts, in both versions", arguments: [UInt8(0), 1])
    func segmentIndex(version: UInt8) {
        let part = ISO.fragment(at: 0)
        let file = Self.opening + ISO.segmentIndex([part.count, part.count], version: version) + part + part
        #expect(FileEnd(file, .mp4) == FileEnd(.reached))
        #expect(FileEnd(Array(file.dropLast(part.count)), .mp4) == .missing)
        let long = Self.opening + ISO.segmentIndex([part.count, part.count + 1], version: version) + part + part
        #expect(FileEnd(long, .mp4) == .missing)
    }

    @Test("`FileEnd` is unknown when each of several fragments has a segment index of its own")
    func indexOfOne() {
        let part = ISO.segmentIndex([ISO.fragment(at: 0).count]) + ISO.fragment(at: 0)
        #expect(FileEnd(Self.opening + part + part, .mp4) == .unknown)
    }

    @Test(
        "`FileEnd` compares the declared length of a fragmented file with the end of its samples, within 250 ms",
        arguments: [
            (2000, UInt8(0), FileEnd(.reached)), (2250, 0, FileEnd(.reached)), (2251, 0, .missing),
            (2250, 1, FileEnd(.reached)), (2251, 1, .missing), (0xffff_ffff, 0, .unknown), (-1, 1, .unknown),
            (0, 0, .unknown),
        ])
    func declaredLength(declared: Int, version: UInt8, end: FileEnd) {
        let file =
            ISO.fileType + ISO.fragmentedMovie(declared: declared, version: version) + ISO.fragment(at: 0)
            + ISO.fragment(at: 1000)
        #expect(FileEnd(file, .mp4) == end)
    }
}
