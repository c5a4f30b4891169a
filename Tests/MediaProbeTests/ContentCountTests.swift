import MediaFacts
import MediaProbe
import TestSupport
import Testing

import enum MediaFacts.Measurement

@Suite("What is counted of picture and sound")
struct ContentCountTests {
    private static func picture(_ clip: String, _ depth: Depth) throws -> PictureContent {
        let file = try #require(ProbedFile(TestMedia.path(clip)))
        let examined = try InProcessProber.examine(
            file.media, for: Examination(Set(Measurement.allCases), depth: depth), limits: ProbeLimits())
        return try #require(examined.facts.content?.picture)
    }

    @Test(
        "is no frame twice, however often the file is gone over", arguments: [Depth.standard, .full],
        ["damaged-frames.mp4", "frozen-12s.mp4", "black-12s.mp4", "cover-and-video.mp4", "b-frames.mp4"])
    func frames(depth: Depth, clip: String) throws {
        let picture = try Self.picture(clip, depth)
        #expect(picture.framesExamined <= picture.frames)
        if depth == .full { #expect(picture.framesExamined == picture.frames) }
    }

    @Test("is each damaged frame once, at either depth")
    func damage() throws {
        #expect(try Self.picture("damaged-frames.mp4", .full).damagedFrames == 9)
        #expect(try Self.picture("damaged-frames.mp4", .standard).damagedFrames == 9)
    }

    @Test("is no cover picture: it is not a frame of the video", arguments: [Depth.standard, .full])
    func cover(depth: Depth) throws {
        let picture = try Self.picture("cover-and-video.mp4", depth)
        #expect(picture.damagedFrames == 0)
        #expect(picture.shortfall == nil)
    }
}
