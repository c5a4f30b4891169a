import Foundation
import MediaFacts
import Synchronization
import TestSupport
import Testing

import enum MediaFacts.Measurement

@testable import MediaProbe

/// Reports of the progress of decoding.
@Suite("Progress of a look")
struct ProgressTests {
    private static let start = ContinuousClock.now

    /// The progress that is reported for `steps`. Each step is a time after the start, and a time of the video that was
    /// reached, both in milliseconds; nil begins the next pass.
    private static func reported(_ steps: [(Int, Int64)?], length: Int64? = 10_000, passes: Int = 1) -> [Int64] {
        let reported = Mutex<[Int64]>([])
        let teller = ProgressTeller(
            { progress in reported.withLock { $0.append(progress.decoded.wholeMilliseconds) } },
            length: length.map { .milliseconds($0) }, passes: passes, now: start)
        for step in steps {
            guard let step else {
                teller.beginPass()
                continue
            }
            teller.reached(.milliseconds(step.1), now: start + .milliseconds(step.0))
        }
        return reported.withLock { $0 }
    }

    @Test(
        "`ProgressTeller` reports at most four times a second and never backwards",
        arguments: [
            ([(249, 100)], 1, []), ([(250, 100), (499, 200), (500, 300)], 1, [100, 300]),
            ([(250, 500), (500, 400), (501, 600)], 1, [500, 600]), ([(250, -5), (500, 20_000)], 1, [10_000]),
            // In two passes over the video, each time counts by half.
            ([(250, 5000), (500, 10_000), nil, (750, 5000), (1000, 10_000)], 2, [2500, 5000, 7500, 10_000]),
            ([(250, 5000), nil, nil, (750, 5000)], 2, [2500, 7500]),
        ] as [([(Int, Int64)?], Int, [Int64])])
    func pace(steps: [(Int, Int64)?], passes: Int, expected: [Int64]) {
        #expect(Self.reported(steps, passes: passes) == expected)
    }

    @Test("`ProgressTeller` reports nothing of a film without a length", arguments: [nil, 0, -1] as [Int64?])
    func noLength(length: Int64?) { #expect(Self.reported([(1000, 100)], length: length).isEmpty) }

    @Test(
        "Decoding reports progress that only rises and stays within the film's length, and depth `.quick` reports none",
        arguments: Depth.allCases)
    func look(depth: Depth) throws {
        let clip = try MadeClip(
            "long.mp4",
            ["-f", "lavfi", "-i", "testsrc2=s=640x360:r=25:d=40", "-c:v", "libx264", "-preset", "ultrafast", "-g", "5"])
        let file = try #require(ProbedFile(clip.path))
        let reported = Mutex<[ExaminationProgress]>([])
        let begun = ContinuousClock.now
        _ = try InProcessProber.examine(
            file.media, for: Examination(Set(Measurement.allCases), depth: depth), limits: ProbeLimits()
        ) { progress in reported.withLock { $0.append(progress) } }
        let taken = ContinuousClock.now - begun
        let all = reported.withLock { $0 }
        #expect(all.isEmpty == (depth == .quick) || taken < .milliseconds(300), "\(taken)")
        #expect(Double(all.count) <= taken / .milliseconds(250))
        #expect(zip(all, all.dropFirst()).allSatisfy { $0.decoded < $1.decoded })
        #expect(all.allSatisfy { $0.length == .seconds(40) && (.zero...$0.length).contains($0.decoded) })
    }
}
