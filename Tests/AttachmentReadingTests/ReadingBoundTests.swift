import AttachmentReading
import MediaFacts
import Testing

@Suite("Bounds of reading")
struct ReadingBoundTests {
    /// Random numbers that are the same in every run.
    private struct Generator: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var mixed = (state ^ state >> 30) &* 0xBF58_476D_1CE4_E5B9
            mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
            return mixed ^ mixed >> 31
        }
    }

    private static let samples: [[UInt8]] =
        PictureReadingTests.samples.map(\.bytes).filter { $0.count < 100_000 } + [
            Bytes.ascii("%PDF-1.7\n%%EOF"), SampleArchive(entries: SampleArchive.word, content: 10).bytes,
            Bytes.ascii("1\n00:00:01,000 --> 00:00:02,000\na\n"),
            [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1] + [UInt8](repeating: 0, count: 700),
        ]

    @Test("`AttachmentReader` reads every beginning of every sample without a trap")
    func beginnings() throws {
        for sample in Self.samples {
            for length in 0...sample.count {
                let facts = try AttachmentReader.facts(of: SampleBytes(Array(sample.prefix(length))))
                #expect(facts.bytes == Int64(length))
            }
        }
    }

    @Test("`AttachmentReader` reads samples with changed bytes without a trap", arguments: 0..<20)
    func mutations(seed: UInt64) throws {
        var generator = Generator(state: seed)
        for sample in Self.samples {
            for _ in 0..<50 {
                var bytes = sample
                for _ in 0...Int.random(in: 0..<4, using: &generator) {
                    let index = Int.random(in: 0..<bytes.count, using: &generator)
                    bytes[index] =
                        [0, 1, 0x7F, 0x80, 0xFF, UInt8.random(in: 0...255, using: &generator)]
                        .randomElement(using: &generator) ?? 0
                }
                let facts = try AttachmentReader.facts(of: SampleBytes(bytes), named: "a.srt")
                #expect(facts.width.map { $0 > 0 } ?? true)
                #expect((facts.width == nil) == (facts.height == nil))
            }
        }
    }

    @Test("`AttachmentReader` reads random bytes behind every signature without a trap", arguments: 0..<20)
    func noise(seed: UInt64) throws {
        var generator = Generator(state: seed)
        for sample in Self.samples {
            let noise = (0..<2000).map { _ in UInt8.random(in: 0...255, using: &generator) }
            let facts = try AttachmentReader.facts(of: SampleBytes(Array(sample.prefix(12)) + noise))
            #expect(facts.bytes == Int64(2000 + min(12, sample.count)))
        }
    }

    @Test("`AttachmentReader` reads at most 20 MiB of a file of 8 EiB", arguments: samples)
    func largeFiles(sample: [UInt8]) throws {
        let source = SampleBytes(sample, zeros: .max - 10_000_000)
        let facts = try AttachmentReader.facts(of: source)
        #expect(facts.bytes == source.count)
        #expect(source.bytesRead < 20 << 20)
    }

    @Test("a directory of an archive that claims to be larger than 16 MiB is not read")
    func largeDirectory() throws {
        let end: [UInt8] =
            [0x50, 0x4B, 0x05, 0x06, 0, 0, 0, 0] + Bytes.little(0xFFFF, 2) + Bytes.little(0xFFFF, 2)
            + Bytes.little(17 << 20, 4) + Bytes.little(0, 4) + Bytes.little(0, 2)
        let source = SampleBytes([0x50, 0x4B, 0x03, 0x04], zeros: 100 << 20, tail: end)
        #expect(try AttachmentReader.facts(of: source).problems == [.damaged])
        #expect(source.bytesRead < 1 << 20)
    }

    @Test("a source that throws makes `AttachmentReader` throw, because the machine failed and not the file")
    func failures() {
        #expect(throws: AttachmentReadingError(code: 9)) {
            try AttachmentReader.facts(of: FileBytes(descriptor: -1, bytes: 100))
        }
    }
}
