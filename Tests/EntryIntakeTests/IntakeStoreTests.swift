import ContestRules
import EntryIntake
import Foundation
import MediaFacts
import TestSupport
import Testing

@Suite("Intake.store", .timeLimit(.minutes(5)))
struct IntakeStoreTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    @Test(
        "`Intake.store` copies the whole file and stores the report unchanged",
        arguments: [0, 1, (1 << 20) - 1, 1 << 20, (1 << 20) + 1, (2 << 20) + 77])
    func copy(size: Int) async throws {
        let content = (0..<size).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        let (intake, keeper) = try intake()
        let (file, report) = try await checked(content, intake)
        let stored = try await store(file, report, intake)
        let entry = try #require(keeper.entries.first)
        #expect(stored == .added(entry: entry.id))
        #expect(entry.report == report)
        #expect(entry.media == report.media)
        #expect(entry.fields.isEmpty)
        #expect(entry.createdAt == "2026-11-21T09:00:00+08:00")
        #expect(try await intake.media(of: entry.id).file.read(at: 0, count: size + 1) == content)
        #expect(keeper.entries.count == 1)
    }

    @Test("`Intake.store` stores the stills of a report, and removes references to stills that are lost")
    func pictures() async throws {
        let (intake, keeper) = try intake()
        let still = Still(atMilliseconds: 40, width: 2, height: 2, jpeg: [0xff, 0xd8])
        for (content, stills) in [([1], [still]), ([2], [])] as [([UInt8], [Still])] {
            let (file, made) = try await checked(content, intake)
            var report = made
            report.stills = [StillReference(still)]
            let stored = try await store(file, report, showing: stills, at: "\(content)", intake)
            guard case .added(let id) = stored else { throw POSIXError(.EINVAL) }
            let kept = try #require(try await intake.entry(id).report)
            #expect(kept.stills.count == stills.count)
            #expect(try await intake.stills(of: kept) == stills)
        }
        #expect(keeper.entries.count == 2)
    }

    @Test("A work stored twice from one place is the same entry, and its file is copied once")
    func twice() async throws {
        let (intake, keeper) = try intake()
        let (file, report) = try await checked([1, 2, 3], intake)
        let first = try await store(file, report, intake)
        let (again, newReport) = try await checked([1, 2, 3], intake)
        let id = try #require(keeper.entries.first?.id)
        #expect(first == .added(entry: id))
        #expect(try await store(again, newReport, intake) == .unchanged(entry: id))
        #expect(keeper.entries.count == 1)
        #expect(keeper.uploads.begun == 1)
    }

    @Test("A work from one place with other bytes, or another form, changes its entry")
    func changedWork() async throws {
        let (intake, keeper) = try intake()
        let (file, report) = try await checked([1, 2, 3], intake)
        _ = try await store(file, report, intake)
        let before = try #require(keeper.entries.first)
        let (other, otherReport) = try await checked([4], intake)
        #expect(try await store(other, otherReport, intake) == .changed(entry: before.id))
        #expect(try await store(other, otherReport, fields: ["标题": "守信"], intake) == .changed(entry: before.id))
        let after = try #require(keeper.entries.first)
        #expect(keeper.entries.count == 1 && after.version == 3)
        #expect(after.media?.bytes == 1 && after.report?.id == otherReport.id)
        #expect(after.contacts?.fields == ["标题": "守信"])
        #expect(after.corrections.map(\.fields) == [["标题"]])
    }

    @Test("Works from two places, or in two contests, are two entries, even with equal names and bytes")
    func places() async throws {
        let (intake, keeper) = try intake()
        let (file, report) = try await checked([1, 2, 3], intake)
        for (place, contest) in [("/d1/a.mp4", "sample"), ("/d2/a.mp4", "sample"), ("/d1/a.mp4", "other")] {
            guard case .added = try await store(file, report, at: place, contest: contest, intake) else {
                Issue.record("the work from \(place) in \(contest) is no new entry")
                return
            }
        }
        #expect(keeper.entries.count == 3)
    }

    @Test(
        "`Intake.store` leaves no entry and discards its copy when a step fails",
        arguments: [KeeperDouble.Step.write, .finish, .arrive])
    func failing(step: KeeperDouble.Step) async throws {
        let (intake, keeper) = try intake(failing: step)
        let (file, report) = try await checked([1, 2, 3], intake)
        await #expect(throws: KeeperDouble.failure) { try await store(file, report, intake) }
        #expect(keeper.isEmpty)
        #expect(keeper.uploads.begun == 1)
        #expect(keeper.uploads.discarded == 1)
    }

    @Test("`Intake.store` refuses a file that changed after its check", arguments: [3, 2, 5])
    func changed(newSize: Int) async throws {
        let (intake, keeper) = try intake()
        let (file, report) = try await checked([1, 2, 3], intake)
        let handle = try FileHandle(forWritingTo: folder.url.appending(component: "a.mp4"))
        try handle.truncate(atOffset: 0)
        try handle.write(contentsOf: Data(repeating: 9, count: newSize))
        try handle.close()
        await #expect(throws: IntakeError.self) { try await store(file, report, intake) }
        #expect(keeper.isEmpty)
        #expect(keeper.uploads.begun == keeper.uploads.discarded)
    }

    /// A file, and the report that the intake's inspector makes of it.
    private func checked(
        _ content: [UInt8], _ intake: Intake, name: String = "a.mp4", contest: String = "sample"
    ) async throws -> (OpenMediaFile, Report) {
        let file = try folder.opened(content, named: name)
        let inspector = Inspector(prober: ProbeDouble(), waiting: 10, clock: .stopped)
        return (file, try await inspector.report(on: file, named: name, contest: try .sample(contest)))
    }

    private func store(
        _ file: OpenMediaFile, _ report: Report, showing stills: [Still] = [], at place: String = "/v/a.mp4",
        fields: [String: String] = [:], contest: String = "sample", _ intake: Intake
    ) async throws -> StoredWork {
        try await intake.store(
            CheckedWork(file, report, showing: stills, at: place, named: report.media.filename ?? "", fields: fields),
            contest: contest)
    }

    private func intake(failing step: KeeperDouble.Step? = nil) throws -> (Intake, KeeperDouble) {
        let keeper = try KeeperDouble(failing: step)
        let intake = Intake(
            contests: ContestCatalogue([try .sample(), try .sample("other")]),
            inspector: Inspector(prober: ProbeDouble(), waiting: 10, clock: .stopped), keeper: keeper, vault: keeper,
            clock: .stopped)
        return (intake, keeper)
    }
}
