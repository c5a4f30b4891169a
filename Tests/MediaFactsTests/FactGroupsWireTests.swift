import Foundation
import Testing

@testable import MediaFacts

/// The groups of facts that later versions added: `container.layout`, `video.signal`, `video.coding`, `audio.format`.
@Suite("Groups of facts on the wire")
struct FactGroupsWireTests {
    @Test("Each group is an object whose keys have the units")
    func golden() throws {
        #expect(
            try wireText(MediaFacts.detailed.container.layout)
                == #"{"editLists":false,"fragments":false,"indexFirst":true}"#)
        #expect(
            try wireText(MediaFacts.detailed.video?.signal)
                == #"{"bitDepth":10,"chroma":"4:2:0","color":{"matrix":"bt2020nc","primaries":"bt2020","#
                + #""range":"limited","transfer":"smpte2084"},"fieldOrder":"top-first","scan":"interlaced"}"#)
        #expect(
            try wireText(MediaFacts.detailed.video?.coding)
                == #"{"closedGroups":false,"level":"4.1","longestKeyframeIntervalMilliseconds":10040,"#
                + #""rateFluctuationMilliseconds":2750}"#)
        #expect(
            try wireText(MediaFacts.detailed.audio?.format)
                == #"{"bitDepth":24,"bitsPerSecond":128000,"layout":"5.1(side)","profile":"LC","#
                + #""rateFluctuationMilliseconds":40}"#)
    }

    @Test("A group without a value is encoded as an empty object, and a group that is nil is not encoded")
    func absent() throws {
        #expect(try wireText(ContainerLayout()) == "{}")
        #expect(try wireText(VideoSignal()) == "{}")
        #expect(try wireText(ColorDescription()) == "{}")
        #expect(try wireText(VideoCoding()) == "{}")
        #expect(try wireText(VideoCoding(longestBPictureRun: 2)) == #"{"longestBPictureRun":2}"#)
        #expect(try wireText(ContainerLayout(disabledTracks: true)) == #"{"disabledTracks":true}"#)
        #expect(try wireText(AudioFormat()) == "{}")
        let text = try wireText(MediaFacts.full)
        for key in ["layout", "signal", "coding", "format", "provenance"] { #expect(!text.contains("\"\(key)\"")) }
    }

    @Test(
        "A document without one of the groups is decoded to nil and encoded byte for byte",
        arguments: ["container.layout", "video.signal", "video.coding", "audio.format", "provenance"])
    func earlierDocument(path: String) throws {
        var facts = MediaFacts.detailed
        switch path {
        case "container.layout": facts.container.layout = nil
        case "video.signal": facts.video?.signal = nil
        case "video.coding": facts.video?.coding = nil
        case "provenance": facts.provenance = nil
        default: facts.audio?.format = nil
        }
        let text = try wireText(facts)
        let key = path.split(separator: ".").last ?? ""
        #expect(!text.contains("\"\(key)\":{"))
        #expect(try wireText(try decoded(MediaFacts.self, text)) == text)
    }

    @Test("An empty colour description says that the file states nothing, and nil that nothing was read")
    func readAndEmpty() throws {
        #expect(try decoded(VideoSignal.self, #"{"color":{}}"#).color == ColorDescription())
        #expect(try decoded(VideoSignal.self, #"{"color":null}"#).color == nil)
        #expect(try decoded(VideoSignal.self, "{}").color == nil)
    }

    @Test("Names that this version does not know are kept as text")
    func laterNames() throws {
        let text = #"{"color":{"range":"wide"},"fieldOrder":"both-first","scan":"segmented"}"#
        let signal = try decoded(VideoSignal.self, text)
        #expect(signal.scan == ScanType(rawValue: "segmented"))
        #expect(signal.fieldOrder == FieldOrder(rawValue: "both-first"))
        #expect(signal.color?.range == ColorRange(rawValue: "wide"))
        #expect(try wireText(signal) == text)
    }

    @Test(
        "A group with a malformed value is refused",
        arguments: [
            (#""bitDepth":10"#, #""bitDepth":"ten""#), (#""level":"4.1""#, #""level":4.1"#),
            (#""closedGroups":false"#, #""closedGroups":"no""#), (#""indexFirst":true"#, #""indexFirst":1"#),
            (#""layout":"5.1(side)""#, #""layout":6"#),
            (#""rateFluctuationMilliseconds":2750"#, #""rateFluctuationMilliseconds":2.5"#),
            (#""scan":"interlaced""#, #""scan":{}"#),
        ])
    func malformed(good: String, bad: String) throws {
        let text = try wireText(MediaFacts.detailed)
        try #require(text.contains(good))
        #expect(throws: DecodingError.self) { try decoded(MediaFacts.self, text.replacing(good, with: bad)) }
    }

    @Test(
        "`ColorDescription.highDynamicRange` is PQ or HLG by the transfer curve, and nil for any other",
        arguments: [
            ("smpte2084", .pq), ("arib-std-b67", .hlg), ("bt709", nil), ("bt2020-10", nil), ("", nil), (nil, nil),
        ] as [(String?, HighDynamicRange?)])
    func highDynamicRange(transfer: String?, kind: HighDynamicRange?) {
        #expect(ColorDescription(transfer: transfer).highDynamicRange == kind)
    }

    @Test("`ColorDescription.completed` takes each missing value from the other description")
    func completed() {
        let container = ColorDescription(primaries: "bt709", transfer: "bt709")
        let stream = ColorDescription(range: .full, primaries: "bt2020", matrix: "bt2020nc")
        #expect(
            container.completed(by: stream)
                == ColorDescription(range: .full, primaries: "bt709", transfer: "bt709", matrix: "bt2020nc"))
        #expect(container.completed(by: nil) == container)
    }

    @Test(
        "`MediaFacts.bitsPerSecond` is the size over the true length",
        arguments: [
            (.seconds(8), 1_000_000, 1_000_000), (.milliseconds(1500), 3, 16), (.zero, 1000, nil), (nil, 1000, nil),
            (.seconds(-1), 1000, nil), (.milliseconds(1), Int64.max, nil),
        ] as [(Duration?, Int64, Int64?)])
    func wholeRate(length: Duration?, bytes: Int64, bits: Int64?) {
        let facts = MediaFacts(
            container: ContainerFacts(family: .mp4, demuxer: "mov"), duration: length, bytes: bytes)
        #expect(facts.bitsPerSecond == bits)
    }
}
