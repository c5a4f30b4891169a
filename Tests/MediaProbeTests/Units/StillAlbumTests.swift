import MediaFacts
import Testing

@testable import MediaProbe

/// The choice of stills, and the limits of their number and size.
struct StillAlbumTests {
    private func still(_ milliseconds: Int64, bytes: Int = 100) -> Still {
        Still(atMilliseconds: milliseconds, width: 2, height: 2, jpeg: [UInt8](repeating: 0, count: bytes))
    }

    @Test(
        "`StillAlbum.part` divides the film into twelve parts and assigns later times to the last one",
        arguments: [
            (0, 0), (999, 0), (1000, 1), (11_999, 11), (12_000, 11), (Int64(1) << 50, 11), (-1, nil),
        ] as [(Int64, Int?)])
    func part(time: Int64, part: Int?) {
        #expect(StillAlbum(length: .seconds(12)).part(at: .milliseconds(time)) == part)
    }

    @Test("`StillAlbum` accepts one still for each part, and lists the parts without one")
    func claims() {
        var album = StillAlbum(length: .seconds(24))
        #expect(album.step == .seconds(2))
        let claims = [3, 3, -1, 12].map { album.claim(part: $0) }
        #expect(claims == [true, false, false, false])
        #expect(album.missing.map(\.part) == [0, 1, 2, 4, 5, 6, 7, 8, 9, 10, 11])
        #expect(album.missing.map(\.start)[3] == .seconds(8))
    }

    @Test("`StillAlbum` without a length accepts no still")
    func noLength() {
        var album = StillAlbum(length: nil)
        let claims = [album.claim(part: 0), album.claim(.black, from: .zero)]
        #expect(claims == [false, false])
        #expect(album.part(at: .zero) == nil)
        #expect(album.missing.isEmpty)
    }

    @Test(
        "`StillAlbum` has twelve parts for films of zero length and of 35,000 years",
        arguments: [Duration.zero, .seconds(Int64.max / 4)])
    func lengths(length: Duration) {
        let album = StillAlbum(length: length)
        #expect(album.part(at: FactBounds.latest) == 11)
        #expect(album.missing.count == 12)
        #expect(album.step >= .milliseconds(1))
    }

    @Test("`StillAlbum` accepts one still for each finding, and recognises stills by whole milliseconds")
    func findings() {
        var album = StillAlbum(length: .seconds(12))
        let claims = [
            album.claim(.black, from: .seconds(1)), album.claim(.black, from: .seconds(1)),
            album.claim(.frozen, from: .seconds(1)), album.claim(.black, from: .seconds(2)),
        ]
        #expect(claims == [true, false, true, true])
        album.add(still(40))
        #expect(album.hasStill(at: .microseconds(40_400)))
        #expect(!album.hasStill(at: .milliseconds(41)))
    }

    @Test(
        "`StillAlbum` keeps to 48 stills and 4 MiB, and reserves room for the contact sheet",
        arguments: [(1000, 36), (StillAlbum.stillBytes, 28)])
    func budget(bytes: Int, findings: Int) {
        var album = StillAlbum(length: .seconds(12))
        var (time, taken) = (Int64(100_000), 0)
        while taken < 100, album.claim(.damaged, from: .milliseconds(time)) {
            album.add(still(time, bytes: bytes))
            (time, taken) = (time + 1, taken + 1)
        }
        #expect(taken == findings)
        for part in 0..<12 where album.claim(part: part) { album.add(still(Int64(part), bytes: bytes)) }
        #expect(album.stills.count == findings + 12)
        #expect(album.stills.reduce(0) { $0 + $1.jpeg.count } <= FactBounds.stillBytes)
    }

    /// A picture of 640×640; its first `planes` planes are noise, the others grey.
    private func noise(planes: Int) -> PlanarImage {
        var image = PlanarImage(width: 640, height: 640)
        var state: UInt32 = 1
        for plane in image.planes.indices {
            image.planes[plane].samples = image.planes[plane].samples.map { _ in
                state = state &* 1_664_525 &+ 1_013_904_223
                return plane < planes ? UInt8(state >> 24) : 128
            }
        }
        return image
    }

    @Test("`JPEGEncoder` lowers the quality of noise until the file fits the limit, and keeps it for the next picture")
    func noisy() throws {
        let (encoder, image) = (JPEGEncoder(), noise(planes: 1))
        let fine = try #require(encoder.encode(image, atMost: .max))
        #expect(fine.count > StillAlbum.stillBytes)
        let fitting = try #require(encoder.encode(image, atMost: StillAlbum.stillBytes))
        #expect(fitting.count <= StillAlbum.stillBytes)
        #expect(fitting.starts(with: [0xff, 0xd8, 0xff]) && fitting.suffix(2) == [0xff, 0xd9])
        // The trials at lower quality do not affect the next picture.
        #expect(encoder.encode(image, atMost: .max) == fine)
    }

    @Test("`JPEGEncoder` returns nil for noise that does not fit at any quality")
    func nothingFits() { #expect(JPEGEncoder().encode(noise(planes: 3), atMost: StillAlbum.stillBytes) == nil) }

    @Test(
        "`JPEGEncoder` encodes pictures of different sizes one after the other",
        arguments: [[2, 2], [640, 2], [2, 640], [360, 640]])
    func sizes(sides: [Int]) throws {
        let encoder = JPEGEncoder()
        _ = encoder.encode(PlanarImage(width: 16, height: 16), atMost: .max)
        let jpeg = try #require(encoder.encode(PlanarImage(width: sides[0], height: sides[1]), atMost: .max))
        // The frame header SOF0 has marker, length, precision, height, width (ITU-T T.81, B.2.2).
        let frame = try #require(jpeg.indices.first { jpeg[$0...].starts(with: [0xff, 0xc0]) })
        let stated = [7, 5].map { Int(jpeg[frame + $0]) << 8 | Int(jpeg[frame + $0 + 1]) }
        #expect(stated == sides)
    }
}
