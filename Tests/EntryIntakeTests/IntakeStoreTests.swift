import ContestRules
import EntryIntake
import Foundation
import MediaFacts
import TestSupport
import Testing

@Suite("Storing a file of this machine", .timeLimit(.minutes(5)))
struct IntakeStoreTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    @Test(
        "copies it whole and keeps the report as it is",
        arguments: [0, 1, (1 << 20) - 1, 1 << 20, (1 << 20) + 1, (2 << 20) + 77])
    func copy(size: Int) async throws {
        let content = (0..<size).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        let (intake, keeper) = try intake()
        let (file, report) = try await checked(content, intake)
        let stored = try await intake.store(file, report, contest: "sample")
        #expect(!stored.wasStored)
        let entry = try await intake.entry(stored.entry)
        #expect(entry.report == report)
        #expect(entry.media == report.media)
        #expect(entry.fields.isEmpty)
        #expect(entry.createdAt == "2026-11-21T09:00:00+08:00")
        #expect(try await intake.media(of: entry.id).file.read(at: 0, count: size + 1) == content)
        #expect(keeper.entries.count == 1)
    }

    @Test("keeps the pictures that its report names; a report whose pictures are lost names none")
    func pictures() async throws {
        let (intake, keeper) = try intake()
        let still = Still(atMilliseconds: 40, width: 2, height: 2, jpeg: [0xff, 0xd8])
        for (content, stills) in [([1], [still]), ([2], [])] as [([UInt8], [Still])] {
            let (file, made) = try await checked(content, intake)
            var report = made
            report.stills = [StillReference(still)]
            let stored = try await intake.store(file, report, showing: stills, contest: "sample")
            let kept = try #require(try await intake.entry(stored.entry).report)
            #expect(kept.stills.count == stills.count)
            #expect(try await intake.stills(of: kept) == stills)
        }
        #expect(keeper.entries.count == 2)
    }

    @Test("twice gives the same entry, and copies nothing the second time")
    func twice() async throws {
        let (intake, keeper) = try intake()
        let (file, report) = try await checked([1, 2, 3], intake)
        let first = try await intake.store(file, report, contest: "sample")
        let (again, newReport) = try await checked([1, 2, 3], intake)
        let second = try await intake.store(again, newReport, contest: "sample")
        #expect(second.entry == first.entry)
        #expect(second.wasStored)
        #expect(keeper.entries.count == 1)
        #expect(keeper.uploads.begun == 1)
    }

    @Test(
        "under another name, with other content or for another contest gives another entry",
        arguments: [("b.mp4", [1, 2, 3], "sample"), ("a.mp4", [1, 2, 4], "sample"), ("a.mp4", [1, 2, 3], "other")]
            as [(String, [UInt8], String)])
    func different(name: String, content: [UInt8], contest: String) async throws {
        let (intake, keeper) = try intake()
        let (file, report) = try await checked([1, 2, 3], intake)
        let first = try await intake.store(file, report, contest: "sample")
        let (other, otherReport) = try await checked(content, intake, name: name, contest: contest)
        let second = try await intake.store(other, otherReport, contest: contest)
        #expect(second.entry != first.entry)
        #expect(!second.wasStored)
        #expect(keeper.entries.count == 2)
    }

    @Test(
        "that fails leaves no entry and throws away what was copied",
        arguments: [KeeperDouble.Step.write, .finish, .addEntry])
    func failing(step: KeeperDouble.Step) async throws {
        let (intake, keeper) = try intake(failing: step)
        let (file, report) = try await checked([1, 2, 3], intake)
        await #expect(throws: KeeperDouble.failure) { try await intake.store(file, report, contest: "sample") }
        #expect(keeper.isEmpty)
        #expect(keeper.uploads.begun == 1)
        #expect(keeper.uploads.discarded == 1)
    }

    @Test(
        "that changed after it was judged is refused: a report speaks of the bytes that are kept", arguments: [3, 2, 5])
    func changed(newSize: Int) async throws {
        let (intake, keeper) = try intake()
        let (file, report) = try await checked([1, 2, 3], intake)
        let handle = try FileHandle(forWritingTo: folder.url.appending(component: "a.mp4"))
        try handle.truncate(atOffset: 0)
        try handle.write(contentsOf: Data(repeating: 9, count: newSize))
        try handle.close()
        await #expect(throws: IntakeError.self) { try await intake.store(file, report, contest: "sample") }
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

    private func intake(failing step: KeeperDouble.Step? = nil) throws -> (Intake, KeeperDouble) {
        let keeper = try KeeperDouble(failing: step)
        let intake = Intake(
            contests: ContestCatalogue([try .sample(), try .sample("other")]),
            inspector: Inspector(prober: ProbeDouble(), waiting: 10, clock: .stopped), keeper: keeper, clock: .stopped)
        return (intake, keeper)
    }
}
