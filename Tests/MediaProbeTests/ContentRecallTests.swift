import Foundation
import MediaFacts
import MediaProbe
import TestSupport
import Testing

import enum MediaFacts.Measurement

/// Measured content equals the truth, in clips whose content is known.
@Suite("Content, against the truth")
struct ContentRecallTests {
    /// Every clip at both depths.
    static let clipsAtBothDepths = ContentTruth.made.keys.sorted().flatMap { path in
        [Depth.standard, .full].map { (path, $0) }
    }

    @Test("The script makes at least 24 clips with known contents")
    func thereAreClips() { #expect(ContentTruth.made.count >= 24) }

    @Test(
        "Every black or frozen range of 1 s (2 s at standard depth) and silent range of 1 s is found, and no other",
        arguments: clipsAtBothDepths)
    func timeRanges(path: String, depth: Depth) throws {
        let clip = try #require(ContentTruth.made[path])
        let content = try Self.content(path, depth)
        let picture = try #require(content.picture)
        let isFull = depth == .full
        // At full depth 100 ms; else half a second, or a group of pictures at 25 a second if that is longer.
        let margin = isFull ? 100 : max(500, clip.gop * 40)
        let least: Int64 = isFull ? 1000 : 2000
        Self.compare(picture.black, clip.black, "black", margin, least)
        Self.compare(picture.frozen, clip.frozen, "frozen", margin, least)
        Self.compare(content.sound?.silent ?? [], clip.silent, "silent", 100, 1000)
        #expect(picture.damagedFrames == 0 && picture.shortfall == nil && content.sound?.shortfall == nil)
        if isFull { #expect(picture.framesExamined == picture.frames) }
    }

    /// Records an issue unless every range of `truth` of at least `least` ms is in `found`, to `margin` ms, and `found`
    /// has no range outside of `truth`.
    private static func compare(
        _ found: [TimeRange], _ truth: [[Int64]], _ kind: String, _ margin: Int64, _ least: Int64
    ) {
        func overlaps(_ range: TimeRange, _ expected: [Int64]) -> Bool {
            range.fromMilliseconds < expected[1] && range.toMilliseconds > expected[0]
        }
        for expected in truth where expected[1] - expected[0] >= least {
            let isFound = found.contains {
                overlaps($0, expected) && abs($0.fromMilliseconds - expected[0]) <= margin
                    && abs($0.toMilliseconds - expected[1]) <= margin
            }
            #expect(isFound, "\(kind) \(expected) in \(found)")
        }
        for range in found {
            #expect(truth.contains { overlaps(range, $0) }, "nothing is \(kind) at \(range)")
        }
    }

    @Test("The active picture of every clip equals the part inside its bars to 6 pixels", arguments: clipsAtBothDepths)
    func activePicture(path: String, depth: Depth) throws {
        let clip = try #require(ContentTruth.made[path])
        guard clip.activePictureIsUnclear != true else { return }
        let found = try #require(try Self.content(path, depth).picture).active
        // At standard depth a change of bars is found at the next keyframe.
        let margin: Int64 = depth == .full ? 1200 : max(1200, min(clip.gop * 40, 12_000))
        try #require(found.count == clip.activePicture.count, "\(found)")
        for (active, truth) in zip(found, clip.activePicture) {
            #expect(abs(active.when.fromMilliseconds - truth.fromMilliseconds) <= margin)
            for (one, other) in [
                (active.x, truth.x), (active.y, truth.y), (active.width, truth.width), (active.height, truth.height),
            ] {
                #expect(abs(one - other) <= 6, "\(active)")
            }
        }
    }

    @Test(
        "Stills are JPEG files in order of time, and every black range of 1 s or more has one",
        arguments: [Depth.standard, .full])
    func stills(depth: Depth) throws {
        let path = try #require(ContentTruth.made.keys.first { $0.hasSuffix("/bars-black-frozen.mp4") })
        let examined = try Self.examined(path, depth)
        #expect(examined.stills.count >= 4)
        #expect(examined.stills.allSatisfy { $0.jpeg.starts(with: [0xff, 0xd8, 0xff]) && $0.width == 320 })
        #expect(examined.stills.map(\.atMilliseconds) == examined.stills.map(\.atMilliseconds).sorted())
        for range in try #require(examined.facts.content?.picture).black where range.length >= .seconds(1) {
            let isShown = examined.stills.contains {
                (range.fromMilliseconds..<range.toMilliseconds).contains($0.atMilliseconds)
            }
            #expect(isShown, "\(range)")
        }
    }

    @Test("Content is measured only for picture or sound that the examination names, and only at a depth that decodes")
    func onlyWhenAsked() throws {
        let path = try #require(ContentTruth.made.keys.sorted().first)
        let probed = try #require(ProbedFile(path))
        let all = Set(Measurement.allCases)
        func content(_ examination: Examination) throws -> ContentFacts? {
            try InProcessProber.examine(probed.media, for: examination, limits: ProbeLimits()).facts.content
        }
        #expect(try content(Examination(all)) == nil)
        #expect(try content(Examination([.header, .packets], depth: .full)) == nil)
        let sound = try #require(try content(Examination([.header, .sound], depth: .standard)))
        #expect(sound.picture == nil && sound.sound != nil)
        let picture = try #require(try content(Examination([.header, .picture], depth: .standard)))
        #expect(picture.picture != nil && picture.sound == nil)
    }

    private static func content(_ path: String, _ depth: Depth) throws -> ContentFacts {
        try #require(try examined(path, depth).facts.content)
    }

    private static func examined(_ path: String, _ depth: Depth) throws -> ExaminedFile {
        let file = try #require(ProbedFile(path))
        return try InProcessProber.examine(
            file.media, for: Examination(Set(Measurement.allCases), depth: depth), limits: ProbeLimits())
    }
}
