import Foundation
import MediaFacts
import MediaProbe
import TestSupport
import Testing

import enum MediaFacts.Measurement

@testable import ProbeWorker

/// A worker measures the same content as a prober in the test's process.
@Suite("Content through a worker", .timeLimit(.minutes(10)))
struct ContentThroughWorkerTests {
    @Test(
        "A worker measures content with the thresholds of the examination, and equals a prober in this process",
        arguments: [
            ContentThresholds.usual, ContentThresholds(blackDarknessPercent: 20),
            ContentThresholds(
                blackDarknessPercent: 1, blackAreaPercent: 50.5, freezeMovementPercent: 3.3, silenceDBFS: -20.1,
                barDarknessPercent: 24.99),
        ])
    func thresholds(thresholds: ContentThresholds) async throws {
        let file = try #require(ProbedFile(TestMedia.path("作品.mp4")))
        let examination = Examination(Set(Measurement.allCases), depth: .standard, thresholds: thresholds)
        let worker = try ProbeWorker.built()
        let examined = try await worker.examine(file.media, for: examination)
        #expect(examined.facts.content?.thresholds == thresholds)
        let own = try InProcessProber.examine(file.media, for: examination, limits: ProbeLimits())
        #expect(examined == own)
    }

    @Test("`WorkerReply` refuses content whose thresholds are outside their ranges as garbled")
    func implausible() {
        var facts = MediaFacts.sample()
        let file = MediaFile(descriptor: -1, bytes: facts.bytes)
        for (thresholds, isBelieved) in [
            (ContentThresholds(silenceDBFS: -20), true), (ContentThresholds(silenceDBFS: -19), false),
            (ContentThresholds(barDarknessPercent: 1e300), false),
        ] {
            facts.content = ContentFacts(depth: .standard, thresholds: thresholds)
            let result = WorkerReply.result(WorkerReply.data(.success(ExaminedFile(facts))), of: file)
            #expect(result == (isBelieved ? .success(ExaminedFile(facts)) : .failure(.garbled)))
        }
    }
}
