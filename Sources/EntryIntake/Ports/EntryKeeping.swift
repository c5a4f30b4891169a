public import ContestRules

/// Stores entries with their reports, sign-offs and history. The port between `Intake` and the database.
public protocol EntryKeeping: CheckKeeping {
    /// Carries out a change in one transaction: rows, the standing of every affected entry, the stored answer and the
    /// outbox. Either all of these are on the disk when this returns, or none.
    ///
    /// - Returns: the entry at the end of the transaction; for `.deleted`, the entry before it.
    /// - Throws: `.entryUnknown`, `.entryDeleted`, and the errors of `EntryChange.applied(to:)`.
    func apply(_ change: EntryChange) async throws(IntakeError) -> Entry

    /// The stored answer to a request; nil when there is none, or it has expired.
    ///
    /// - Throws: `.keyReused` when the key was used for a request with other content.
    func answer(to request: IdempotentRequest) async throws(IntakeError) -> KeptAnswer?

    /// The entry with its newest report; nil when there is none.
    func entry(_ id: String) async throws(IntakeError) -> Entry?

    /// Contest and owner of an entry; nil when there is no such entry.
    func holder(of id: String) async throws(IntakeError) -> EntryHolder?

    /// The entry of a contest whose file `check --store` read at `place`; nil when there is none.
    func entry(from place: String, inContest contest: String) async throws(IntakeError) -> Entry?

    /// Whether an entry with this id existed and was deleted.
    func isDeleted(_ id: String) async throws(IntakeError) -> Bool

    /// One page of entries, newest first.
    func entries(_ query: EntryQuery) async throws(IntakeError) -> EntryPage

    /// One report on an entry; nil when the entry has no such report.
    func report(_ id: String, ofEntry entry: String) async throws(IntakeError) -> Report?

    /// One page of the history of an entry's reports, newest first.
    ///
    /// - Parameters:
    ///   - limit: most reports on the page, one or more.
    ///   - cursor: `nextCursor` of the page before; nil for the first page.
    /// - Throws: `.cursorInvalid`.
    func reports(of id: String, limit: Int, cursor: String?) async throws(IntakeError) -> ReportPage

    /// Ids of the oldest entries with media and without a report, except those in `skipped`; at most ten.
    func entriesAwaitingReport(beyond skipped: Set<String>) async throws(IntakeError) -> [String]

    /// Throws when entries could not be stored now.
    func checkReady() async throws(IntakeError)
}
