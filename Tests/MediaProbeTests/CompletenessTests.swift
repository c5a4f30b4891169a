import Foundation
import MediaFacts
import MediaProbe
import TestSupport
import Testing

/// Files that were cut at any byte are never reported as complete.
@Suite("Completeness")
struct CompletenessTests {
    /// A whole clip of every container family whose structure states an end.
    static let clips = [
        "short.mp4", "short.mov", "short.3gp", "short.avi", "short.mpg", "short.ts", "short.mkv", "short.webm",
        "short.wmv", "short.flv", "short.ogv", "short.mxf", "moov-first.mp4", "fragmented.mp4",
    ]

    @Test("A whole file of each container has no damage, and its end is reached", arguments: clips)
    func whole(clip: String) throws {
        let facts = try facts(ofFile: TestMedia.path(clip))
        #expect(facts.damage.isEmpty, "\(facts.damage)")
        #expect(facts.integrity.end == .reached, "\(clip)")
    }

    @Test("Bytes behind the end of a whole file are not reported as damage", arguments: clips)
    func trailing(clip: String) throws {
        let folder = try TemporaryFolder()
        let whole = try Data(contentsOf: URL(filePath: TestMedia.path(clip)))
        var generator = SeededGenerator(seed: 11)
        for length in [1, 7, 8, 100, 4096, 65_536] {
            let random = Data((0..<length).map { _ in UInt8.random(in: 0...255, using: &generator) })
            for tail in [Data(repeating: 0, count: length), Data(repeating: 0xff, count: length), random] {
                let facts = try facts(ofFile: folder.write(whole + tail, to: "longer"))
                #expect(facts.damage.isEmpty, "\(length) bytes: \(facts.damage)")
                #expect(facts.integrity.end != .missing, "\(length) bytes")
            }
        }
    }

    @Test("A file that is cut at any byte is reported as damaged, unreadable, or of unknown end", arguments: clips)
    func cut(clip: String) throws {
        let folder = try TemporaryFolder()
        let whole = try Data(contentsOf: URL(filePath: TestMedia.path(clip)))
        var generator = SeededGenerator(seed: 7)
        let places =
            [1, 7, 100].map { whole.count - $0 }
            + (0..<25).map { _ in Int.random(in: 1..<whole.count, using: &generator) }
        for place in places where !Self.isHarmless(cutAt: place, of: clip, whole) {
            let path = try folder.write(whole.prefix(place), to: "cut")
            do {
                let facts = try facts(ofFile: path)
                #expect(
                    !facts.damage.isEmpty || facts.integrity.end != .reached, "cut at \(place) of \(whole.count)")
            } catch let error as ProbeError {
                #expect(error.fault == .file)
            }
        }
    }

    /// Whether no data that matters is lost by the cut, so that the file looks whole.
    private static func isHarmless(cutAt place: Int, of clip: String, _ whole: Data) -> Bool {
        switch clip {
        case "short.ts": place % 188 == 0
        // The last tag's back pointer holds no sound or picture.
        case "short.flv": whole.count - place <= 4
        // The fragment index at the end holds no sound or picture.
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
    /// Codes of the problems that mean missing data.
    fileprivate var damage: [String] {
        let fatal: Set<IntegrityProblem.Code> = [
            .truncated, .noVideoPackets, .corruptPackets, .unreadableTail, .missingPackets,
        ]
        return integrity.problems.map(\.code).filter(fatal.contains).map(\.rawValue)
    }
}
