import MediaFacts
import TestSupport
import Testing

@testable import Reporting

@Suite("FactsLine")
struct FactsLineTests {
    private static let wide = PictureOrientation(clockwiseDegrees: 90)

    @Test(
        "`FactsLine` gives length, picture, codecs, frame rate and size, and leaves out unknown facts",
        arguments: [
            (MediaFacts.sample(), "2:30.000 · 1920×1080 (16:9) · mp4 h264+aac · 25 fps · 12 MB"),
            (.sample(hasAudio: false), "2:30.000 · 1920×1080 (16:9) · mp4 h264 · 25 fps · 12 MB"),
            (.sample(hasVideo: false, frameRate: nil), "2:30.000 · mp4 aac · 12 MB"),
            (.sample(duration: nil, bytes: 999), "1920×1080 (16:9) · mp4 h264+aac · 25 fps · 999 B"),
            (
                .sample(duration: .milliseconds(3_723_004), orientation: wide, frameRate: Ratio(30_000, 1001)),
                "62:03.004 · 1080×1920 (9:16) · mp4 h264+aac · 29.97 fps · 12 MB"
            ),
            (
                .sample(family: .mpegPS, duration: .milliseconds(40), width: 100, height: 30, frameRate: nil),
                "0:00.040 · 100×30 (10:3) · mpeg-ps h264+aac · 12 MB"
            ),
            (.sample(duration: .zero, hasVideo: false, hasAudio: false), "0:00.000 · mp4 · 12 MB"),
        ])
    func line(facts: MediaFacts, expected: String) {
        #expect(FactsLine.text(facts) == expected)
    }
}
