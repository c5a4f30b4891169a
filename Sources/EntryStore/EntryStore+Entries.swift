internal import BlockingLanes
public import ContestRules
public import EntryIntake
internal import Foundation
internal import GRDB
internal import MediaFacts

extension EntryStore: EntryKeeping {
    /// The kept answer to a request; nil when there is none or it has expired.
    public func answer(to request: IdempotentRequest) async throws(IntakeError) -> KeptAnswer? {
        try await read { [seal] db in try AnswerRow.answer(to: request, seal, in: db) }
    }

    /// The entry with its newest report, admission, sign-offs and corrections; nil when there is none.
    public func entry(_ id: String) async throws(IntakeError) -> Entry? {
        try await read { [self] db in try EntryRow.of(id, in: db).map { try entry($0, in: db) } }
    }

    /// Contest and owner of an entry; nil when there is no such entry.
    public func holder(of id: String) async throws(IntakeError) -> EntryHolder? {
        try await read { db in
            try Row.fetchOne(db, sql: "SELECT id, contest, owner FROM entry WHERE id = ?", arguments: [id])
                .flatMap { $0["id"] == id ? EntryHolder(contest: $0["contest"], owner: $0["owner"]) : nil }
        }
    }

    /// The contest's entry that came from `place`; nil when there is none.
    public func entry(from place: String, inContest contest: String) async throws(IntakeError) -> Entry? {
        try await read { [self] db in
            try EntryRow.of(place: place, contest: contest, in: db).map { try entry($0, in: db) }
        }
    }

    /// One report on an entry; nil when the entry has no such report.
    public func report(_ id: String, ofEntry entry: String) async throws(IntakeError) -> Report? {
        try await read { db in
            guard let row = try ReportRow.filter(Column("id") == id).fetchOne(db),
                try EntryLine.filter(Column("number") == row.entry).fetchOne(db)?.id == entry
            else { return nil }
            return row.document
        }
    }

    /// One page of the history of an entry's reports, newest first. Decodes no report document.
    ///
    /// - Throws: `.cursorInvalid`.
    public func reports(of id: String, limit: Int, cursor: String?) async throws(IntakeError) -> ReportPage {
        let before = try cursor.map { text throws(IntakeError) in try PageCursor(text) }
        return try await read { db in
            guard let line = try EntryLine.of(id, in: db) else { return ReportPage(reports: [], nextCursor: nil) }
            return try ReportLine.page(ofEntry: line.number, limit: limit, before: before?.number, in: db)
        }
    }

    /// Whether an entry with this id was deleted.
    public func isDeleted(_ id: String) async throws(IntakeError) -> Bool {
        try await read { db in try TombstoneRow.names(id, in: db) }
    }

    /// Ids of the oldest entries with media and without a report that are not in `skipped`; at most ten.
    public func entriesAwaitingReport(beyond skipped: Set<String>) async throws(IntakeError) -> [String] {
        try await read { db in
            try EntryLine.awaitingReport(10 + skipped.count).fetchAll(db).map(\.id)
                .filter { !skipped.contains($0) }.prefix(10).map(\.self)
        }
    }

    /// One page of entries, newest first.
    ///
    /// - Throws: `.cursorInvalid`.
    public func entries(_ query: EntryQuery) async throws(IntakeError) -> EntryPage {
        let before = try query.cursor.map { text throws(IntakeError) in try PageCursor(text) }
        return try await read { db in
            let rows = try EntryLine.list(query, before: before?.number).fetchAll(db)
            let page = rows.prefix(query.limit)
            let next = rows.count > query.limit ? page.last.map { PageCursor(number: $0.number).text } : nil
            return EntryPage(entries: page.map(\.summary), nextCursor: next)
        }
    }
}
