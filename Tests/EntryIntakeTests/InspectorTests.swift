import ContestRules
import EntryIntake
import Foundation
import MediaFacts
import TestSupport
import Testing

import enum MediaFacts.Measurement

@Suite("The inspector", .timeLimit(.minutes(5)))
struct InspectorTests {
    private static let abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    private let folder: TemporaryFolder
    private let file: OpenMediaFile

    init() throws {
        folder = try TemporaryFolder()
        file = try folder.opened(Array("abc".utf8))
    }

    @Test("`Inspector.report` has the facts, the findings, the contest and the versions")
    func facts() async throws {
        let contest = try Contest.sample(revision: 3)
        let report = try await inspector(ProbeDouble()).report(on: file, named: "作品.mp4", contest: contest)
        #expect(report.verdict == .compliant)
        #expect(report.facts == .sample())
        #expect(report.findings.map(\.rule) == ["readable", "has-video", "has-audio"])
        #expect(report.checklist.map(\.rule) == ["originality"])
        #expect(report.media == MediaReference(filename: "作品.mp4", bytes: 3, sha256: Self.abc))
        #expect(report.contest.id == "sample")
        #expect(report.contest.revision == 3)
        #expect(report.contest.digest == contest.digest)
        #expect(report.createdAt == "2026-11-21T09:00:00+08:00")
        #expect(report.tool == ToolVersions(clipcheck: Release.version, ffmpeg: ["libavformat": "1.2.3"]))
    }

    @Test(
        "`Inspector.closerLooks` is half the number of probes at once, and at least 1",
        arguments: [
            (1, 1), (2, 1), (3, 1), (4, 2), (7, 3), (64, 32),
        ])
    func closerLooks(running: Int, looks: Int) {
        #expect(Inspector.closerLooks(beside: running) == looks)
        #expect(Inspector(prober: ProbeDouble(), running: running, waiting: 0).closerLooks == looks)
    }

    @Test(
        "`Inspector` computes no SHA-256 of a file over 64 GiB",
        .timeLimit(.minutes(1)))
    func hugeFile() async throws {
        let path = try folder.write([], to: "huge.mp4")
        try #require(truncate(path, off_t(64) << 30 + 1) == 0)
        let huge = try OpenMediaFile(path: path)
        let report = try await inspector(ProbeDouble()).report(on: huge, named: nil, contest: .sample())
        #expect(report.media.sha256 == nil)
        #expect(report.media.bytes == 64 << 30 + 1)
    }

    @Test("`Inspector` gives every report a new lowercase UUID as its id")
    func ids() async throws {
        let (inspector, contest) = (inspector(ProbeDouble()), try Contest.sample())
        var ids: Set<String> = []
        for _ in 0..<20 { ids.insert(try await inspector.report(on: file, named: nil, contest: contest).id) }
        #expect(ids.count == 20)
        #expect(ids.allSatisfy { UUID(uuidString: $0) != nil && $0 == $0.lowercased() })
    }

    @Test("`Inspector` returns a report on a video that breaks a rule, and throws no error")
    func rejected() async throws {
        let prober = ProbeDouble(.facts(.sample(hasVideo: false)))
        let report = try await inspector(prober).report(on: file, named: nil, contest: try .sample())
        #expect(report.verdict == .nonCompliant)
        #expect(report.media.filename == nil)
    }

    @Test(
        "The rule `readable` fails for a fault of the file, and is undetermined for lack of time or memory",
        arguments: [
            (ProbeError.Code.empty, Finding.Outcome.fail, Verdict.nonCompliant), (.notMedia, .fail, .nonCompliant),
            (.damaged, .fail, .nonCompliant), (.excessive, .fail, .nonCompliant),
            (.timedOut, .undetermined, .needsReview), (.outOfMemory, .undetermined, .needsReview),
        ])
    func unread(code: ProbeError.Code, readable: Finding.Outcome, verdict: Verdict) async throws {
        let report = try await inspector(ProbeDouble(.error(code))).report(on: file, named: nil, contest: try .sample())
        #expect(report.findings.first { $0.rule == "readable" }?.outcome == readable)
        #expect(report.findings.first { $0.rule == "has-video" }?.outcome == .undetermined)
        #expect(report.verdict == verdict)
        #expect(report.facts == nil)
        #expect(report.media.sha256 == Self.abc)
        #expect(report.checklist.map(\.rule) == ["originality"])
    }

    @Test(
        "`Inspector` throws an error for a fault of the machine or the caller",
        arguments: [
            (ProbeError.Code.cancelled, IntakeError.Code.cancelled), (.inputOutput, .storageFailed),
            (.noWorker, .noWorker),
        ])
    func environment(code: ProbeError.Code, expected: IntakeError.Code) async throws {
        let inspector = inspector(ProbeDouble(.error(code)))
        let error = await #expect(throws: IntakeError.self) {
            try await inspector.report(on: file, named: nil, contest: try .sample())
        }
        #expect(error?.code == expected)
        if code != .cancelled { #expect(error?.message == ProbeError.sample(code).message) }
    }

    @Test("`Inspector` throws only the prober's faults of the environment", arguments: ProbeError.Code.allCases)
    func everyCode(code: ProbeError.Code) async throws {
        let inspector = inspector(ProbeDouble(.error(code)))
        let report = try? await inspector.report(on: file, named: nil, contest: try .sample())
        #expect((report == nil) == (ProbeError.sample(code).fault == .environment))
        #expect(report?.verdict != .compliant)
    }

    @Test(
        "`Inspector` computes the SHA-256, uses a known one, or leaves it out, as `Digest` says",
        arguments: [
            (Inspector.Digest.computed, Self.abc as String?), (.known("0123"), "0123"), (.omitted, nil),
        ])
    func digest(digest: Inspector.Digest, expected: String?) async throws {
        let report = try await inspector(ProbeDouble())
            .report(on: file, named: nil, contest: try .sample(), digest: digest)
        #expect(report.media.sha256 == expected)
        #expect(report.media.bytes == 3)
    }

    @Test("`Inspector` reads the opened file, even if its name leads to another file now")
    func sameBytes() async throws {
        try FileManager.default.removeItem(atPath: folder.path("clip.mp4"))
        try folder.write(Array("another".utf8), to: "clip.mp4")
        let prober = ProbeDouble()
        let report = try await inspector(prober).report(on: file, named: nil, contest: try .sample())
        #expect(prober.questions.map(\.bytes) == [Array("abc".utf8)])
        #expect(report.media.sha256 == Self.abc)
        #expect(report.media.bytes == 3)
    }

    @Test(
        "`Inspector` asks the prober only for the measurements that the rules need",
        arguments: [
            ([], [Measurement.header]), (["originality"], [.header]), (["readable"], [.header]),
            (["readable", "has-video"], [.header, .packets]),
        ] as [([String], [Measurement])])
    func measurements(rules: [String], expected: [Measurement]) async throws {
        let prober = ProbeDouble()
        let sample = try Contest.sample()
        let contest = sample.with(rules: sample.rules.filter { rules.contains($0.id) })
        _ = try await inspector(prober).report(on: file, named: nil, contest: contest)
        #expect(prober.questions.map(\.measurements) == [Set(expected)])
    }

    @Test("`Inspector.facts` measures everything and passes on every error", arguments: ProbeError.Code.allCases)
    func factsAlone(code: ProbeError.Code) async throws {
        let prober = ProbeDouble()
        #expect(try await inspector(prober).facts(of: file) == .sample())
        #expect(prober.questions.map(\.measurements) == [Set(Measurement.allCases)])
        await #expect(throws: ProbeError.sample(code)) {
            try await inspector(ProbeDouble(.error(code))).facts(of: file)
        }
    }

    @Test("`Inspector` throws `.queueFull` when its places are taken, and reuses a place that is free again")
    func queueFull() async throws {
        let prober = ProbeDouble(.untilCancelled)
        let inspector = Inspector(prober: prober, running: 1, waiting: 0, clock: .stopped)
        let contest = try Contest.sample()
        let first = Task { [file] in try await inspector.report(on: file, named: nil, contest: contest) }
        #expect(await eventually { prober.questions.count == 1 })
        await #expect(throws: IntakeError.queueFull) {
            try await inspector.report(on: file, named: nil, contest: contest)
        }
        first.cancel()
        await #expect(throws: IntakeError.cancelled) { try await first.soon() }
        let again = Task { [file] in try await inspector.report(on: file, named: nil, contest: contest) }
        #expect(await eventually { prober.questions.count == 2 }, "the place is free again")
        again.cancel()
        await #expect(throws: IntakeError.cancelled) { try await again.soon() }
    }

    private func inspector(_ prober: ProbeDouble) -> Inspector {
        Inspector(prober: prober, running: 2, waiting: 10, clock: .stopped)
    }
}
