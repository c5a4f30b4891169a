import ContestRules
import EntryIntake
import EntryStore
import MediaFacts
import Synchronization

/// A store that fails at one step while `isBroken` is on, and does its work at every other.
struct FaultyKeeper: EntryKeeping {
    /// What fails.
    enum Step: String, CaseIterable {
        case beginUpload
        case write
        case finish
        case add
        case replaceMedia
        case addReport
        case complete
        case addSignOff
        case entry
        case entries
        case openMedia
        case delete
        case checkReady
    }

    let store: EntryStore
    let step: Step
    let error: IntakeError
    let isBroken: Switch

    private func pass(_ step: Step) throws(IntakeError) {
        if isBroken.isOn, step == self.step { throw error }
    }

    func beginUpload() async throws(IntakeError) -> any IncomingMedia {
        try pass(.beginUpload)
        return Part(part: try await store.beginUpload(), keeper: self)
    }

    func add(
        _ entry: Entry, at moment: Moment, taking media: StagedMedia?, showing stills: [Still],
        answering answer: StoredAnswer?
    ) async throws(IntakeError) {
        try pass(.add)
        try await store.add(entry, at: moment, taking: media, showing: stills, answering: answer)
    }

    func replaceMedia(
        of id: String, with media: StagedMedia, _ change: MediaChange, answering answer: StoredAnswer?
    ) async throws(IntakeError) -> Bool {
        try pass(.replaceMedia)
        return try await store.replaceMedia(of: id, with: media, change, answering: answer)
    }

    func add(
        _ report: Report, _ admission: Admission?, toEntry id: String, answering answer: StoredAnswer?
    ) async throws(IntakeError) -> Bool {
        try pass(.addReport)
        return try await store.add(report, admission, toEntry: id, answering: answer)
    }

    func add(
        _ signOff: SignOff, toEntry id: String, answering answer: StoredAnswer?
    ) async throws(IntakeError) -> Bool {
        try pass(.addSignOff)
        return try await store.add(signOff, toEntry: id, answering: answer)
    }

    func answer(to key: String) async throws(IntakeError) -> StoredAnswer? { try await store.answer(to: key) }

    func reports(of id: String) async throws(IntakeError) -> [Report] { try await store.reports(of: id) }

    func isDeleted(_ id: String) async throws(IntakeError) -> Bool { try await store.isDeleted(id) }

    func entriesAwaitingReport(beyond skipped: Set<String>) async throws(IntakeError) -> [String] {
        try await store.entriesAwaitingReport(beyond: skipped)
    }

    func entry(_ id: String) async throws(IntakeError) -> Entry? {
        try pass(.entry)
        return try await store.entry(id)
    }

    func entry(inContest contest: String, holding media: MediaReference) async throws(IntakeError) -> String? {
        try await store.entry(inContest: contest, holding: media)
    }

    func entries(_ query: EntryQuery) async throws(IntakeError) -> EntryPage {
        try pass(.entries)
        return try await store.entries(query)
    }

    func openMedia(of id: String) async throws(IntakeError) -> OpenMediaFile? {
        try pass(.openMedia)
        return try await store.openMedia(of: id)
    }

    func delete(_ id: String, at moment: Moment) async throws(IntakeError) -> Bool {
        try pass(.delete)
        return try await store.delete(id, at: moment)
    }

    func checkReady() async throws(IntakeError) {
        try pass(.checkReady)
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

    func complete(
        _ check: String, with report: Report, showing stills: [Still]
    ) async throws(IntakeError) -> Bool {
        try pass(.complete)
        return try await store.complete(check, with: report, showing: stills)
    }

    func stills(ofReport id: String) async throws(IntakeError) -> [Still] { try await store.stills(ofReport: id) }

    private struct Part: IncomingMedia {
        let part: any IncomingMedia
        let keeper: FaultyKeeper

        func write(_ bytes: ArraySlice<UInt8>) async throws(IntakeError) {
            try keeper.pass(.write)
            try await part.write(bytes)
        }

        func finish() async throws(IntakeError) -> StagedMedia {
            try keeper.pass(.finish)
            return try await part.finish()
        }

        func discard() async { await part.discard() }
    }
}

/// Something that a test turns on and off.
final class Switch: Sendable {
    private let state = Mutex(false)

    var isOn: Bool { state.withLock { $0 } }

    func turn(on: Bool) { state.withLock { $0 = on } }
}
