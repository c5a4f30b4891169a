import Foundation
import MediaFacts
import TestSupport
import Testing

@testable import ProbeWorker

/// Mutants of real files, each read by a worker of its own.
@Suite("Mutated files", .serialized, .timeLimit(.minutes(720)))
struct FuzzTests {
    private static let clips = [
        "short.mp4", "short.mov", "short.avi", "short.mkv", "short.ts", "short.mpg", "short.wmv", "short.flv",
        "short.ogv", "short.mxf", "short.webm", "short.3gp",
    ]
    private static let limits = WorkerLimits(wallTime: .seconds(5), cpuSeconds: 5, residentBytes: 256 << 20)

    /// The name of an outcome in the tally.
    private static func name(_ outcome: Result<MediaFacts, ProbeError>) -> String {
        outcome.code?.rawValue ?? "facts"
    }

    /// Outcomes that a mutant may have. `crashed` (a signal ended the worker) and `garbled` (the parent refused the
    /// answer) are bugs of the reader; any other outcome is a failure of this machine.
    private static let typed: Set = [
        "facts", "empty", "not-media", "damaged", "excessive", "timed-out", "out-of-memory",
    ]

    @Test("Mutants of twelve containers end no worker by a signal and cause no garbled answer")
    func mutants() async throws {
        let count = Effort.number("CLIPCHECK_FUZZ") ?? 2000
        let seed = UInt64(Effort.number("CLIPCHECK_FUZZ_SEED") ?? 7)
        let originals = try Self.clips.map { try Data(contentsOf: URL(filePath: TestMedia.path($0))) }
        let worker = try ProbeWorker.built(Self.limits)
        let folder = try TemporaryFolder()
        let (tally, start) = (Tally(), ContinuousClock.now)
        try await withThrowingTaskGroup { group in
            for lane in 0..<2 {
                group.addTask {
                    for number in stride(from: lane, to: count, by: 2) {
                        let mutant = Self.mutant(of: originals[number % originals.count], seed: seed, number)
                        let path = try folder.write(mutant, to: "mutant-\(lane)")
                        let file = try #require(ProbedFile(path))
                        let name = Self.name(await worker.outcome(of: file.media))
                        tally.count(name)
                        tally.count("answered")
                        if !Self.typed.contains(name) {
                            // The seed and the number reproduce the mutant.
                            print("fuzz: mutant \(number) of \(Self.clips[number % originals.count]) is \(name)")
                        }
                        #expect(Self.typed.contains(name), "mutant \(number), seed \(seed) is \(name)")
                    }
                }
            }
            try await group.waitForAll()
        }
        print("fuzz: seed \(seed), \(start.duration(to: .now)): \(tally)")
        #expect(tally["answered"] == count)
        #expect(tally["facts"] > 0 && tally["damaged"] > 0)
        let whole = try #require(ProbedFile(TestMedia.path("short.mp4")))
        #expect(await worker.outcome(of: whole.media).code == nil)
    }

    @Test(
        "The tally of outcomes counts a worker that a signal ends as `crashed`", arguments: [SIGSEGV, SIGILL, SIGTRAP])
    func control(signal: Int32) async throws {
        let folder = try TemporaryFolder()
        let slow = try #require(ProbedFile(try Bomb.endless(in: folder)))
        let (worker, tally) = (try ProbeWorker.built(Self.limits), Tally())
        for _ in 0..<3 {
            let (reading, child) = await worker.signal(signal, whileReading: slow.media)
            #expect(child != nil)
            tally.count(Self.name(await reading.value))
        }
        #expect(tally["crashed"] == 3, "\(tally)")
    }

    @Test("Equal seeds make equal mutants, and more than 190 of 200 mutants differ")
    func seeded() throws {
        let original = try Data(contentsOf: URL(filePath: TestMedia.path("short.mp4")))
        let first = (0..<200).map { Self.mutant(of: original, seed: 7, $0) }
        let again = (0..<200).map { Self.mutant(of: original, seed: 7, $0) }
        #expect(first == again)
        #expect(Set(first).count > 190)
    }

    /// Makes one mutant: changes bytes, sets fields to extreme values, removes or repeats parts, or cuts the end off.
    /// Three of four changes are in the first 2 KiB, where headers are.
    private static func mutant(of original: Data, seed: UInt64, _ number: Int) -> Data {
        var random = SeededGenerator(seed: seed &* 1_000_003 &+ UInt64(number))
        var bytes = [UInt8](original)
        let extremes: [UInt32] = [0, 1, 0x7f, 0xff, 0x7fff, 0xffff, 0x10000, 0x7fff_ffff, 0x8000_0000, 0xffff_ffff]
        for _ in 0..<Int.random(in: 1...6, using: &random) where bytes.count > 64 {
            let isNear = Int.random(in: 0..<4, using: &random) > 0
            let place = Int.random(in: 0..<(isNear ? min(bytes.count, 2048) : bytes.count) - 8, using: &random)
            let length = min(Int.random(in: 1...256, using: &random), bytes.count - place)
            switch Int.random(in: 0..<8, using: &random) {
            case 0, 1: bytes[place] ^= UInt8(1) << UInt8.random(in: 0..<8, using: &random)
            case 2: bytes[place] = UInt8.random(in: 0...255, using: &random)
            case 3, 4:
                let value = extremes.randomElement(using: &random) ?? 0
                for index in 0..<4 { bytes[place + index] = UInt8(truncatingIfNeeded: value >> (24 - 8 * index)) }
            case 5: bytes.removeSubrange(place..<place + length)
            case 6: bytes.insert(contentsOf: bytes[place..<place + length], at: place)
            default: bytes.removeLast(Int.random(in: 0..<bytes.count / 2, using: &random))
            }
        }
        return Data(bytes)
    }
}
