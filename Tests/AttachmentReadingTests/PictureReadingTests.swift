import AttachmentReading
import MediaFacts
import Testing

@Suite("Pictures")
struct PictureReadingTests {
    /// A picture with the expected format and size.
    struct Sample: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var bytes: [UInt8]
        var format: AttachmentFormat
        var size: [Int?]

        init(_ name: String, _ bytes: [UInt8], _ format: AttachmentFormat, _ size: [Int?]) {
            (testDescription, self.bytes, self.format, self.size) = (name, bytes, format, size)
        }
    }

    private static let pictures = SamplePictures.self
    /// A colour profile in 255 segments of the largest size.
    private static let profile = (0..<255).flatMap { _ in
        SamplePictures.segment(0xE2, [UInt8](repeating: 0xAB, count: 65_533))
    }

    static let samples: [Sample] = [
        Sample("PNG", pictures.png(1200, 1600), .png, [1200, 1600]),
        Sample("JPEG", pictures.jpeg(3000, 4000), .jpeg, [3000, 4000]),
        Sample("progressive JPEG", pictures.jpeg(3000, 4000, marker: 0xC2), .jpeg, [3000, 4000]),
        Sample(
            "turned JPEG", pictures.jpeg(4000, 3000, segments: pictures.exif(orientation: 6)), .jpeg, [3000, 4000]),
        Sample(
            "turned JPEG of Intel order",
            pictures.jpeg(4000, 3000, segments: pictures.exif(orientation: 8, isBig: false)), .jpeg, [3000, 4000]),
        Sample(
            "upside-down JPEG", pictures.jpeg(4000, 3000, segments: pictures.exif(orientation: 3)), .jpeg, [4000, 3000]),
        Sample(
            "JPEG with an orientation of 9", pictures.jpeg(4000, 3000, segments: pictures.exif(orientation: 9)), .jpeg,
            [4000, 3000]),
        Sample(
            "JPEG with fill bytes and a large profile", pictures.jpeg(40, 30, segments: [0xFF, 0xFF] + profile), .jpeg,
            [40, 30]),
        Sample(
            "JPEG with tables before its frame", pictures.jpeg(40, 30, segments: pictures.segment(0xC4, [1, 2])), .jpeg,
            [40, 30]),
        Sample("GIF", pictures.gif(320, 240), .gif, [320, 240]),
        Sample("BMP", pictures.bmp(640, 480), .bmp, [640, 480]),
        Sample("BMP from the top", pictures.bmp(640, -480), .bmp, [640, 480]),
        Sample("BMP of OS/2", pictures.coreBMP(640, 480), .bmp, [640, 480]),
        Sample("extended WebP", pictures.webpExtended(4000, 3000), .webp, [4000, 3000]),
        Sample("lossy WebP", pictures.webpLossy(800, 600), .webp, [800, 600]),
        Sample("lossless WebP", pictures.webpLossless(801, 601), .webp, [801, 601]),
        Sample("HEIC", pictures.heic(4032, 3024), .heic, [4032, 3024]),
        Sample("turned HEIC", pictures.heic(4032, 3024, quarters: 1), .heic, [3024, 4032]),
        Sample("HEIC upside down", pictures.heic(4032, 3024, quarters: 2), .heic, [4032, 3024]),
    ]

    @Test("`AttachmentReader` reads format and displayed size of each kind of picture", arguments: samples)
    func sizes(sample: Sample) throws {
        let facts = try AttachmentReader.facts(of: SampleBytes(sample.bytes))
        #expect(facts.format == sample.format)
        #expect([facts.width, facts.height] == sample.size)
        #expect(facts.problems == [])
    }

    @Test(
        "`AttachmentReader` notes a size of zero, an implausible size and a missing header as unknown",
        arguments: [
            pictures.png(0, 100), pictures.png(100, 2_000_000), pictures.jpeg(0, 10), pictures.gif(10, 0),
            pictures.bmp(0, 10), [0xFF, 0xD8, 0xFF, 0xDA, 0, 4, 0, 0], [0xFF, 0xD8, 0xFF, 0xE0, 0, 1],
            pictures.box("ftyp", Bytes.ascii("heic") + Bytes.big(0, 4)), Array(pictures.heic(10, 10).prefix(80)),
        ])
    func unknownSize(bytes: [UInt8]) throws {
        let facts = try AttachmentReader.facts(of: SampleBytes(bytes))
        #expect([facts.width, facts.height] == [nil, nil])
        #expect(facts.problems == [.sizeUnknown])
    }

    @Test("a PNG without its last chunk is damaged and keeps its size")
    func cutPNG() throws {
        let facts = try AttachmentReader.facts(of: SampleBytes(Self.pictures.png(800, 600, end: "IDAT")))
        #expect(facts.problems == [.damaged])
        #expect([facts.width, facts.height] == [800, 600])
    }

    @Test("a JPEG with more segments than the limit has no size")
    func segments() throws {
        let many = (0..<1024).flatMap { _ in SamplePictures.segment(0xE2, [1]) }
        let facts = try AttachmentReader.facts(of: SampleBytes(Self.pictures.jpeg(40, 30, segments: many)))
        #expect(facts.problems == [.sizeUnknown])
    }
}
