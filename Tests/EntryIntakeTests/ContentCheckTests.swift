import ContestRules
import MediaFacts
import Synchronization
import TestSupport
import Testing

@testable import EntryIntake

/// A prober that reads header and packets at once, and decodes as its `Decoding` says.
final class DecodingDouble: MediaProbing {
    enum Decoding: Sendable {
        case works, breaksDown, failsThroughUs, worksTheThirdTime, untilCancelled
        /// The prober reports its progress, and waits for the latch.
        case held(Latch)
    }

    let libraryVersions: [String: String] = [:]
    private let decoding: Decoding
    private let asked = Mutex<[Depth]>([])
    /// Whether reading of header and packets fails, too.
    let isBlind = Mutex(false)

    init(_ decoding: Decoding = .works) { self.decoding = decoding }

    /// Depth of each examination.
    var depths: [Depth] { asked.withLock { $0 } }
    var looks: Int { depths.count { $0 > .quick } }

    func examine(_ file: MediaFile, for examination: Examination) async throws(ProbeError) -> ExaminedFile {
        try await examine(file, for: examination, progress: nil)
    }

    func examine(
        _ file: MediaFile, for examination: Examination, progress: ExaminationProgress.Handler?
    ) async throws(ProbeError) -> ExaminedFile {
        asked.withLock { $0.append(examination.depth) }
        guard examination.depth > .quick else {
            if isBlind.withLock({ $0 }) { throw .sample(.outOfMemory) }
            return ExaminedFile(.sample())
        }
        switch decoding {
        case .works: return ExaminedFile(Self.whole, stills: [Self.still])
        case .worksTheThirdTime where looks >= 3: return ExaminedFile(Self.whole, stills: [Self.still])
        case .held(let latch):
            progress?(ExaminationProgress(decoded: .milliseconds(70_000), length: .milliseconds(150_000)))
            await latch.wait()
            return ExaminedFile(Self.whole, stills: [Self.still])
        case .breaksDown, .worksTheThirdTime: throw .sample(.crashed)
        case .failsThroughUs: throw .sample(.inputOutput)
        case .untilCancelled:
            while !Task.isCancelled { try? await Task.sleep(for: .milliseconds(1)) }
            throw .sample(.cancelled)
        }
    }

    static let still = Still(atMilliseconds: 40, width: 2, height: 2, jpeg: [0xff, 0xd8])

    private static var whole: MediaFacts {
        var facts = MediaFacts.sample()
        facts.content = ContentFacts(
            depth: .standard, picture: PictureContent(framesExamined: 9, frames: 90), sound: SoundContent())
        return facts
    }
}

@Suite("Content checks", .timeLimit(.minutes(5)))
struct ContentCheckTests {
    private let keeper: KeeperDouble

    init() throws { keeper = try KeeperDouble() }

    private func intake(
        _ prober: DecodingDouble, contests: [Contest]? = nil, keeper: KeeperDouble? = nil, running: Int = 2
    ) throws -> Intake {
        var intake = Intake(
            contests: ContestCatalogue(try contests ?? [.content(), .sample()]),
            inspector: Inspector(prober: prober, running: running, waiting: 10, clock: .stopped),
            keeper: keeper ?? self.keeper, vault: keeper ?? self.keeper, clock: .stopped)
        intake.retryPause = .milliseconds(1)
        return intake
    }

    private func submit(_ intake: Intake, contest: String = "content") async throws -> Entry {
        try await intake.submit(
            contest: contest, fields: [:], media: keeper.staged(Array("abc".utf8)), named: "a.mp4"
        ).entry
    }

    /// Carries out checks until `isEnough` returns `true`; `false` when that takes longer than ten seconds.
    private func workOff(_ intake: Intake, until isEnough: @Sendable () async -> Bool) async -> Bool {
        let work = Task { await intake.workOffChecks() }
        let isDone = await eventually(isEnough)
        work.cancel()
        await work.value
        return isDone
    }

    private func outcomes(_ report: Report?) -> [Finding.Outcome] { report?.findings.map(\.outcome) ?? [] }

    @Test("The first report comes from header and packets, with pending findings for picture and sound")
    func first() async throws {
        let prober = DecodingDouble()
        let entry = try await submit(try intake(prober))
        #expect(prober.depths == [.quick])
        #expect(outcomes(entry.report) == [.pass, .pass, .pending, .pending])
        #expect(entry.report?.verdict == .needsReview)
        #expect(entry.standing == .open)
    }

    @Test("A content check completes a pending report by a second report without pending findings")
    func second() async throws {
        let prober = DecodingDouble()
        let observer = RecordingObserver()
        let intake = try intake(prober)
        let entry = try await submit(intake)
        let id = try #require(entry.report?.id)
        let before = try await intake.check(id, ofEntry: entry.id)
        #expect(before.check.state == .waiting)
        #expect(before.check.verdict == nil)
        #expect(before.length == nil, "nothing decodes yet")
        let work = Task { await intake.workOffChecks(reportingTo: observer) }
        #expect(await eventually { observer.reports.count == 1 })
        work.cancel()
        await work.value
        #expect(prober.depths == [.quick, .standard])
        let report = try #require(try await intake.entry(entry.id).report)
        #expect(report.id != id)
        #expect(report.verdict == .compliant)
        #expect(report.depth == .standard)
        #expect(report.media == entry.media)
        #expect(observer.reports == [report])
        #expect(try await intake.stills(of: report) == [DecodingDouble.still])
        let after = try await intake.check(id, ofEntry: entry.id)
        #expect(after.check.state == .done)
        #expect(after.check.report == report.id)
        #expect(after.check.verdict == .compliant)
    }

    @Test("The first report is complete and needs no content check if no rule needs decoding")
    func quick() async throws {
        let prober = DecodingDouble()
        let intake = try intake(prober)
        let entry = try await submit(intake, contest: "sample")
        let report = try #require(entry.report)
        #expect(!report.isPending)
        #expect(try await keeper.nextCheck(beyond: []) == nil)
        let check = try await intake.check(report.id, ofEntry: entry.id)
        #expect(check.check.state == .done)
        #expect(check.check.report == report.id)
        #expect(check.check.verdict == .compliant)
        await expect(.checkUnknown) { try await intake.check("other", ofEntry: entry.id) }
        await expect(.entryUnknown) { try await intake.check(report.id, ofEntry: "other") }
    }

    @Test("A content check whose decoder crashes three times ends with undetermined findings")
    func poison() async throws {
        let prober = DecodingDouble(.breaksDown)
        let intake = try intake(prober)
        let entry = try await submit(intake)
        #expect(await workOff(intake) { keeper.reports.count == 2 })
        #expect(prober.looks == 3)
        let report = try await intake.entry(entry.id).report
        #expect(outcomes(report) == [.pass, .pass, .undetermined, .undetermined])
        #expect(report?.findings.last?.reason == "crashed")
        #expect(report?.verdict == .needsReview)
    }

    @Test("A content check whose third attempt succeeds ends with a compliant report")
    func luckier() async throws {
        let prober = DecodingDouble(.worksTheThirdTime)
        let intake = try intake(prober)
        let entry = try await submit(intake)
        #expect(await workOff(intake) { keeper.reports.count == 2 })
        #expect(try await intake.entry(entry.id).report?.verdict == .compliant)
    }

    @Test(
        "A content check keeps waiting without using up attempts while the machine is at fault",
        arguments: ["disk", "contest", "full disk"])
    func ourFault(fault: String) async throws {
        let keeper = try KeeperDouble(failing: fault == "full disk" ? .complete : nil)
        let media = try await keeper.staged(Array("abc".utf8))
        let entry = try await intake(DecodingDouble(), keeper: keeper).submit(
            contest: "content", fields: [:], media: media, named: "a.mp4"
        ).entry
        let id = try #require(entry.report?.id)
        let prober = DecodingDouble(fault == "disk" ? .failsThroughUs : .works)
        let failing = try intake(prober, contests: fault == "contest" ? [.sample()] : nil, keeper: keeper)
        let tries = Mutex(0)
        #expect(
            await workOff(failing) {
                tries.withLock { $0 += 1 }
                return fault == "contest" ? tries.withLock { $0 > 100 } : prober.looks > 3
            })
        let check = try #require(try await keeper.check(id, ofEntry: entry.id))
        #expect(check.state == .waiting)
        #expect(check.attempts == 0)
        #expect(keeper.reports.count == 1)
    }

    @Test("A content check that can read nothing keeps the findings from header and packets")
    func blind() async throws {
        let prober = DecodingDouble(.breaksDown)
        let intake = try intake(prober)
        let entry = try await submit(intake)
        prober.isBlind.withLock { $0 = true }
        #expect(await workOff(intake) { keeper.reports.count == 2 })
        #expect(prober.looks == 3)
        let report = try await intake.entry(entry.id).report
        #expect(outcomes(report) == [.pass, .pass, .undetermined, .undetermined])
        #expect(report?.facts?.video != nil)
    }

    @Test("Each content check runs once, although several tasks carry out checks")
    func onceEach() async throws {
        let prober = DecodingDouble()
        let intake = try intake(prober, running: 8)
        for _ in 0..<12 { _ = try await submit(intake) }
        #expect(await workOff(intake) { keeper.reports.count == 24 })
        #expect(prober.looks == 12)
    }

    @Test(
        "A content check is cancelled without a report when its entry gets another file or is deleted",
        arguments: ["attach", "delete"])
    func changedMeanwhile(change: String) async throws {
        let prober = DecodingDouble(.untilCancelled)
        let intake = try intake(prober)
        let entry = try await submit(intake)
        let id = try #require(entry.report?.id)
        let work = Task { await intake.workOffChecks() }
        #expect(await eventually { prober.looks == 1 })
        if change == "attach" {
            _ = try await intake.attach(keeper.staged(Array("new".utf8)), named: "b.mp4", toEntry: entry.id)
            #expect(await eventually { prober.looks == 2 }, "the first check ended, and the one of the new file began")
            #expect(try await intake.check(id, ofEntry: entry.id).check.state == .superseded)
        } else {
            try await intake.delete(entry: entry.id)
            #expect(await eventually { intake.running.count == 0 })
        }
        work.cancel()
        await work.value
        #expect(keeper.reports.count == (change == "delete" ? 1 : 2), "the report of the first check is not stored")
    }

    @Test("`Intake.recheck` of the same file joins the content check that runs")
    func joined() async throws {
        let latch = Latch()
        let prober = DecodingDouble(.held(latch))
        let intake = try intake(prober)
        let entry = try await submit(intake)
        let id = try #require(entry.report?.id)
        let work = Task { await intake.workOffChecks() }
        #expect(await eventually { prober.looks == 1 })
        let progress = try await intake.check(id, ofEntry: entry.id)
        #expect(progress.decoded == .seconds(70) && progress.length == .seconds(150))
        for _ in 0..<5 { #expect(try await intake.recheck(entry: entry.id).entry.report?.id == id) }
        latch.open()
        #expect(await eventually { keeper.reports.count == 2 })
        work.cancel()
        await work.value
        #expect(prober.looks == 1)
        #expect(try await intake.check(id, ofEntry: entry.id).check.state == .done)
    }

    @Test("A content check is given up when three attempts ended the process")
    func givenUp() async throws {
        let prober = DecodingDouble()
        let intake = try intake(prober)
        let entry = try await submit(intake)
        let id = try #require(entry.report?.id)
        // Attempts that ended the process left only their number.
        try await keeper.setAttempts(3, ofCheck: id)
        #expect(await workOff(intake) { keeper.reports.count == 2 })
        #expect(prober.looks == 0)
        let report = try #require(try await intake.entry(entry.id).report)
        #expect(outcomes(report) == [.pass, .pass, .undetermined, .undetermined])
        #expect(report.findings.last?.reason == "given-up")
        #expect(report.verdict == .needsReview)
        #expect(report.id != id)
        #expect(try await intake.check(id, ofEntry: entry.id).check.state == .done)
    }

    @Test("A content check that is cancelled by the end of the service uses up no attempt")
    func shutDown() async throws {
        let prober = DecodingDouble(.untilCancelled)
        let intake = try intake(prober)
        let entry = try await submit(intake)
        let id = try #require(entry.report?.id)
        #expect(await workOff(intake) { prober.looks == 1 })
        let check = try #require(try await keeper.check(id, ofEntry: entry.id))
        #expect(check.attempts == 0)
        #expect(check.state == .waiting)
        #expect(keeper.reports.count == 1)
    }

    @Test("The state of a content check is `running` while it runs, and `waiting` after it was cancelled")
    func running() async throws {
        let prober = DecodingDouble(.untilCancelled)
        let intake = try intake(prober)
        let entry = try await submit(intake)
        let id = try #require(entry.report?.id)
        let work = Task { await intake.workOffChecks() }
        #expect(await eventually { prober.looks == 1 })
        let progress = try await intake.check(id, ofEntry: entry.id)
        #expect(progress.check.state == .running)
        #expect(progress.decoded == .zero)
        work.cancel()
        await work.value
        #expect(try await intake.check(id, ofEntry: entry.id).check.state == .waiting)
    }

    @Test("A content check is superseded when the file of its entry is replaced before it begins")
    func replaced() async throws {
        let prober = DecodingDouble()
        let intake = try intake(prober)
        let entry = try await submit(intake)
        let id = try #require(entry.report?.id)
        let newer = try await intake.attach(
            keeper.staged(Array("new".utf8)), named: "b.mp4", toEntry: entry.id
        ).entry
        #expect(try await intake.check(id, ofEntry: entry.id).check.state == .superseded)
        #expect(await workOff(intake) { keeper.reports.count == 3 })
        #expect(prober.looks == 1)
        #expect(try await intake.entry(entry.id).report?.media == newer.media)
    }
}
