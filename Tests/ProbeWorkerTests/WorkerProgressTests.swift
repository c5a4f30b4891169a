import Foundation
import MediaFacts
import Synchronization
import TestSupport
import Testing

import enum MediaFacts.Measurement

@testable import ProbeWorker

/// Progress records of a worker arrive on the same socket as its answer.
@Suite("Progress of a worker", .timeLimit(.minutes(10)))
struct WorkerProgressTests {
    private static func progress(_ done: Int64, _ length: Int64 = 10_000) -> ExaminationProgress {
        ExaminationProgress(decoded: .milliseconds(done), length: .milliseconds(length))
    }

    private static let answer = WorkerReply.data(.success(ExaminedFile(.sample())))
    private static let file = MediaFile(descriptor: -1, bytes: MediaFacts.sample().bytes)

    /// Passes bytes to a `ReplyStream` in parts of `size` bytes.
    private static func split(_ bytes: [UInt8], in size: Int) -> (records: [ExaminationProgress], stream: ReplyStream) {
        var stream = ReplyStream()
        let records = stride(from: 0, to: bytes.count, by: size).compactMap { start in
            stream.append(bytes[start..<min(bytes.count, start + size)])
        }
        return (records, stream)
    }

    @Test("A worker reports rising progress at most every 200 ms, and its result is the same as without reporting")
    func progressOfAWorker() async throws {
        let clip = try MadeClip(
            "long.mp4",
            ["-f", "lavfi", "-i", "testsrc2=s=640x360:r=25:d=40", "-c:v", "libx264", "-preset", "ultrafast", "-g", "5"])
        let file = try #require(ProbedFile(clip.path))
        let worker = try ProbeWorker.built(WorkerLimits(wallTime: .seconds(30)))
        let examination = Examination(Set(Measurement.allCases), depth: .full)
        let reported = Mutex<[(ExaminationProgress, ContinuousClock.Instant)]>([])
        let examined = try await worker.examine(file.media, for: examination) { progress in
            reported.withLock { $0.append((progress, .now)) }
        }
        let all = reported.withLock { $0 }
        #expect(all.count >= 2)
        #expect(zip(all, all.dropFirst()).allSatisfy { $0.0.decoded < $1.0.decoded })
        #expect(zip(all, all.dropFirst()).allSatisfy { $1.1 - $0.1 >= .milliseconds(200) })
        #expect(
            all.allSatisfy { $0.0.length == .seconds(40) && (.milliseconds(1)...$0.0.length).contains($0.0.decoded) })
        #expect(try await worker.examine(file.media, for: examination) == examined)
    }

    @Test(
        "`ReplyStream` separates records from the answer, whatever the size of the parts that arrive",
        arguments: [1, 2, 16, 17, 18, 1000, 100_000])
    func framing(size: Int) {
        let moments = [0, 1, 255, 256, 9999, Int64.max, .min, -1].map { Self.progress($0, .max) }
        let (records, stream) = Self.split(moments.flatMap(ReplyStream.record) + Self.answer, in: size)
        #expect(stream.answer == Self.answer)
        #expect(records.allSatisfy(moments.contains) && records.last == moments.last)
        if size <= 17 { #expect(records == moments) }
    }

    @Test("`ReplyStream` adds bytes that are no progress record to the answer, which is then garbled")
    func senseless() {
        let (record, answer) = (ReplyStream.record(Self.progress(1)), [UInt8](Self.answer))
        let cut = [UInt8](record.dropLast(3))
        let spoilt: [[UInt8]] = [
            cut, [0x1d] + record, record + [0x1e], record + cut, answer + record, record + answer + record,
            [0x1e] + answer, record.dropFirst() + answer,
        ]
        for bytes in spoilt {
            for size in [1, 1000] {
                let stream = Self.split(bytes, in: size).stream
                #expect(WorkerReply.result(stream.answer, of: Self.file) == .failure(.garbled))
                #expect(stream.received == bytes.count)
            }
        }
    }

    @Test("`ReplyStream` counts endless progress records and stores none of them")
    func endless() {
        var stream = ReplyStream()
        let marks = [UInt8](repeating: 0x1e, count: 65_536)
        while stream.received <= WorkerReply.mostBytes { _ = stream.append(marks[...]) }
        #expect(stream.answer.isEmpty)
    }

    @Test(
        "`ProgressRelay` drops records with impossible values and records that do not advance",
        arguments: [
            ([(1, 10_000), (2, 10_000)], [1, 2]), ([(5, 10_000), (4, 10_000), (5, 10_000), (6, 10_000)], [5, 6]),
            ([(-1, 10_000), (10_001, 10_000), (10_000, 10_000)], [10_000]),
            // The length of a film is above zero and never changes.
            ([(1, 10_000), (2, 10_001), (3, 10_000)], [1, 3]), ([(0, 0), (0, -1), (1, .max), (.max, .max)], []),
            ([(.min, .min), (.max, 10_000), (.min, 10_000)], []),
        ] as [([(Int64, Int64)], [Int64])])
    func relay(said: [(Int64, Int64)], expected: [Int64]) {
        let reported = Mutex<[Int64]>([])
        var relay = ProgressRelay { progress in reported.withLock { $0.append(progress.decoded.wholeMilliseconds) } }
        for (index, (done, length)) in said.enumerated() {
            relay.accept(Self.progress(done, length), now: .now + .seconds(index + 1))
        }
        #expect(reported.withLock { $0 } == expected)
    }

    @Test("`ProgressRelay` passes at most one record every 200 ms")
    func tooOften() {
        let reported = Mutex(0)
        var relay = ProgressRelay { _ in reported.withLock { $0 += 1 } }
        let start = ContinuousClock.now + .seconds(1)
        for step in 0..<1000 { relay.accept(Self.progress(Int64(step) + 1), now: start + .milliseconds(step)) }
        #expect(reported.withLock { $0 } == 5)
    }
}
