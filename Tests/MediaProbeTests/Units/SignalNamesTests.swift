import MediaFacts
import Testing

@testable import MediaProbe

/// Levels and colour samplings by libav's numbers and names.
@Suite("Names of levels and samplings")
struct SignalNamesTests {
    @Test(
        "`SampleLayout` knows colour sampling and depth of a pixel format",
        arguments: [
            ("yuv420p", "4:2:0", 8), ("yuvj420p", "4:2:0", 8), ("nv12", "4:2:0", 8), ("yuv420p10le", "4:2:0", 10),
            ("yuv422p10le", "4:2:2", 10), ("yuvj422p", "4:2:2", 8), ("yuv444p12le", "4:4:4", 12),
            ("yuv411p", "4:1:1", 8), ("yuv410p", "4:1:0", 8), ("yuv440p", "4:4:0", 8), ("yuva444p10le", "4:4:4", 10),
            ("gray", "4:0:0", 8), ("gray10le", "4:0:0", 10), ("ya8", "4:0:0", 8), ("rgb24", "4:4:4", 8),
            ("gbrp10le", "4:4:4", 10), ("rgb48le", "4:4:4", 16), ("pal8", "4:4:4", 8), ("xyz12le", "4:4:4", 12),
            ("bayer_bggr8", nil, nil), ("vaapi", nil, nil),
        ] as [(String, String?, Int?)])
    func samples(format: String, chroma: String?, bitDepth: Int?) throws {
        let layout = try #require(SampleLayout(ofPixelFormat: format))
        #expect(layout.chroma == chroma)
        #expect(layout.bitDepth == bitDepth)
    }

    @Test("`SampleLayout` is nil for a name that libav does not know")
    func unknownFormat() {
        #expect(SampleLayout(ofPixelFormat: "yuv999") == nil)
        #expect(SampleLayout(ofPixelFormat: "") == nil)
    }
}
