import Foundation
import MediaFacts
import TestSupport
import Testing

@testable import ProbeWorker

/// The parent kills a worker in time whose small file makes the demuxer allocate gigabytes.
@Suite("Memory bombs", .serialized, .timeLimit(.minutes(5)))
struct MemoryTests {
    private static let limits: [Int64] = [256 << 20, 512 << 20]

    private static func limits(_ bytes: Int64) -> WorkerLimits {
        WorkerLimits(wallTime: .seconds(30), residentBytes: bytes)
    }

    /// The result of a reading as text; every error without a verdict on the file is `undetermined`.
    private static func verdict(_ outcome: Result<MediaFacts, ProbeError>) -> String {
        switch outcome {
        case .success(let facts): "facts \(facts.integrity.problems.map(\.code.rawValue))"
        case .failure(let error) where error.fault == .undetermined: "undetermined"
        case .failure(let error): error.code.rawValue
        }
    }

    @Test(
        "A worker that reads a bomb is killed soon after it exceeds its memory limit",
        arguments: Bomb.allCases,
        limits)
    func killed(bomb: Bomb, limit: Int64) async throws {
        let folder = try TemporaryFolder()
        let file = try #require(ProbedFile(try bomb.write(to: folder)))
        let worker = try ProbeWorker.built(Self.limits(limit), lanes: 1)
        let watch = Task { () -> (peak: Int64, crossed: ContinuousClock.Instant?) in
            var (peak, crossed) = (Int64(0), ContinuousClock.Instant?.none)
            while !Task.isCancelled {
                let resident = worker.children.map(ProcessTable.residentBytes).max() ?? 0
                peak = max(peak, resident)
                if resident > limit, crossed == nil { crossed = .now }
                try? await Task.sleep(for: .milliseconds(2))
            }
            return (peak, crossed)
        }
        let outcome = await worker.outcome(of: file.media)
        let end = ContinuousClock.now
        watch.cancel()
        let (peak, crossed) = await watch.value
        let late = crossed.map { $0.duration(to: end) } ?? .zero
        let verdict = Self.verdict(outcome)
        print("bomb \(bomb) at \(limit >> 20) MiB: \(verdict), peak \(peak >> 20) MiB, killed after \(late)")
        #expect(outcome.code == .outOfMemory)
        #expect(late < .seconds(20))
    }

    @Test("A bomb has the same verdict under two memory limits, unless it is undetermined", arguments: Bomb.allCases)
    func sameVerdict(bomb: Bomb) async throws {
        let folder = try TemporaryFolder()
        try await Self.expectSameVerdict(of: try bomb.write(to: folder), at: Self.limits)
    }

    @Test(
        "A clip with a track of millions of claimed samples has the same verdict under two limits, unless undetermined",
        arguments: [1_000_000, 12_000_000, 20_000_000, 50_000_000, 95_000_000, 110_000_000, 170_000_000])
    func hiddenTrack(samples: UInt32) async throws {
        let folder = try TemporaryFolder()
        let clip = try Data(contentsOf: URL(filePath: TestMedia.path("short.mp4")))
        let path = try folder.write(try #require(MP4.adding(samples: samples, to: clip)), to: "hidden.mp4")
        try await Self.expectSameVerdict(of: path, at: Self.limits)
    }

    @Test(
        "A track whose index libav cannot allocate gives an undetermined result, not facts of an empty track",
        arguments: [95_000_000, 110_000_000, 170_000_000])
    func refusedAllocation(samples: UInt32) async throws {
        let folder = try TemporaryFolder()
        let clip = try Data(contentsOf: URL(filePath: TestMedia.path("short.mp4")))
        let path = try folder.write(try #require(MP4.adding(samples: samples, to: clip)), to: "hidden.mp4")
        let file = try #require(ProbedFile(path))
        for limit in [512 << 20, 16 << 30] as [Int64] {
            #expect(Self.verdict(await ProbeWorkerOutcome.of(file.media, Self.limits(limit))) == "undetermined")
        }
    }

    @Test("A short clip is read within 128 MiB of memory")
    func manySamples() async throws {
        let file = try #require(ProbedFile(TestMedia.path("container.webm")))
        let outcome = await ProbeWorkerOutcome.of(file.media, Self.limits(128 << 20))
        #expect(outcome.code == nil)
    }

    private static func expectSameVerdict(of path: String, at limits: [Int64]) async throws {
        let file = try #require(ProbedFile(path))
        var verdicts: Set<String> = []
        for limit in limits { verdicts.insert(verdict(await ProbeWorkerOutcome.of(file.media, Self.limits(limit)))) }
        verdicts.remove("undetermined")
        #expect(verdicts.count <= 1, "\(verdicts)")
    }
}

/// Reads a file with a `ProbeWorker` made for this file only.
enum ProbeWorkerOutcome {
    static func of(_ file: MediaFile, _ limits: WorkerLimits) async -> Result<MediaFacts, ProbeError> {
        do {
            return await (try ProbeWorker.built(limits, lanes: 1)).outcome(of: file)
        } catch let error as ProbeError {
            return .failure(error)
        } catch {
            return .failure(.noWorker("\(error)"))
        }
    }
}
