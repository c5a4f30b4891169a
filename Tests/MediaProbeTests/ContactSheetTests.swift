import Foundation
import MediaFacts
import TestSupport
import Testing

import enum MediaFacts.Measurement

@testable import MediaProbe

/// The contact sheet shows twelve pictures evenly spread over the film, whatever the distance of its keyframes.
@Suite("The contact sheet")
struct ContactSheetTests {
    private static func stills(_ path: String, _ depth: Depth) throws -> ExaminedFile {
        let file = try #require(ProbedFile(path))
        return try InProcessProber.examine(
            file.media, for: Examination(Set(Measurement.allCases), depth: depth), limits: ProbeLimits())
    }

    private static func clip(seconds: Int, _ options: String...) throws -> MadeClip {
        try MadeClip(
            "sheet.mp4",
            ["-f", "lavfi", "-i", "testsrc2=s=320x180:r=25:d=\(seconds)", "-c:v", "libx264", "-preset", "veryfast"]
                + options + ["-sc_threshold", "0"])
    }

    @Test(
        "The contact sheet has one picture for every twelfth of the film at both depths",
        arguments: [(12, 60), (50, 60), (50, 12), (250, 60), (250, 31), (250, 125), (99_999, 60), (290, 40)])
    func everyTwelfth(gop: Int, seconds: Int) throws {
        let clip = try Self.clip(seconds: seconds, "-g", "\(gop)")
        for depth in [Depth.standard, .full] {
            let examined = try Self.stills(clip.path, depth)
            let step = Int64(seconds) * 1000 / 12
            #expect(examined.stills.count == 12, "\(depth) \(examined.stills.map(\.atMilliseconds))")
            // A part that begins long after a keyframe may have its picture up to half a part earlier.
            let parts = examined.stills.enumerated().allSatisfy { part, still in
                (step * Int64(part) - step / 2 - 40..<step * Int64(part + 1) + 200).contains(still.atMilliseconds)
            }
            #expect(parts, "\(depth) \(examined.stills.map(\.atMilliseconds))")
        }
    }

    @Test("The contact sheet of a film of five pictures shows these five")
    func fewFrames() throws {
        let clip = try MadeClip(
            "few.mp4", ["-f", "lavfi", "-i", "testsrc2=s=320x180:r=1:d=5", "-c:v", "libx264", "-g", "3"])
        for depth in [Depth.standard, .full] {
            let times = try Self.stills(clip.path, depth).stills.map(\.atMilliseconds)
            #expect(times == [0, 1000, 2000, 3000, 4000], "\(depth) \(times)")
        }
    }

    @Test("Pictures that are decoded only for the contact sheet change no measurement")
    func measurements() throws {
        let clip = try Self.clip(seconds: 60, "-g", "250")
        let picture = try #require(try Self.stills(clip.path, .standard).facts.content?.picture)
        #expect(picture.framesExamined == 6 && picture.combExamined == 1 && picture.damagedFrames == 0)
        #expect(picture.last?.at == .seconds(50))
    }

    @Test(
        "`ContactSheet.targets` stays within its budget by taking pictures up to half a part early, or fewer of them",
        arguments: [
            // A minute with a keyframe every ten seconds: six parts lack a picture.
            (60, 10, 60_000, [5000, 15_000, 25_000, 35_000, 45_000, 55_000]),
            (60, 10, 30_000, [5000, 15_000, 25_000, 35_000, 45_000, 55_000]),
            (60, 10, 29_999, [3750, 13_750, 23_750, 33_750, 43_750, 53_750]),
            (60, 10, 15_000, [2500, 12_500, 22_500, 32_500, 42_500, 52_500]),
            (60, 10, 10_000, [2500, 12_500, 22_500, 32_500]), (60, 10, 2499, []),
            // A keyframe in every part: nothing has to be decoded.
            (60, 2, 0, []),
            // Two pictures of one group share the decoding up to the first.
            (24, 8, 18_000, [2000, 4000, 6000, 10_000, 12_000, 14_000, 18_000, 20_000, 22_000]),
        ] as [(Int64, Int64, Int64, [Int64])])
    func budget(seconds: Int64, keyframes: Int64, budget: Int64, times: [Int64]) {
        let step = seconds * 1000 / 12
        let shown = stride(from: 0, to: seconds * 1000, by: Int(keyframes * 1000)).map { Int64($0) }
        let missing = (0..<12).filter { part in !shown.contains { $0 / step == Int64(part) } }
        let targets = ContactSheet.targets(
            missing.map { ($0, .milliseconds(step * Int64($0))) }, step: .milliseconds(step),
            keyframes: shown.map { .milliseconds($0) }, budget: .milliseconds(budget))
        #expect(targets.values.flatMap(\.self).map(\.time).sorted() == times.map { .milliseconds($0) })
        for (group, members) in targets {
            #expect(members.map(\.time) == members.map(\.time).sorted())
            #expect(members.allSatisfy { $0.group == group && $0.keyframe == .milliseconds(shown[group]) })
        }
    }

    @Test(
        "`ContactSheet.budget` is 8 % of a film's pictures or 1,446 pictures of 1080p, whichever is more",
        arguments: [
            (100_000, 1920 * 1080, 8000), (4500, 1920 * 1080, 1446), (1500, 1920 * 1080, 1446),
            (700, 1920 * 1080, 700), (9000, 320 * 180, 9000), (0, 0, 0), (-1, 0, 0),
        ])
    func budgetOfFrames(frames: Int, samples: Int, budget: Int) {
        #expect(ContactSheet.budget(frames: frames, samplesInFrame: samples) == budget)
    }
}
