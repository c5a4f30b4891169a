import Foundation
import MediaFacts
import MediaProbe
import TestSupport
import Testing

/// A file that was cut anywhere is never reported as complete.
struct CompletenessTests {
    /// A whole clip of every container whose structure promises an end.
    static let clips = [
        "short.mp4", "short.mov", "short.3gp", "short.avi", "short.mpg", "short.ts", "short.mkv", "short.webm",
        "short.wmv", "short.flv", "short.ogv", "short.mxf", "moov-first.mp4", "fragmented.mp4",
    ]

    @Test("a whole file has no damage", arguments: clips)
    func whole(clip: String) throws {
        let facts = try facts(ofFile: TestMedia.path(clip))
        #expect(facts.damage.isEmpty, "\(facts.damage)")
    }

    @Test("a cut file is truncated or unreadable, wherever the cut", arguments: clips)
    func cut(clip: String) throws {
        let folder = try TemporaryFolder()
        let whole = try Data(contentsOf: URL(filePath: TestMedia.path(clip)))
        var generator = SeededGenerator(seed: 7)
        let places =
            [1, 7, 100].map { whole.count - $0 }
            + (0..<12).map { _ in Int.random(in: 1..<whole.count, using: &generator) }
        for place in places where !Self.isHarmless(cutAt: place, of: clip, whole) {
            let path = try folder.write(whole.prefix(place), to: "cut")
            do {
                let facts = try facts(ofFile: path)
                #expect(!facts.damage.isEmpty, "cut at \(place) of \(whole.count)")
            } catch let error as ProbeError {
                #expect(error.fault == .file)
            }
        }
    }

    /// Cuts that leave everything that matters: an end mark alone, or whole packets of a stream that promises no end.
    private static func isHarmless(cutAt place: Int, of clip: String, _ whole: Data) -> Bool {
        switch clip {
        case "short.ts": place % 188 == 0
        // Behind the last sample of an mp4 whose index comes first there may be nothing that counts.
        case "fragmented.mp4": whole.count - place < 200
        default: false
        }
    }

    private func facts(ofFile path: String) throws -> MediaFacts {
        let file = try #require(ProbedFile(path))
        return try InProcessProber().readFacts(of: file.media, measuring: [.header, .packets])
    }
}

extension MediaFacts {
    /// Problems that mean missing data.
    fileprivate var damage: [String] {
        let fatal: Set<IntegrityProblem.Code> = [
            .truncated, .noVideoPackets, .corruptPackets, .unreadableTail, .missingPackets,
        ]
        return integrity.problems.map(\.code).filter(fatal.contains).map(\.rawValue)
    }
}
