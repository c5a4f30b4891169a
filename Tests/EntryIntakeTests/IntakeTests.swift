import ContestRules
import Foundation
import MediaFacts
import TestSupport
import Testing

@testable import EntryIntake

@Suite("The intake", .timeLimit(.minutes(5)))
struct IntakeTests {
    private static let content = Array("abc".utf8)
    private static let digest = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    private let keeper: KeeperDouble

    init() throws { keeper = try KeeperDouble() }

    @Test("`Intake.check` judges a file and stores nothing")
    func check() async throws {
        let report = try await intake().check(keeper.staged(Self.content), named: "作品.mp4", contest: "sample")
        #expect(report.verdict == .compliant)
        #expect(report.media == MediaReference(filename: "作品.mp4", bytes: 3, sha256: Self.digest))
        #expect(keeper.isEmpty)
    }

    @Test(
        "`check` and `submit` for an unknown contest store nothing and probe nothing",
        arguments: ["", "other", "SAMPLE"])
    func unknownContest(contest: String) async throws {
        let (prober, media) = (ProbeDouble(), try await keeper.staged(Self.content))
        let intake = try intake(prober)
        for media in [media, nil] {
            await expect(.contestUnknown) {
                try await intake.submit(contest: contest, fields: [:], media: media, named: nil)
            }
        }
        await expect(.contestUnknown) { try await intake.check(media, named: nil, contest: contest) }
        #expect(keeper.isEmpty)
        #expect(prober.questions.isEmpty)
    }

    @Test("`Intake.submit` stores the form, the media and the report as one entry")
    func submit() async throws {
        let fields = ["作者": "张三", "phone": "+86 139"]
        let entry = try await intake().submit(
            contest: "sample", fields: fields, media: keeper.staged(Self.content), named: "作品.mp4"
        ).entry
        #expect(keeper.entries == [entry])
        #expect(keeper.reports == [try #require(entry.report)])
        #expect(UUID(uuidString: entry.id) != nil)
        #expect(entry.createdAt == "2026-11-21T09:00:00+08:00")
        #expect(entry.contest == "sample")
        #expect(entry.fields == [:], "every field counts as personal in a contest without a form")
        #expect(entry.contacts == Contacts(fields: fields))
        #expect(entry.media == MediaReference(filename: "作品.mp4", bytes: 3, sha256: Self.digest))
        #expect(entry.report?.media == entry.media)
        #expect(entry.standing == .open)
    }

    @Test("`Intake.submit` without media makes an open entry without a report")
    func submitWithoutMedia() async throws {
        let prober = ProbeDouble()
        let entry = try await intake(prober).submit(contest: "sample", fields: ["a": "b"], media: nil, named: "x.mp4")
            .entry
        #expect(entry.media == nil)
        #expect(entry.report == nil)
        #expect(entry.standing == .open)
        #expect(keeper.entries == [entry])
        #expect(prober.questions.isEmpty)
    }

    @Test("`Intake.submit` stores an entry that is rejected", arguments: [ProbeError.Code.notMedia, .damaged])
    func rejected(code: ProbeError.Code) async throws {
        let entry = try await intake(ProbeDouble(.error(code))).submit(
            contest: "sample", fields: [:], media: keeper.staged(Self.content), named: nil
        ).entry
        #expect(entry.standing == .rejected)
        #expect(keeper.entries == [entry])
    }

    @Test(
        "A file that arrived whole becomes an entry when it cannot be checked now, and the backlog checks it",
        arguments: [ProbeError.Code.inputOutput, .cancelled, .noWorker])
    func uncheckedNow(code: ProbeError.Code) async throws {
        let media = try await keeper.staged(Self.content)
        let entry = try await intake(ProbeDouble(.error(code))).submit(
            contest: "sample", fields: [:], media: media, named: "作品.mp4"
        ).entry
        #expect(entry.media == MediaReference(filename: "作品.mp4", bytes: 3, sha256: Self.digest))
        #expect(entry.report == nil && entry.standing == .open)
        #expect(keeper.entries == [entry])
        let intake = try intake()
        await expect(.reportPending) { try await intake.newestReport(ofEntry: entry.id) }
        try await intake.completeReport(of: entry.id)
        #expect(try await intake.newestReport(ofEntry: entry.id).verdict == .compliant)
        #expect(keeper.reports.count == 1)
    }

    @Test("A file that arrives while the queue is full becomes an entry without a report")
    func queueFull() async throws {
        let prober = ProbeDouble(.untilCancelled)
        let full = Intake(
            contests: ContestCatalogue([try .sample()]),
            inspector: Inspector(prober: prober, running: 1, waiting: 0, clock: .stopped), keeper: keeper,
            vault: keeper, clock: .stopped)
        let first = try await keeper.staged([1])
        let running = Task { try await full.submit(contest: "sample", fields: [:], media: first, named: nil) }
        #expect(await eventually { !prober.questions.isEmpty })
        let entry = try await full.submit(
            contest: "sample", fields: [:], media: keeper.staged(Self.content), named: nil
        ).entry
        #expect(entry.media?.sha256 == Self.digest && entry.report == nil)
        running.cancel()
        #expect(try await running.value.entry.report == nil, "the entry of a client that disconnected is stored")
        #expect(keeper.entries.count == 2)
    }

    @Test(
        "`Intake` throws the error of its keeper or vault, and stores nothing",
        arguments: [
            KeeperDouble.Step.arrive, .replaceMedia, .check, .correct, .sign, .delete, .checkReady, .beginUpload,
        ])
    func failingKeeper(step: KeeperDouble.Step) async throws {
        let keeper = try KeeperDouble(failing: step)
        let known = try KeeperDouble()
        let media = try await known.staged(Self.content)
        var entry = Entry(id: "known", createdAt: "", contest: "sample", fields: [:], media: media.media)
        if step == .sign { entry.report = try .sample(left: "originality") }
        keeper.put(entry, file: media.file)
        let intake = try intake(keeper: keeper)
        await #expect(throws: KeeperDouble.failure) {
            switch step {
            case .arrive: _ = try await intake.submit(contest: "sample", fields: [:], media: media, named: nil)
            case .replaceMedia: _ = try await intake.attach(media, named: nil, toEntry: "known")
            case .check: _ = try await intake.recheck(entry: "known")
            case .sign:
                let item = try #require(entry.itemsForPeople.first)
                _ = try await intake.sign(item, .approved, by: "王", because: "", entry: "known")
            case .correct: _ = try await intake.correct(["a": "b"], ofEntry: "known")
            case .delete: try await intake.delete(entry: "known")
            case .checkReady: try await intake.checkReady()
            case .beginUpload, .write, .finish, .complete: _ = try await intake.beginUpload()
            }
        }
        #expect(keeper.entries == [entry])
        #expect(keeper.reports.isEmpty)
    }

    @Test(
        "`Intake.attach` without a file name keeps the name of the entry's media",
        arguments: [
            ("old.mp4", nil, "old.mp4"), ("old.mp4", "new.mp4", "new.mp4"), (nil, "new.mp4", "new.mp4"),
            (nil, nil, nil),
        ] as [(String?, String?, String?)])
    func attach(old: String?, new: String?, expected: String?) async throws {
        let intake = try intake()
        let first = try await keeper.staged(Array("old".utf8))
        let entry = try await intake.submit(contest: "sample", fields: ["a": "b"], media: first, named: old).entry
        let attached = try await intake.attach(keeper.staged(Self.content), named: new, toEntry: entry.id).entry
        #expect(attached.media == MediaReference(filename: expected, bytes: 3, sha256: Self.digest))
        #expect(attached.report?.media == attached.media)
        #expect(attached.contacts == Contacts(fields: ["a": "b"]))
        #expect(keeper.entries == [attached])
        #expect(keeper.reports.count == 2)
    }

    @Test("`Intake.attach` gives media and a report to an entry without media")
    func attachFirst() async throws {
        let intake = try intake()
        let entry = try await intake.submit(contest: "sample", fields: [:], media: nil, named: nil).entry
        let attached = try await intake.attach(keeper.staged(Self.content), named: "a.mp4", toEntry: entry.id).entry
        #expect(attached.media?.filename == "a.mp4")
        #expect(attached.report?.verdict == .compliant)
    }

    @Test("`Intake.recheck` judges the stored file by the present revision of the contest")
    func recheck() async throws {
        let entry = try await intake().submit(
            contest: "sample", fields: [:], media: keeper.staged(Self.content), named: "a.mp4"
        ).entry
        let prober = ProbeDouble(.facts(.sample(hasVideo: false)))
        let checked = try await intake(prober, revision: 2).recheck(entry: entry.id).entry
        #expect(checked.report?.contest.revision == 2)
        #expect(checked.report?.verdict == .nonCompliant)
        #expect(checked.report?.media == entry.media)
        #expect(checked.report?.id != entry.report?.id)
        #expect(checked.media == entry.media)
        #expect(prober.questions.map(\.bytes) == [Self.content])
        #expect(keeper.reports.count == 2)
    }

    @Test("`Intake.recheck` of the same media by the same rules returns the first report")
    func recheckJoined() async throws {
        let prober = ProbeDouble()
        let intake = try intake(prober)
        let first = try await intake.submit(
            contest: "sample", fields: [:], media: keeper.staged(Self.content), named: "a.mp4"
        ).entry
        let again = try await intake.recheck(entry: first.id).entry
        #expect(again.report == first.report)
        #expect(prober.questions.count == 1)
        #expect(keeper.reports.count == 1)
    }

    @Test("`Intake.recheck` throws `.mediaMissing` without media, and `.storageFailed` if the file is missing")
    func recheckWithoutMedia() async throws {
        let media = MediaReference(filename: nil, bytes: 3, sha256: Self.digest)
        keeper.put(Entry(id: "1", createdAt: "", contest: "sample", fields: [:]))
        keeper.put(Entry(id: "2", createdAt: "", contest: "sample", fields: [:], media: media))
        let intake = try intake()
        for (id, code) in [("1", IntakeError.Code.mediaMissing), ("2", .storageFailed)] {
            await expect(code) { try await intake.recheck(entry: id) }
            await expect(code) { _ = try await intake.media(of: id) }
        }
        #expect(keeper.reports.isEmpty)
    }

    @Test("`Intake.recheck` throws `.storageFailed` if the stored file has another size than its entry says")
    func otherSize() async throws {
        let staged = try await keeper.staged(Self.content)
        let media = MediaReference(filename: nil, bytes: 4, sha256: Self.digest)
        keeper.put(Entry(id: "1", createdAt: "", contest: "sample", fields: [:], media: media), file: staged.file)
        let prober = ProbeDouble()
        let intake = try intake(prober)
        await expect(.storageFailed) { try await intake.recheck(entry: "1") }
        #expect(prober.questions.isEmpty && keeper.reports.isEmpty)
    }

    @Test(
        "`Intake` throws `.entryUnknown` for an unknown id",
        arguments: ["attach", "recheck", "entry", "media", "delete"])
    func unknownEntry(call: String) async throws {
        let (prober, media) = (ProbeDouble(), try await keeper.staged(Self.content))
        let intake = try intake(prober)
        await expect(.entryUnknown) { try await use(intake, call, entry: "none", media) }
        #expect(prober.questions.isEmpty)
        #expect(keeper.isEmpty)
    }

    @Test(
        "`Intake` throws `.entryUnknown` for an entry that is deleted during the call",
        arguments: [("attach", KeeperDouble.Step.replaceMedia), ("recheck", .check), ("delete", .delete)])
    func vanishingEntry(call: String, step: KeeperDouble.Step) async throws {
        let keeper = try KeeperDouble(vanishing: step)
        let media = try await keeper.staged(Self.content)
        keeper.put(
            Entry(id: "1", createdAt: "", contest: "sample", fields: [:], media: media.media), file: media.file)
        let intake = try intake(keeper: keeper)
        await expect(.entryUnknown) { try await use(intake, call, entry: "1", media) }
        #expect(keeper.reports.isEmpty)
    }

    @Test(
        "`attach` and `recheck` throw `.contestUnknown` for an entry of a withdrawn contest",
        arguments: ["attach", "recheck"])
    func withdrawnContest(call: String) async throws {
        let media = try await keeper.staged(Self.content)
        keeper.put(
            Entry(id: "1", createdAt: "", contest: "withdrawn", fields: [:], media: media.media), file: media.file)
        let intake = try intake()
        await expect(.contestUnknown) { try await use(intake, call, entry: "1", media) }
        #expect(keeper.reports.isEmpty)
    }

    @Test("`Intake.entries` throws `.contestUnknown` for an unknown contest, and passes on the cursor")
    func list() async throws {
        let intake = try intake()
        await expect(.contestUnknown) { try await intake.entries(EntryQuery(contest: "other")) }
        #expect(try await intake.entries(EntryQuery(contest: "sample", cursor: "here")).nextCursor == "here")
    }

    @Test(
        "`EntryQuery.limit` is at least 1 and at most 200",
        arguments: [(Int.min, 1), (0, 1), (1, 1), (200, 200), (Int.max, 200)])
    func limit(given: Int, expected: Int) { #expect(EntryQuery(limit: given).limit == expected) }

    private func use(_ intake: Intake, _ call: String, entry: String, _ media: StagedMedia) async throws {
        switch call {
        case "attach": _ = try await intake.attach(media, named: nil, toEntry: entry)
        case "recheck": _ = try await intake.recheck(entry: entry)
        case "entry": _ = try await intake.entry(entry)
        case "media": _ = try await intake.media(of: entry)
        default: try await intake.delete(entry: entry)
        }
    }

    private func intake(
        _ prober: ProbeDouble = ProbeDouble(), revision: Int = 1, keeper: KeeperDouble? = nil
    ) throws -> Intake {
        Intake(
            contests: ContestCatalogue([try .sample(revision: revision)]),
            inspector: Inspector(prober: prober, running: 2, waiting: 10, clock: .stopped),
            keeper: keeper ?? self.keeper, vault: keeper ?? self.keeper, clock: .stopped)
    }
}

/// Expects an `IntakeError` with this code.
func expect<Value>(
    _ code: IntakeError.Code, at sourceLocation: SourceLocation = #_sourceLocation,
    _ work: () async throws -> Value
) async {
    let error = await #expect(throws: IntakeError.self, sourceLocation: sourceLocation) { _ = try await work() }
    #expect(error?.code == code, sourceLocation: sourceLocation)
}
