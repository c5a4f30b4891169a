import Foundation
import MediaFacts
import MediaProbe
import TestSupport
import Testing

/// Limits, cancellation and hostile input of `InProcessProber`.
struct ProberTests {
    @Test("A fact that was not measured is nil")
    func headerOnly() throws {
        let file = try #require(ProbedFile(TestMedia.path("作品.mp4")))
        let facts = try InProcessProber().readFacts(of: file.media, measuring: [.header])
        #expect(facts.duration == nil)
        #expect(facts.integrity.videoPackets == nil)
        #expect(facts.declaredDuration == .seconds(150))
        #expect(facts.video?.picture?.displayHeight == 1920)
        #expect(facts.video?.pixelFormat == "yuv420p")
    }

    @Test("The name of a file does not change its facts")
    func namelessness() throws {
        let folder = try TemporaryFolder()
        for name in ["a.m3u8", "b.txt", "c", "https:--d.mp4", "concat:e"] {
            let path = try folder.write(Data(contentsOf: URL(filePath: TestMedia.path("short.mp4"))), to: name)
            let file = try #require(ProbedFile(path))
            let facts = try InProcessProber().readFacts(of: file.media, measuring: [.header])
            #expect(facts.container.family == .mp4)
        }
    }

    @Test(
        "A reading that exceeds a limit throws that limit's error",
        arguments: [
            (ProbeLimits(wallTime: .zero), ProbeError.Code.timedOut),
            (ProbeLimits(streams: 1), .excessive),
            (ProbeLimits(pixels: 1000), .excessive),
        ])
    func limits(limits: ProbeLimits, code: ProbeError.Code) throws {
        let file = try #require(ProbedFile(TestMedia.path("作品.mp4")))
        do throws(ProbeError) {
            _ = try InProcessProber(limits: limits).readFacts(of: file.media, measuring: [.header, .packets])
            Issue.record("the limit did not end the reading")
        } catch {
            #expect(error.code == code)
        }
    }

    @Test("Cancelling the task of a reading makes it throw `.cancelled`")
    func cancellation() async throws {
        let file = try #require(ProbedFile(TestMedia.path("container.mpg")))
        let prober = InProcessProber(lanes: 1)
        let reading = Task { try await prober.facts(of: file.media, measuring: [.header, .packets]) }
        reading.cancel()
        do {
            _ = try await reading.value
            Issue.record("the reading was not cancelled")
        } catch let error as ProbeError {
            #expect(error.code == .cancelled)
        }
    }

    @Test("A file that shrinks after opening is reported as incomplete, and bytes appended after opening are not read")
    func changingFile() throws {
        let folder = try TemporaryFolder()
        let whole = try Data(contentsOf: URL(filePath: TestMedia.path("moov-first.mp4")))
        let path = try folder.write(whole, to: "clip.mp4")
        let shrinking = try #require(ProbedFile(path))
        try FileHandle(forWritingTo: URL(filePath: path)).truncate(atOffset: UInt64(whole.count / 2))
        let facts = try InProcessProber().readFacts(of: shrinking.media, measuring: [.header, .packets])
        #expect(
            facts.integrity.problems.contains {
                $0.code == .unreadableTail || $0.code == .truncated || $0.code == .missingPackets
            })

        try whole.write(to: URL(filePath: path))
        let growing = try #require(ProbedFile(path))
        let handle = try FileHandle(forWritingTo: URL(filePath: path))
        try handle.seekToEnd()
        try handle.write(contentsOf: Data(repeating: 7, count: 10_000))
        let unchanged = try InProcessProber().readFacts(of: growing.media, measuring: [.header, .packets])
        #expect(unchanged.bytes == Int64(whole.count))
        #expect(unchanged.integrity.problems.isEmpty)
    }

    @Test(
        "Reading a mutated clip twice gives the same facts or the same error",
        arguments: [
            "short.mp4", "short.avi", "short.mkv", "short.ts", "short.mpg", "short.wmv", "short.flv", "short.ogv",
            "short.mxf",
        ])
    func mutants(clip: String) throws {
        let folder = try TemporaryFolder()
        let whole = [UInt8](try Data(contentsOf: URL(filePath: TestMedia.path(clip))))
        var generator = SeededGenerator(seed: 20_261_121)
        for round in 0..<40 {
            var bytes = whole
            for _ in 0..<Int.random(in: 1...20, using: &generator) {
                // Headers are at both ends of a file, and changed bytes have the most effect there.
                let reach = Bool.random(using: &generator) ? min(2048, bytes.count) : bytes.count
                let place = Int.random(in: 0..<reach, using: &generator)
                bytes[Bool.random(using: &generator) ? place : bytes.count - 1 - place] = UInt8.random(
                    in: 0...255, using: &generator)
            }
            let path = try folder.write(bytes, to: "mutant")
            let file = try #require(ProbedFile(path))
            let (first, second) = (outcome(file), outcome(file))
            #expect(first == second, "round \(round)")
        }
    }

    private func outcome(_ file: ProbedFile) -> Result<MediaFacts, ProbeError> {
        let prober = InProcessProber(limits: ProbeLimits(wallTime: .seconds(10)))
        return Result { () throws(ProbeError) in try prober.readFacts(of: file.media, measuring: [.header, .packets]) }
    }
}
