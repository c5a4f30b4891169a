import ContestRules
import EntryIntake
import Foundation
import MediaFacts
import Synchronization
import TestSupport

/// A keeper and a vault in memory, whose steps can be made to fail.
final class KeeperDouble: EntryKeeping, MediaVault {
    /// A step that can be made to fail, or before which its entry can be made to vanish.
    enum Step: Sendable, CaseIterable {
        case beginUpload, write, finish, arrive, replaceMedia, check, complete, correct, sign, delete, checkReady

        init(_ event: EntryChange.Event) {
            self =
                switch event {
                case .arrived: .arrive
                case .mediaReplaced: .replaceMedia
                case .checked: .check
                case .completed: .complete
                case .corrected: .correct
                case .signed: .sign
                case .deleted: .delete
                }
        }
    }

    fileprivate struct State {
        var entries: [String: Entry] = [:]
        var files: [String: OpenMediaFile] = [:]
        var reports: [Report] = []
        /// Id of the entry of each report, by the id of the report.
        var holders: [String: String] = [:]
        var answers: [String: (content: [UInt8], answer: KeptAnswer)] = [:]
        var deleted: Set<String> = []
        var checks: [ContentCheck] = []
        var stills: [String: [Still]] = [:]
        var promoted: [String] = []
        var uploads = 0
        var discarded = 0
    }

    private let state = Mutex(State())
    private let folder: TemporaryFolder
    private let failing: Step?
    private let vanishing: Step?

    init(failing: Step? = nil, vanishing: Step? = nil) throws {
        folder = try TemporaryFolder()
        self.failing = failing
        self.vanishing = vanishing
    }

    static let failure = IntakeError.storageFailed("told to fail")

    /// Every stored entry.
    var entries: [Entry] { state.withLock { Array($0.entries.values) } }
    /// Every report that was stored, in order.
    var reports: [Report] { state.withLock { $0.reports } }
    /// Number of uploads begun, and number of uploads discarded.
    var uploads: (begun: Int, discarded: Int) { state.withLock { ($0.uploads, $0.discarded) } }
    /// Whether no entry, report or file was stored.
    var isEmpty: Bool { state.withLock { $0.entries.isEmpty && $0.reports.isEmpty && $0.promoted.isEmpty } }

    /// A completely received file with this content.
    func staged(_ content: [UInt8]) async throws -> StagedMedia {
        let upload = try await stage()
        try await upload.write(content[...])
        return try await upload.finish()
    }

    /// Stores an entry directly, without an intake.
    func put(_ entry: Entry, file: OpenMediaFile? = nil) {
        state.withLock {
            $0.entries[entry.id] = entry
            if let sum = entry.media?.sha256 { $0.files[sum] = file }
        }
    }

    // MARK: - MediaVault

    func stage() async throws(IntakeError) -> any IncomingMedia {
        try fail(.beginUpload)
        let number = state.withLock { state in
            state.uploads += 1
            return state.uploads
        }
        return Incoming(self, path: folder.path("\(number).part"))
    }

    func promote(_ media: StagedMedia) async throws(IntakeError) {
        state.withLock { $0.files[media.media.sha256 ?? ""] = media.file }
    }

    func release(_ media: StagedMedia, isNamed: Bool) async {}

    func open(_ sha256: String) async throws(IntakeError) -> OpenMediaFile? { state.withLock { $0.files[sha256] } }

    // MARK: - EntryKeeping

    func apply(_ change: EntryChange) async throws(IntakeError) -> Entry {
        let step = Step(change.event)
        try fail(step)
        if let staged = change.newMedia?.staged { try await promote(staged) }
        let result = state.withLock { state in
            Result { () throws(IntakeError) in try state.apply(change, isVanishing: vanishing == step) }
        }
        return try result.get()
    }

    func answer(to request: IdempotentRequest) async throws(IntakeError) -> KeptAnswer? {
        let kept = state.withLock { $0.answers[request.principal + " " + request.key] }
        guard kept == nil || kept?.content == request.content else { throw .keyReused }
        return kept?.answer
    }

    func holder(of id: String) async throws(IntakeError) -> EntryHolder? {
        try await entry(id).map { EntryHolder(contest: $0.contest, owner: $0.owner) }
    }

    func isDeleted(_ id: String) async throws(IntakeError) -> Bool { state.withLock { $0.deleted.contains(id) } }

    func entriesAwaitingReport(beyond skipped: Set<String>) async throws(IntakeError) -> [String] {
        entries.filter { $0.media != nil && $0.report == nil && !skipped.contains($0.id) }.prefix(10).map(\.id)
    }

    func entry(_ id: String) async throws(IntakeError) -> Entry? { state.withLock { $0.entries[id] } }

    func entry(from place: String, inContest contest: String) async throws(IntakeError) -> Entry? {
        entries.first { $0.place == place && $0.contest == contest }
    }

    func entries(_ query: EntryQuery) async throws(IntakeError) -> EntryPage {
        EntryPage(entries: entries.map { $0.summary(in: nil) }, nextCursor: query.cursor)
    }

    func report(_ id: String, ofEntry entry: String) async throws(IntakeError) -> Report? {
        reports(of: entry).first { $0.id == id }
    }

    func reports(of id: String, limit: Int, cursor: String?) async throws(IntakeError) -> ReportPage {
        let lines = reports(of: id).reversed().prefix(limit).map {
            ReportSummary(id: $0.id, createdAt: $0.createdAt, verdict: $0.verdict, contest: $0.contest)
        }
        return ReportPage(reports: lines, nextCursor: nil)
    }

    /// The reports on a stored entry, in order.
    private func reports(of entry: String) -> [Report] {
        state.withLock { state in
            state.entries[entry] == nil ? [] : state.reports.filter { state.holders[$0.id] == entry }
        }
    }

    func checkReady() async throws(IntakeError) { try fail(.checkReady) }

    // MARK: - CheckKeeping

    func check(_ id: String, ofEntry entry: String) async throws(IntakeError) -> ContentCheck? {
        state.withLock { $0.checks.first { $0.id == id && $0.entry == entry } }
    }

    func nextCheck(beyond skipped: Set<String>) async throws(IntakeError) -> ContentCheck? {
        state.withLock { state in
            state.checks.filter { $0.state == .waiting && !skipped.contains($0.id) }
                .min { $0.attempts < $1.attempts }
        }
    }

    func setAttempts(_ attempts: Int, ofCheck id: String) async throws(IntakeError) {
        state.withLock { state in
            for index in state.checks.indices where state.checks[index].id == id {
                state.checks[index].attempts = attempts
            }
        }
    }

    func stills(ofReport id: String) async throws(IntakeError) -> [Still] { state.withLock { $0.stills[id] ?? [] } }

    func still(_ name: String, ofReport id: String) async throws(IntakeError) -> Still? {
        try await stills(ofReport: id).first { StillReference($0).name == name }
    }

    private func fail(_ step: Step) throws(IntakeError) {
        guard failing != step else { throw Self.failure }
    }

    /// A file that is being received into memory.
    private final class Incoming: IncomingMedia {
        private let keeper: KeeperDouble
        private let path: String
        private let content = Mutex<[UInt8]>([])

        init(_ keeper: KeeperDouble, path: String) {
            self.keeper = keeper
            self.path = path
        }

        func write(_ bytes: any MediaBytes) async throws(IntakeError) {
            try keeper.fail(.write)
            content.withLock { $0.append(contentsOf: bytes) }
        }

        func finish() async throws(IntakeError) -> StagedMedia {
            try keeper.fail(.finish)
            let bytes = content.withLock { $0 }
            guard FileManager.default.createFile(atPath: path, contents: Data(bytes)) else {
                throw KeeperDouble.failure
            }
            var digest = MediaDigest()
            digest.add(bytes)
            return StagedMedia(
                file: try OpenMediaFile(path: path),
                media: MediaReference(filename: nil, bytes: Int64(bytes.count), sha256: digest.hexadecimal),
                ticket: path)
        }

        func discard() async { keeper.state.withLock { $0.discarded += 1 } }
    }
}

extension KeeperDouble.State {
    /// Applies a change as `EntryStore` does: by the same pure function, with the same effects on checks and answers.
    fileprivate mutating func apply(_ change: EntryChange, isVanishing: Bool) throws(IntakeError) -> Entry {
        let before = isVanishing ? nil : self.before(change)
        if before == nil, deleted.contains(change.entry) { throw .entryDeleted }
        if case .completed(let check, _, _) = change.event {
            guard checks.contains(where: { $0.id == check && $0.state == .waiting }) else { throw .checkUnknown }
        }
        let after = try change.applied(to: before)
        if case .deleted = change.event {
            entries[after.id] = nil
            checks.removeAll { $0.entry == after.id }
            deleted.insert(after.id)
            return after
        }
        entries[after.id] = after
        if let sum = change.newMedia?.staged.media.sha256 { promoted.append(sum) }
        if let report = after.report, report.id != before?.report?.id {
            keep(report, of: after.id, change.stills, completing: change.event)
        } else if after.media?.sha256 != before?.media?.sha256 {
            supersede(after.id)
        }
        if let request = change.request {
            answers[request.principal + " " + request.key] = (request.content, .entry(after))
        }
        return after
    }

    private func before(_ change: EntryChange) -> Entry? {
        guard case .arrived(let arrival) = change.event else { return entries[change.entry] }
        guard let place = arrival.place else { return nil }
        return entries.values.first { $0.place == place && $0.contest == change.rules?.id }
    }

    private mutating func keep(
        _ report: Report, of entry: String, _ stills: [Still], completing event: EntryChange.Event
    ) {
        reports.append(report)
        holders[report.id] = entry
        self.stills[report.id] = stills
        if case .completed(let check, _, _) = event, let index = checks.firstIndex(where: { $0.id == check }) {
            (checks[index].state, checks[index].report, checks[index].verdict) = (.done, report.id, report.verdict)
        }
        supersede(entry)
        guard report.isPending else { return }
        checks.append(
            ContentCheck(
                id: report.id, entry: entry, createdAt: report.createdAt, state: .waiting, attempts: 0, report: nil))
    }

    private mutating func supersede(_ entry: String) {
        for index in checks.indices where checks[index].entry == entry && checks[index].state == .waiting {
            checks[index].state = .superseded
        }
    }
}
