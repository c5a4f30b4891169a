import AttachmentReading
import MediaFacts
import Testing

@Suite("Subtitles")
struct SubtitleReadingTests {
    private static let text =
        "1\r\n00:00:01,500 --> 00:00:04,000\r\n守信\r\n\r\n2\r\n00:00:04,000 --> 01:02:03,040\r\nb\r\n"
    private static let whole = SubtitleCues(count: 2, firstMilliseconds: 1500, lastMilliseconds: 3_723_040)

    private static func facts(_ bytes: [UInt8], _ name: String? = "a.srt") throws -> AttachmentFacts {
        try AttachmentReader.facts(of: SampleBytes(bytes), named: name)
    }

    @Test(
        "`AttachmentReader` reads times in UTF-8, UTF-16 and GB18030",
        arguments: [
            Array(text.utf8), [0xEF, 0xBB, 0xBF] + Array(text.utf8), Bytes.utf16(text, isBig: false),
            Bytes.utf16(text, isBig: true),
            Array(text.replacing("守信", with: "").utf8) + [0xCA, 0xD8, 0xD0, 0xC5, 0x0A],
        ])
    func encodings(bytes: [UInt8]) throws {
        let facts = try Self.facts(bytes, nil)
        #expect(facts.format == .srt)
        #expect(facts.subtitles == Self.whole)
        #expect(facts.problems == [])
    }

    @Test(
        "`AttachmentReader` notes the mistakes of cues and counts the cues whose times it reads",
        arguments: [
            ("00:00:05,000 --> 00:00:04,000", 1, [AttachmentProblem.reversedCue]),
            ("00:00:05,000 --> 00:00:09,000\n00:00:01,000 --> 00:00:02,000", 2, [.reversedCue]),
            ("00:00:05,000 --> 00:00:09,000\n00:00:08,999 --> 00:00:12,000", 2, [.overlappingCue]),
            ("00:00:05,000 --> 00:00:09,000\n00:00:09,000 --> 00:00:12,000", 2, []),
            ("00:00:05 --> 00:00:9,5", 1, []), ("0:00:05.5-->0:00:09 X1:1 Y1:2", 1, []),
            ("00:60:05,000 --> 00:00:09,000", 0, [.malformedCue]), ("a --> b", 0, [.malformedCue]),
            ("-->", 0, [.malformedCue]), ("99999:00:00,000 --> 00:00:09,000", 0, [.malformedCue]),
            ("00:00:05,0000 --> 00:00:09,000", 0, [.malformedCue]), ("00:05,000 --> 00:09,000", 0, [.malformedCue]),
            ("没有字幕", 0, []),
        ])
    func cues(text: String, count: Int, problems: [AttachmentProblem]) throws {
        let facts = try Self.facts(Array(text.utf8))
        #expect(facts.format == .srt)
        #expect(facts.subtitles?.count == count)
        #expect(facts.problems == problems)
    }

    @Test("a text without times is a subtitle file only when its name says so")
    func texts() throws {
        #expect(
            try Self.facts(Array("守信".utf8), "a.txt") == AttachmentFacts(format: .text, bytes: 6, filename: "a.txt"))
        #expect(try Self.facts(Array("WEBVTT\n\n00:01.000 --> 00:02.000".utf8), "a.vtt").format == .vtt)
        #expect(try Self.facts(Array("WEBVTT".utf8), "a.srt").problems == [.wrongExtension])
        #expect(try Self.facts([0x31, 0x00, 0x0A]).format == .other)
    }

    @Test("`AttachmentReader` reads at most 100,000 cues")
    func manyCues() throws {
        let cue = Array("00:00:01,000 --> 00:00:01,000\n".utf8)
        let limit = (0..<100_000).flatMap { _ in cue }
        #expect(try Self.facts(limit).problems == [])
        let facts = try Self.facts(limit + cue)
        #expect(facts.problems == [.tooManyCues])
        #expect(facts.subtitles?.count == 100_000)
    }
}
