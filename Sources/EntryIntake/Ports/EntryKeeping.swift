public import ContestRules

/// Keeps entries with their reports, sign-offs and history. The port between the order of the steps and the database.
public protocol EntryKeeping: CheckKeeping {
    /// Carries out a change in one transaction: rows, the standing of every entry that it touches, the kept answer, the
    /// outbox. Either all of it is on the disk when this returns, or none.
    ///
    /// - Returns: the entry as it stands at the end of the transaction; after `.deleted`, as it stood before.
    /// - Throws: `.entryUnknown`, `.entryDeleted`, and what `EntryChange.applied(to:)` throws.
    func apply(_ change: EntryChange) async throws(IntakeError) -> Entry

    /// The answer that was kept for a request; nil when there is none, or its time is over.
    ///
    /// - Throws: `.keyReused` when the key was used for a request with another content.
    func answer(to request: IdempotentRequest) async throws(IntakeError) -> KeptAnswer?

    /// The entry with its newest report; nil when there is none.
    func entry(_ id: String) async throws(IntakeError) -> Entry?

    /// Contest and owner of an entry; nil when there is no such entry.
    func holder(of id: String) async throws(IntakeError) -> EntryHolder?

    /// The entry of a contest that came from a place; nil when there is none.
    func entry(from place: String, inContest contest: String) async throws(IntakeError) -> Entry?

    /// Whether there was such an entry and it was deleted.
    func isDeleted(_ id: String) async throws(IntakeError) -> Bool

    /// One page of entries, newest first.
    func entries(_ query: EntryQuery) async throws(IntakeError) -> EntryPage

    /// One report on an entry; nil when the entry has no such report.
    func report(_ id: String, ofEntry entry: String) async throws(IntakeError) -> Report?

    /// One page of the history of an entry's reports, newest first.
    ///
    /// - Parameter limit: most lines, one or more.
    func reports(of id: String, limit: Int, cursor: String?) async throws(IntakeError) -> ReportPage

    /// The oldest entries, beyond those in `skipped`, that have media and no report; at most ten.
    func entriesAwaitingReport(beyond skipped: Set<String>) async throws(IntakeError) -> [String]

    /// Throws when entries could not be kept right now.
    func checkReady() async throws(IntakeError)
}
