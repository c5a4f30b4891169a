import ContestRules
import EntryIntake
import EntryStore
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

    func add(_ entry: Entry, at moment: Moment, taking media: StagedMedia?) async throws(IntakeError) {
        try pass(.add)
        try await store.add(entry, at: moment, taking: media)
    }

    func replaceMedia(of id: String, with media: StagedMedia, _ report: Report) async throws(IntakeError) -> Bool {
        try pass(.replaceMedia)
        return try await store.replaceMedia(of: id, with: media, report)
    }

    func add(_ report: Report, toEntry id: String) async throws(IntakeError) -> Bool {
        try pass(.addReport)
        return try await store.add(report, toEntry: id)
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

    func delete(_ id: String) async throws(IntakeError) -> Bool {
        try pass(.delete)
        return try await store.delete(id)
    }

    func checkReady() async throws(IntakeError) {
        try pass(.checkReady)
        try await store.checkReady()
    }

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
