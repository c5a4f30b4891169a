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
        "Each picture is counted once, however many passes decode it", arguments: [Depth.standard, .full],
        ["damaged-frames.mp4", "frozen-12s.mp4", "black-12s.mp4", "cover-and-video.mp4", "b-frames.mp4"])
    func frames(depth: Depth, clip: String) throws {
        let picture = try Self.picture(clip, depth)
        #expect(picture.framesExamined <= picture.frames)
        if depth == .full { #expect(picture.framesExamined == picture.frames) }
    }

    @Test("Each damaged picture is counted once, with its time, at either depth")
    func damage() throws {
        for depth in [Depth.standard, .full] {
            let picture = try Self.picture("damaged-frames.mp4", depth)
            #expect(picture.damagedFrames == 9)
            // The clip has one picture a second and a keyframe every 20 s; only the first keyframe is whole.
            #expect(
                picture.damage
                    == (1...9).map { TimeRange(fromMilliseconds: $0 * 20_000, toMilliseconds: $0 * 20_000 + 1000) })
        }
    }

    @Test("A cover picture is not counted as a picture of the film", arguments: [Depth.standard, .full])
    func cover(depth: Depth) throws {
        let picture = try Self.picture("cover-and-video.mp4", depth)
        #expect(picture.damagedFrames == 0)
        #expect(picture.shortfall == nil)
    }
}
