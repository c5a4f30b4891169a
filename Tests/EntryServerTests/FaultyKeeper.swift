import ContestRules
import EntryIntake
import EntryStore
import MediaFacts
import Synchronization

/// One step of the store or its vault that fails with an error while `isBroken` is on.
struct Faults: Sendable {
    /// The steps that can fail.
    enum Step: String, CaseIterable {
        case stage, write, finish, open
        case arrive, replaceMedia, check, complete, correct, sign, delete
        case entry, entries, checkReady

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

    let step: Step
    let error: IntakeError
    let isBroken: Switch

    func pass(_ step: Step) throws(IntakeError) {
        if isBroken.isOn, step == self.step { throw error }
    }
}

/// A store that fails at one step and does its work at every other.
struct FaultyKeeper: EntryKeeping {
    let store: EntryStore
    let faults: Faults?

    func apply(_ change: EntryChange) async throws(IntakeError) -> Entry {
        try faults?.pass(.init(change.event))
        return try await store.apply(change)
    }

    func answer(to request: IdempotentRequest) async throws(IntakeError) -> KeptAnswer? {
        try await store.answer(to: request)
    }

    func entry(_ id: String) async throws(IntakeError) -> Entry? {
        try faults?.pass(.entry)
        return try await store.entry(id)
    }

    func entry(from place: String, inContest contest: String) async throws(IntakeError) -> Entry? {
        try await store.entry(from: place, inContest: contest)
    }

    func holder(of id: String) async throws(IntakeError) -> EntryHolder? { try await store.holder(of: id) }

    func isDeleted(_ id: String) async throws(IntakeError) -> Bool { try await store.isDeleted(id) }

    func entries(_ query: EntryQuery) async throws(IntakeError) -> EntryPage {
        try faults?.pass(.entries)
        return try await store.entries(query)
    }

    func report(_ id: String, ofEntry entry: String) async throws(IntakeError) -> Report? {
        try await store.report(id, ofEntry: entry)
    }

    func reports(of id: String, limit: Int, cursor: String?) async throws(IntakeError) -> ReportPage {
        try await store.reports(of: id, limit: limit, cursor: cursor)
    }

    func entriesAwaitingReport(beyond skipped: Set<String>) async throws(IntakeError) -> [String] {
        try await store.entriesAwaitingReport(beyond: skipped)
    }

    func checkReady() async throws(IntakeError) {
        try faults?.pass(.checkReady)
        try await store.checkReady()
    }

    func check(_ id: String, ofEntry entry: String) async throws(IntakeError) -> ContentCheck? {
        try await store.check(id, ofEntry: entry)
    }

    func nextCheck(beyond skipped: Set<String>) async throws(IntakeError) -> ContentCheck? {
        try await store.nextCheck(beyond: skipped)
    }

    func setAttempts(_ attempts: Int, ofCheck id: String) async throws(IntakeError) {
        try await store.setAttempts(attempts, ofCheck: id)
    }

    func stills(ofReport id: String) async throws(IntakeError) -> [Still] { try await store.stills(ofReport: id) }

    func still(_ name: String, ofReport id: String) async throws(IntakeError) -> Still? {
        try await store.still(name, ofReport: id)
    }
}

/// A vault that fails at one step and does its work at every other.
struct FaultyVault: MediaVault {
    let vault: any MediaVault
    let faults: Faults?

    func stage() async throws(IntakeError) -> any IncomingMedia {
        try faults?.pass(.stage)
        return Part(part: try await vault.stage(), faults: faults)
    }

    func promote(_ media: StagedMedia) async throws(IntakeError) { try await vault.promote(media) }

    func release(_ media: StagedMedia, isNamed: Bool) async { await vault.release(media, isNamed: isNamed) }

    func open(_ sha256: String) async throws(IntakeError) -> OpenMediaFile? {
        try faults?.pass(.open)
        return try await vault.open(sha256)
    }

    private struct Part: IncomingMedia {
        let part: any IncomingMedia
        let faults: Faults?

        func write(_ bytes: any MediaBytes) async throws(IntakeError) {
            try faults?.pass(.write)
            try await part.write(bytes)
        }

        func finish() async throws(IntakeError) -> StagedMedia {
            try faults?.pass(.finish)
            return try await part.finish()
        }

        func discard() async { await part.discard() }
    }
}

/// A switch that a test turns on and off.
final class Switch: Sendable {
    private let state = Mutex(false)

    var isOn: Bool { state.withLock { $0 } }

    func turn(on: Bool) { state.withLock { $0 = on } }
}
