import ContestRules
import EntryIntake
import Foundation
import MediaFacts
import Synchronization
import TestSupport

/// A keeper in memory that remembers what was kept and fails when told to.
final class KeeperDouble: EntryKeeping {
    /// A step that can be made to fail, or to find that its entry has gone.
    enum Step: Sendable, CaseIterable {
        case beginUpload, write, finish, addEntry, replaceMedia, addReport, addSignOff, delete, checkReady
        case complete
    }

    fileprivate struct State {
        var entries: [String: Entry] = [:]
        var files: [String: OpenMediaFile] = [:]
        var reports: [Report] = []
        var answers: [String: StoredAnswer] = [:]
        var deleted: Set<String> = []
        var checks: [ContentCheck] = []
        var stills: [String: [Still]] = [:]
        var taken: [String] = []
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

    /// Every entry that is kept.
    var entries: [Entry] { state.withLock { Array($0.entries.values) } }
    /// Every report that was kept, in order.
    var reports: [Report] { state.withLock { $0.reports } }
    /// Uploads begun, and uploads discarded.
    var uploads: (begun: Int, discarded: Int) { state.withLock { ($0.uploads, $0.discarded) } }
    /// Whether nothing at all was kept.
    var isEmpty: Bool { state.withLock { $0.entries.isEmpty && $0.reports.isEmpty && $0.taken.isEmpty } }

    /// A file received whole.
    func staged(_ content: [UInt8]) async throws -> StagedMedia {
        let upload = try await beginUpload()
        try await upload.write(content[...])
        return try await upload.finish()
    }

    /// Keeps an entry without being asked by an intake.
    func put(_ entry: Entry, file: OpenMediaFile? = nil) {
        state.withLock {
            $0.entries[entry.id] = entry
            $0.files[entry.id] = file
        }
    }

    func beginUpload() async throws(IntakeError) -> any IncomingMedia {
        try fail(.beginUpload)
        let number = state.withLock { state in
            state.uploads += 1
            return state.uploads
        }
        return Incoming(self, path: folder.path("\(number).part"))
    }

    func add(
        _ entry: Entry, at moment: Moment, taking media: StagedMedia?, showing stills: [Still],
        answering answer: StoredAnswer?
    ) async throws(IntakeError) {
        try fail(.addEntry)
        state.withLock { state in
            state.entries[entry.id] = entry
            if let report = entry.report { state.keep(report, of: entry.id, stills) }
            if let media { state.take(media, for: entry.id) }
            state.keep(answer)
        }
    }

    func replaceMedia(
        of id: String, with media: StagedMedia, _ new: MediaChange, answering answer: StoredAnswer?
    ) async throws(IntakeError) -> Bool {
        try fail(.replaceMedia)
        return change(id, .replaceMedia) { state in
            state.entries[id]?.media = new.report.media
            state.entries[id]?.received = new.received
            state.entries[id]?.report = new.report
            state.entries[id]?.admission = new.admission
            state.keep(new.report, of: id)
            state.take(media, for: id)
            state.keep(answer)
        }
    }

    func add(
        _ report: Report, _ admission: Admission?, toEntry id: String, answering answer: StoredAnswer?
    ) async throws(IntakeError) -> Bool {
        try fail(.addReport)
        return change(id, .addReport) { state in
            state.entries[id]?.report = report
            state.entries[id]?.admission = admission
            state.keep(report, of: id)
            state.keep(answer)
        }
    }

    func add(
        _ signOff: SignOff, toEntry id: String, answering answer: StoredAnswer?
    ) async throws(IntakeError) -> Bool {
        try fail(.addSignOff)
        return change(id, .addSignOff) { state in
            state.entries[id]?.signOffs.append(signOff)
            state.keep(answer)
        }
    }

    func answer(to key: String) async throws(IntakeError) -> StoredAnswer? { state.withLock { $0.answers[key] } }

    func reports(of id: String) async throws(IntakeError) -> [Report] { reports.reversed() }

    func isDeleted(_ id: String) async throws(IntakeError) -> Bool { state.withLock { $0.deleted.contains(id) } }

    func entriesAwaitingReport(beyond skipped: Set<String>) async throws(IntakeError) -> [String] {
        entries.filter { $0.media != nil && $0.report == nil && !skipped.contains($0.id) }.map(\.id)
    }

    func entry(_ id: String) async throws(IntakeError) -> Entry? { state.withLock { $0.entries[id] } }

    func entry(inContest contest: String, holding media: MediaReference) async throws(IntakeError) -> String? {
        entries.first {
            $0.contest == contest && $0.media?.sha256 == media.sha256 && $0.media?.filename == media.filename
        }?.id
    }

    func entries(_ query: EntryQuery) async throws(IntakeError) -> EntryPage {
        EntryPage(
            entries: entries.map {
                EntrySummary(
                    id: $0.id, createdAt: $0.createdAt, contest: $0.contest, media: $0.media,
                    verdict: $0.report?.verdict, standing: $0.standing)
            }, nextCursor: query.cursor)
    }

    func openMedia(of id: String) async throws(IntakeError) -> OpenMediaFile? { state.withLock { $0.files[id] } }

    func delete(_ id: String, at moment: Moment) async throws(IntakeError) -> Bool {
        try fail(.delete)
        return change(id, .delete) {
            $0.entries[id] = nil
            $0.checks.removeAll { $0.entry == id }
            $0.deleted.insert(id)
        }
    }

    func checkReady() async throws(IntakeError) { try fail(.checkReady) }

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

    func complete(
        _ check: String, with report: Report, showing stills: [Still]
    ) async throws(IntakeError) -> Bool {
        try fail(.complete)
        return state.withLock { state in
            guard let index = state.checks.firstIndex(where: { $0.id == check && $0.state == .waiting }),
                state.entries[state.checks[index].entry] != nil
            else { return false }
            (state.checks[index].state, state.checks[index].report) = (.done, report.id)
            let entry = state.checks[index].entry
            state.entries[entry]?.report = report
            state.keep(report, of: entry, stills)
            return true
        }
    }

    func stills(ofReport id: String) async throws(IntakeError) -> [Still] { state.withLock { $0.stills[id] ?? [] } }

    private func fail(_ step: Step) throws(IntakeError) {
        guard failing != step else { throw Self.failure }
    }

    private func change(_ id: String, _ step: Step, _ work: (inout State) -> Void) -> Bool {
        state.withLock { state in
            guard state.entries[id] != nil, vanishing != step else { return false }
            work(&state)
            return true
        }
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

        func write(_ bytes: ArraySlice<UInt8>) async throws(IntakeError) {
            try keeper.fail(.write)
            content.withLock { $0 += bytes }
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
    /// A report that is pending makes its check, and every report ends the checks before it.
    fileprivate mutating func keep(_ report: Report, of entry: String, _ stills: [Still] = []) {
        reports.append(report)
        self.stills[report.id] = stills
        for index in checks.indices where checks[index].entry == entry && checks[index].state == .waiting {
            checks[index].state = .superseded
        }
        guard report.isPending else { return }
        checks.append(
            ContentCheck(
                id: report.id, entry: entry, createdAt: report.createdAt, state: .waiting, attempts: 0, report: nil))
    }

    fileprivate mutating func keep(_ answer: StoredAnswer?) {
        if let answer, let key = answer.key { answers[key] = answer }
    }

    fileprivate mutating func take(_ media: StagedMedia, for entry: String) {
        files[entry] = media.file
        taken.append(media.ticket)
    }
}
