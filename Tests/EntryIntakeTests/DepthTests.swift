import ContestRules
import EntryIntake
import Foundation
import MediaFacts
import Synchronization
import TestSupport
import Testing

/// A prober that crashes when an examination needs decoding.
private final class FragileProber: MediaProbing {
    let libraryVersions: [String: String] = [:]
    private let asked = Mutex<[Examination]>([])

    var depths: [Depth] { asked.withLock { $0.map(\.depth) } }
    var thresholds: [ContentThresholds] { asked.withLock { $0.map(\.thresholds) } }

    func examine(_ file: MediaFile, for examination: Examination) async throws(ProbeError) -> ExaminedFile {
        asked.withLock { $0.append(examination) }
        guard examination.depth == .quick else { throw .sample(.crashed) }
        return ExaminedFile(.sample())
    }
}

/// A prober that reports half of the file as decoded.
private struct TellingProber: MediaProbing {
    let libraryVersions: [String: String] = [:]

    func examine(_ file: MediaFile, for examination: Examination) async throws(ProbeError) -> ExaminedFile {
        ExaminedFile(.sample())
    }

    func examine(
        _ file: MediaFile, for examination: Examination, progress: ExaminationProgress.Handler?
    ) async throws(ProbeError) -> ExaminedFile {
        progress?(ExaminationProgress(decoded: .milliseconds(75_000), length: .milliseconds(150_000)))
        return ExaminedFile(.sample())
    }
}

@Suite("Depth of examination", .timeLimit(.minutes(5)))
struct DepthTests {
    private let folder: TemporaryFolder
    private let file: OpenMediaFile

    init() throws {
        folder = try TemporaryFolder()
        file = try folder.opened(Array("abc".utf8))
    }

    private static let rules = """
        schema: clipcheck.contest/1
        id: sample
        revision: 1
        name: {zh: 示例, en: Sample}
        source: {document: 示例通知, issued: 2024-02-27}
        rules:
          - {id: readable, kind: readable, level: required, clause: 文件能够打开}
          - {id: has-video, kind: has-video, level: required, clause: 文件中有视频画面}
          - {id: black, kind: black, level: required, clause: 无长时间黑屏, longest: 10s}
          - {id: decodable, kind: decodable, level: required, clause: 能够播放DEPTH}
        """

    private static func contest(_ depth: String = "") throws -> Contest {
        try ContestFile.load(rules.replacing("DEPTH", with: depth), file: "sample.yaml")
    }

    @Test("`Inspector` examines at the depth that the rules need, unless the caller gives another depth")
    func depth() async throws {
        for (contest, asked, used) in [
            (try Contest.sample(), nil, Depth.quick), (try Self.contest(), nil, .standard),
            (try Self.contest(", depth: full"), nil, .full), (try Self.contest(), .quick, .quick),
            (try Self.contest(), .full, .full),
        ] as [(Contest, Depth?, Depth)] {
            let prober = FragileProber()
            let inspector = Inspector(prober: prober, running: 1, waiting: 1)
            _ = try await inspector.inspect(file, named: nil, contest: contest, depth: asked)
            #expect(prober.depths.first == used)
        }
    }

    @Test("`Inspector` judges header and packets when decoding crashes, and leaves the rest undetermined")
    func crash() async throws {
        let prober = FragileProber()
        let inspector = Inspector(prober: prober, running: 1, waiting: 1)
        let report = try await inspector.report(on: file, named: nil, contest: try Self.contest())
        #expect(prober.depths == [.standard, .quick])
        #expect(report.findings.map(\.outcome) == [.pass, .pass, .undetermined, .undetermined])
        #expect(report.findings.suffix(2).allSatisfy { $0.reason == "crashed" })
        #expect(report.verdict == .needsReview)
    }

    @Test("`FileCheck` with `keepsStills` reuses the stills of an earlier run, or checks again if none were kept")
    func rememberedPictures() async throws {
        let (prober, memory) = (DecodingDouble(), MemoryDouble())
        let inspector = Inspector(prober: prober, running: 1, waiting: 1)
        var seen: [(pictures: Int, isUnchanged: Bool)] = []
        for keepsStills in [false, false, true, true] {
            let check = FileCheck(
                contest: try .content(), inspector: inspector, memory: memory, keepsStills: keepsStills)
            let result = try await check.report(on: file, at: Array("a".utf8), named: "a")
            seen.append((result.stills.count, result.isUnchanged))
        }
        #expect(seen.map(\.isUnchanged) == [false, true, false, true])
        #expect(seen.map(\.pictures) == [1, 0, 1, 1])
    }

    @Test("`Inspector` uses the thresholds of the rules, even in the report after a crash of the decoder")
    func thresholds() async throws {
        let text = Self.rules.replacing("DEPTH", with: "").replacing(
            "longest: 10s", with: "longest: 10s, darkness: 15%")
        let contest = try ContestFile.load(text, file: "sample.yaml")
        let prober = FragileProber()
        let report = try await Inspector(prober: prober, running: 1, waiting: 1).report(
            on: file, named: nil, contest: contest)
        #expect(prober.thresholds.first == ContentThresholds(blackDarknessPercent: 15))
        #expect(report.facts?.content?.thresholds == ContentThresholds(blackDarknessPercent: 15))
        #expect(report.findings.suffix(2).allSatisfy { $0.reason == "crashed" })
    }

    @Test("`Inspector` and `FileCheck` pass on the progress of a prober that reports it")
    func progress() async throws {
        for (prober, expected) in [(TellingProber(), [75_000]), (ProbeDouble(), [])]
            as [(any MediaProbing, [Int64])]
        {
            let told = Mutex<[Int64]>([])
            let inspector = Inspector(prober: prober, running: 1, waiting: 1)
            let check = FileCheck(contest: try Self.contest(), inspector: inspector)
            let handler: ExaminationProgress.Handler = { progress in
                told.withLock { $0.append(progress.decoded.wholeMilliseconds) }
            }
            _ = try await inspector.inspect(file, named: nil, contest: try Self.contest(), progress: handler)
            #expect(told.withLock { $0 } == expected)
            _ = try await check.report(on: file, at: Array("a".utf8), named: "a", progress: handler)
            #expect(told.withLock { $0 } == expected + expected)
            _ = try await inspector.inspect(file, named: nil, contest: try Self.contest())
        }
    }

    @Test("`FileCheck` does not remember a report after a crash of the decoder")
    func notRemembered() async throws {
        let (prober, memory) = (FragileProber(), MemoryDouble())
        let check = FileCheck(
            contest: try Self.contest(), inspector: Inspector(prober: prober, running: 1, waiting: 1), memory: memory)
        for _ in 0..<2 {
            #expect(try await !check.report(on: file, at: Array("a".utf8), named: "a").isUnchanged)
        }
        #expect(prober.depths == [.standard, .quick, .standard, .quick])
    }
}
