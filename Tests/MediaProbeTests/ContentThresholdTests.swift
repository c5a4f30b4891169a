import Foundation
import MediaFacts
import MediaProbe
import TestSupport
import Testing

import enum MediaFacts.Measurement

/// The detectors use the thresholds of the examination.
@Suite("Content by other thresholds")
struct ContentThresholdTests {
    /// A clip of four seconds each: moving picture; grey at 12 % of the range from black to white; black with a white
    /// box of 5 % of the area; noise on grey. Then 8 s of a moving picture between bars at 3 to 9 %. The sound is a
    /// tone, at −52 dBFS from 6 s to 10 s.
    private static let clip = Result { () throws in
        let between = { (first: Int, last: Int) in "enable='between(n,\(first),\(last))'" }
        let filters = [
            "testsrc2=s=320x180:r=25:d=24,format=yuv420p", "drawbox=c=0x1f1f1f:t=fill:\(between(100, 199))",
            "drawbox=c=black:t=fill:\(between(200, 299))",
            "drawbox=x=40:y=40:w=72:h=40:c=white:t=fill:\(between(200, 299))",
            "drawbox=c=gray:t=fill:\(between(300, 399))", "noise=c0s=12:c0f=t:\(between(300, 399))",
            "drawbox=y=0:h=30:c=0x161616:t=fill:\(between(400, 599))",
            "drawbox=y=150:h=30:c=0x161616:t=fill:\(between(400, 599))",
        ]
        return try MadeClip(
            "thresholds.mkv",
            [
                "-f", "lavfi", "-i", filters.joined(separator: ","), "-f", "lavfi", "-i",
                "sine=d=24,volume=0.02:enable='between(t,6,10)'", "-c:v", "libx264", "-g", "25", "-crf", "12", "-c:a",
                "pcm_s16le",
            ])
    }

    struct Case: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var thresholds = ContentThresholds.usual
        var black: [ClosedRange<Int64>] = []
        var frozen: [ClosedRange<Int64>] = [4000...8000, 8000...12_000]
        var silent: [ClosedRange<Int64>] = []
        var barHeights: Set<Int> = []
    }

    private static let cases = [
        Case(testDescription: "usual"),
        Case(
            testDescription: "black at 15 %", thresholds: ContentThresholds(blackDarknessPercent: 15),
            black: [4000...8000], frozen: [8000...12_000]),
        Case(
            testDescription: "black in 85 %", thresholds: ContentThresholds(blackAreaPercent: 85),
            black: [8000...12_000], frozen: [4000...8000]),
        Case(
            testDescription: "still up to 4 %", thresholds: ContentThresholds(freezeMovementPercent: 4),
            frozen: [4000...8000, 8000...12_000, 12_000...16_000]),
        Case(
            testDescription: "silent below −45", thresholds: ContentThresholds(silenceDBFS: -45),
            silent: [6000...10_000]),
        Case(
            testDescription: "bars up to 10 %", thresholds: ContentThresholds(barDarknessPercent: 10), barHeights: [120]
        ),
    ]

    @Test(
        "A threshold other than the default changes which black, frozen and silent ranges and bars are found",
        arguments: cases, [Depth.standard, .full])
    func found(expected: Case, depth: Depth) throws {
        let file = try #require(ProbedFile(try Self.clip.get().path))
        let examination = Examination(
            Set(Measurement.allCases), depth: depth, thresholds: expected.thresholds)
        let examined = try InProcessProber.examine(file.media, for: examination, limits: ProbeLimits())
        let content = try #require(examined.facts.content)
        #expect(content.thresholds == expected.thresholds)
        let picture = try #require(content.picture)
        Self.compare(picture.black, expected.black, "black")
        Self.compare(picture.frozen, expected.frozen, "frozen")
        Self.compare(content.sound?.silent ?? [], expected.silent, "silent")
        let heights = picture.active.filter { $0.when.fromMilliseconds >= 14_000 }.map(\.height)
        #expect(Set(heights).subtracting([180]) == expected.barHeights, "\(picture.active)")
    }

    private static func compare(_ found: [TimeRange], _ truth: [ClosedRange<Int64>], _ kind: String) {
        guard found.count == truth.count else {
            Issue.record("\(kind): \(found)")
            return
        }
        for (range, expected) in zip(found, truth) {
            #expect(abs(range.fromMilliseconds - expected.lowerBound) <= 100, "\(kind) \(range)")
            #expect(abs(range.toMilliseconds - expected.upperBound) <= 100, "\(kind) \(range)")
        }
    }
}
