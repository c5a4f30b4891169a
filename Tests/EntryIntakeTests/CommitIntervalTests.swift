import EntryIntake
import MediaFacts
import Synchronization
import TestSupport
import Testing

@Suite("A request that adds to an upload")
struct CommitIntervalTests {
    @Test(
        "`ResumableUploads.append` commits the bytes every 16 MiB and at the end of the request",
        arguments: [
            ([15, 1], [16, 16]), ([16, 1], [16, 17]), ([10, 10, 10, 10], [20, 40, 40]), ([1, 2, 3], [6]),
            ([40], [40, 40]),
        ])
    func commits(mebibytes: [Int], committed: [Int]) async throws {
        let (keeper, media) = (try KeeperDouble(), MediaDouble())
        let intake = Intake(
            contests: ContestCatalogue([try .sample()]),
            inspector: Inspector(prober: ProbeDouble(), running: 1, waiting: 0), keeper: keeper, vault: keeper)
        let uploads = UploadKeeperDouble(media)
        let service = ResumableUploads(intake: intake, keeper: uploads, lifetime: .seconds(3600))
        let plan = try service.plan(
            contest: "sample", fields: [:], filename: nil, metadata: nil, length: Int64(1000) << 20)
        let (upload, _) = try await service.begin(plan, request: nil)
        let pieces = AsyncStream { continuation in
            for size in mebibytes { continuation.yield([UInt8](repeating: 7, count: size << 20)) }
            continuation.finish()
        }
        let state = try await service.append(pieces, to: upload.id, at: 0, checksum: nil)
        #expect(state.offset == Int64(mebibytes.reduce(0, +)) << 20)
        #expect(media.committed.map { $0 >> 20 } == committed)
    }
}

/// The file of an upload, which only counts bytes.
private final class MediaDouble: ResumableMedia {
    private let state = Mutex((written: 0, committed: [Int]()))

    /// Number of bytes written before each commit.
    var committed: [Int] { state.withLock { $0.committed } }

    func write(_ bytes: any MediaBytes) async throws(IntakeError) { state.withLock { $0.written += bytes.count } }

    func commit(received: Moment?, expires: Moment) async throws(IntakeError) {
        state.withLock { $0.committed.append($0.written) }
    }

    func rollBack() async {}
    func close() async {}
    func discard() async {}
    func finish() async throws(IntakeError) -> StagedMedia { throw KeeperDouble.failure }
}

/// A store of one upload.
private final class UploadKeeperDouble: UploadKeeping {
    private let media: MediaDouble
    private let kept = Mutex<ResumableUpload?>(nil)

    init(_ media: MediaDouble) { self.media = media }

    func add(_ upload: ResumableUpload, request: IdempotentRequest?) async throws(IntakeError) {
        kept.withLock { $0 = upload }
    }

    func upload(_ id: String) async throws(IntakeError) -> ResumableUpload? { kept.withLock { $0 } }
    func resume(_ upload: ResumableUpload) async throws(IntakeError) -> any ResumableMedia { media }
    func delete(upload id: String) async throws(IntakeError) -> Bool { false }
    func uploadsWithoutEntry() async throws(IntakeError) -> [ResumableUpload] { [] }
    func uploads(expiredAt moment: Moment) async throws(IntakeError) -> [String] { [] }
    func tidy(at moment: Moment) async throws(IntakeError) {}
}
