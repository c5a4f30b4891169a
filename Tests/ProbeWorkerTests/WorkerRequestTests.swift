import CLockdown
import MediaFacts
import MediaProbe
import Testing

import enum MediaFacts.Measurement

@testable import ProbeWorker

@Suite("WorkerRequest")
struct WorkerRequestTests {
    /// Thresholds with the most decimal digits that a `Double` can have.
    private static let longThresholds = ContentThresholds(
        blackDarknessPercent: 33.333333333333336, blackAreaPercent: 66.66666666666667,
        freezeMovementPercent: 0.49000000000000005, silenceDBFS: -60.000000000000014,
        barDarknessPercent: 4.6000000000000005)

    private static let examinations = [
        Examination([.header]), Examination([], depth: .full),
        Examination(Set(Measurement.allCases), depth: .standard, thresholds: longThresholds),
    ]

    @Test("`WorkerRequest` reads from a job's payload what was written into it", arguments: examinations)
    func roundTrip(examination: Examination) throws {
        let file = MediaFile(descriptor: 9, bytes: .max)
        let limits = WorkerLimits(streams: .max, pixels: .max)
        let request = WorkerRequest(file, examination, limits, [.formats, .neighbours])
        var job = cld_job()
        try #require(request.write(to: &job))
        #expect((1...UInt32(CLD_PAYLOAD_BYTES)).contains(job.payload_bytes))
        let read = try #require(WorkerRequest(job))
        #expect(read == request)
        #expect(read.examination == examination)
        #expect(read.fileBytes == .max)
        #expect(read.limits.streams == .max && read.limits.pixels == .max)
        #expect(read.limits.guards == [.formats, .neighbours])
    }

    @Test("The longest `WorkerRequest` takes at most two thirds of the payload")
    func longest() throws {
        let request = WorkerRequest(
            MediaFile(descriptor: -1, bytes: .min), Self.examinations[2], WorkerLimits(streams: .min, pixels: .min),
            ProbeGuards(rawValue: .max))
        var job = cld_job()
        try #require(request.write(to: &job))
        #expect(job.payload_bytes <= UInt32(CLD_PAYLOAD_BYTES) * 2 / 3, "\(job.payload_bytes) bytes")
    }

    @Test("`WorkerRequest.write` returns false and writes nothing when the request cannot be encoded")
    func unencodable() {
        let thresholds = ContentThresholds(silenceDBFS: .nan)
        var job = cld_job()
        #expect(!Self.request(thresholds).write(to: &job))
        #expect(job.payload_bytes == 0)
    }

    @Test("`WorkerRequest.write` returns false and leaves the payload unchanged for more bytes than it holds")
    func tooLong() {
        var job = cld_job()
        #expect(!WorkerRequest.write([UInt8](repeating: 0x20, count: Int(CLD_PAYLOAD_BYTES) + 1), to: &job))
        #expect(job.payload_bytes == 0)
        #expect(WorkerRequest.write([UInt8](repeating: 0x20, count: Int(CLD_PAYLOAD_BYTES)), to: &job))
        #expect(job.payload_bytes == UInt32(CLD_PAYLOAD_BYTES))
    }

    @Test("`WorkerRequest` is nil for a payload that holds no request", arguments: [0, 1, 100, 1024, 1025, UInt32.max])
    func unreadable(bytes: UInt32) throws {
        var job = cld_job()
        try #require(Self.request(.usual).write(to: &job))
        guard bytes != job.payload_bytes else { return }
        job.payload_bytes = bytes
        #expect(WorkerRequest(job) == nil)
    }

    private static func request(_ thresholds: ContentThresholds) -> WorkerRequest {
        WorkerRequest(
            MediaFile(descriptor: -1, bytes: 1), Examination([.header], thresholds: thresholds), WorkerLimits(), .all)
    }
}
