import Foundation
import Testing

@testable import MediaFacts

@Suite("Facts on the wire")
struct FactsWireTests {
    @Test("`MediaFacts` are encoded with the units in their keys")
    func golden() throws {
        #expect(try wireText(MediaFacts.full, isPretty: true) == Self.fullText)
    }

    @Test("Facts that are nil are encoded as `null`")
    func bareGolden() throws {
        #expect(try wireText(MediaFacts.bare) == Self.bareText)
        #expect(try wireText(MediaFacts.vague.video) == Self.vagueVideoText)
        #expect(
            try wireText(MediaFacts.vague.audio)
                == #"{"channels":null,"codec":"unknown","sampleRate":null,"streams":1}"#)
        #expect(try wireText(MediaFacts.vague.subtitles) == #"[{"codec":"unknown","language":null}]"#)
    }

    @Test("`MediaFacts` are decoded as they were encoded", arguments: [MediaFacts.full, .detailed, .bare, .vague])
    func roundTrip(facts: MediaFacts) throws {
        #expect(try decoded(MediaFacts.self, try wireText(facts)) == facts)
    }

    @Test(
        "`MediaFacts` keep every orientation through encoding and decoding",
        arguments: [
            (0, false), (90, false), (180, true), (270, true), (30, false), (359.4, true), (nil, false), (nil, true),
            // Angles less than half a degree off a quarter turn.
            (359.9, false), (90.25, true),
        ] as [(Double?, Bool)])
    func orientations(degrees: Double?, mirrored: Bool) throws {
        let facts = MediaFacts.turned(PictureOrientation(clockwiseDegrees: degrees, mirrored: mirrored))
        #expect(try decoded(MediaFacts.self, try wireText(facts)) == facts)
    }

    @Test("A picture of shape 7:3 is encoded with the display aspect ratio 21:9")
    func cinema() throws {
        let picture = PictureGeometry(
            codedWidth: 2520, codedHeight: 1080, sampleAspectRatio: .one, orientation: .upright)
        let text = try wireText(VideoFacts(codec: "h264", picture: picture))
        #expect(text.contains(#""displayAspectRatio":"21:9""#))
    }

    @Test("Display size and shape are computed from the coded size, and the figures in the JSON are ignored")
    func derivedFigures() throws {
        let text = try wireText(MediaFacts.full)
            .replacing(#""displayWidth":1920"#, with: #""displayWidth":7"#)
            .replacing(#""displayAspectRatio":"16:9""#, with: #""displayAspectRatio":"1:1""#)
        #expect(try decoded(MediaFacts.self, text) == .full)
    }

    @Test("Families, problem codes and sources that this version does not know are kept as text")
    func laterNames() throws {
        let text = try wireText(MediaFacts.full)
            .replacing(#""family":"mp4""#, with: #""family":"holo""#)
            .replacing(#""code":"broken-rotation""#, with: #""code":"wet-film""#)
            .replacing(#""video.frameRate":"stream""#, with: #""video.frameRate":"oracle""#)
        let facts = try decoded(MediaFacts.self, text)
        #expect(facts.container.family == ContainerFamily(rawValue: "holo"))
        #expect(facts.integrity.problems.last?.code == IntegrityProblem.Code(rawValue: "wet-film"))
        #expect(facts.sources["video.frameRate"] == FactSource(rawValue: "oracle"))
        #expect(try wireText(facts) == text)
    }

    @Test("`MediaFacts` of another version are decoded: an absent `sources` is empty, and unknown keys are ignored")
    func otherVersions() throws {
        let text = try wireText(MediaFacts.bare).replacing(#","sources":{}"#, with: #","scenes":3"#)
        #expect(try decoded(MediaFacts.self, text) == .bare)
    }

    @Test("`MediaFacts` of another schema are refused")
    func otherSchema() throws {
        let text = try wireText(MediaFacts.bare).replacing("clipcheck.facts/1", with: "clipcheck.facts/2")
        #expect(throws: DecodingError.self) { try decoded(MediaFacts.self, text) }
    }

    @Test(
        "`MediaFacts` with a missing or malformed figure are refused",
        arguments: [
            (#""bytes":2230393,"#, ""), (#""bytes":2230393"#, #""bytes":"many""#),
            (#""codec":"h264""#, #""codec":null"#),
            (#""durationMilliseconds":146140"#, #""durationMilliseconds":"long""#),
            (#""sampleAspectRatio":"4:3""#, #""sampleAspectRatio":"wide""#),
            (#""frameRate":"30000/1001""#, #""frameRate":"fast""#),
        ])
    func malformed(good: String, bad: String) throws {
        let text = try wireText(MediaFacts.full)
        try #require(text.contains(good))
        #expect(throws: DecodingError.self) { try decoded(MediaFacts.self, text.replacing(good, with: bad)) }
    }

    @Test(
        "A picture whose coded width is implausible is decoded as nil",
        arguments: ["0", "-1", "1048577", "9223372036854775807"])
    func implausible(width: String) throws {
        let text = try wireText(MediaFacts.full).replacing(#""codedWidth":1440"#, with: #""codedWidth":\#(width)"#)
        let facts = try decoded(MediaFacts.self, text)
        #expect(facts.video != nil)
        #expect(facts.video?.picture == nil)
    }

    @Test("`ContainerFamily.known` lists the 14 families, and `IntegrityProblem.Code.known` lists no code twice")
    func knownNames() {
        #expect(
            ContainerFamily.known.map(\.rawValue).joined(separator: " ")
                == "mp4 mov 3gp avi mpeg-ps mpeg-ts mpeg-es matroska webm asf flv ogg mxf other")
        #expect(Set(IntegrityProblem.Code.known).count == IntegrityProblem.Code.known.count)
        #expect(IntegrityProblem.Code.known.first == .truncated)
    }
}

extension FactsWireTests {
    private static let bareText =
        #"{"audio":null,"bytes":0,"container":{"brand":null,"createdAt":null,"demuxer":"nut","family":"other"},"#
        + #""declaredDurationMilliseconds":null,"durationMilliseconds":null,"durationWithoutJumpsMilliseconds":null,"#
        + #""integrity":{"audioPackets":null,"end":null,"firstTimestampMilliseconds":null,"problems":[],"#
        + #""videoPackets":null},"schema":"clipcheck.facts/1","#
        + #""sources":{},"subtitles":[],"video":null}"#

    private static let vagueVideoText =
        #"{"bitsPerSecond":null,"changes":[],"codec":"unknown","codedHeight":null,"codedWidth":null,"displayAspectRatio":null,"#
        + #""displayHeight":null,"displayWidth":null,"frameRate":null,"mirrored":null,"pixelFormat":null,"profile":null,"#
        + #""rotationDegrees":null,"rotationExactDegrees":null,"sampleAspectRatio":null,"streams":1,"#
        + #""uncropped":null}"#

    private static let fullText = """
        {
          "audio" : {
            "channels" : 2,
            "codec" : "aac",
            "sampleRate" : 48000,
            "streams" : 3
          },
          "bytes" : 2230393,
          "container" : {
            "brand" : "isom",
            "createdAt" : "2024-03-01T08:00:00Z",
            "demuxer" : "mov,mp4,m4a,3gp,3g2,mj2",
            "family" : "mp4"
          },
          "declaredDurationMilliseconds" : 146160,
          "durationMilliseconds" : 146140,
          "durationWithoutJumpsMilliseconds" : 106140,
          "integrity" : {
            "audioPackets" : 6850,
            "end" : "reached",
            "firstTimestampMilliseconds" : -40,
            "problems" : [
              {
                "code" : "corrupt-packets",
                "count" : 2
              },
              {
                "code" : "broken-rotation",
                "count" : null
              }
            ],
            "videoPackets" : 3840
          },
          "schema" : "clipcheck.facts/1",
          "sources" : {
            "durationMilliseconds" : "packets",
            "video.frameRate" : "stream"
          },
          "subtitles" : [
            {
              "codec" : "mov_text",
              "language" : "chi"
            },
            {
              "codec" : "ass",
              "language" : null
            }
          ],
          "video" : {
            "bitsPerSecond" : 119000,
            "changes" : [
              {
                "atMilliseconds" : 60000,
                "codedHeight" : 960,
                "codedWidth" : 540,
                "displayAspectRatio" : "9:16",
                "displayHeight" : 960,
                "displayWidth" : 540,
                "mirrored" : false,
                "rotationDegrees" : 0,
                "rotationExactDegrees" : null,
                "sampleAspectRatio" : "1:1"
              }
            ],
            "codec" : "h264",
            "codedHeight" : 1080,
            "codedWidth" : 1440,
            "displayAspectRatio" : "16:9",
            "displayHeight" : 1080,
            "displayWidth" : 1920,
            "frameRate" : "30000/1001",
            "mirrored" : true,
            "pixelFormat" : "yuv420p",
            "profile" : "High",
            "rotationDegrees" : 0,
            "rotationExactDegrees" : 30,
            "sampleAspectRatio" : "4:3",
            "streams" : 2,
            "uncropped" : {
              "codedHeight" : 1088,
              "codedWidth" : 1440,
              "displayAspectRatio" : "30:17",
              "displayHeight" : 1088,
              "displayWidth" : 1920,
              "mirrored" : false,
              "rotationDegrees" : 0,
              "rotationExactDegrees" : null,
              "sampleAspectRatio" : "4:3"
            }
          }
        }
        """
}
