internal import BlockingLanes
internal import ContestRules
public import EntryIntake
internal import Foundation
internal import GRDB
internal import MediaFacts

extension EntryStore {
    /// Carries out a change in one transaction. The media's bytes are on the disk before a row names them; a failed
    /// transaction removes the file again.
    public func apply(_ change: EntryChange) async throws(IntakeError) -> Entry {
        let staged = change.newMedia?.staged
        if let staged { try await promote(staged) }
        do {
            let applied = try await timing.measure(.write) {
                try await database.writer.write { [self] db in try carryOut(change, in: db) }
            }
            if applied.hasDeliveries { deliveryBell.ring() }
            if let staged { await vault.release(staged, isNamed: true) }
            // Files that the change freed, and a received file that no row names after all.
            for sum in applied.freed.union([staged?.media.sha256].compactMap(\.self)) { try? await sweep(sum) }
            if case .deleted = change.event { await emptyJournal() }
            return applied.entry
        } catch {
            if let staged { await vault.release(staged, isNamed: false) }
            // A commit whose fsync failed may still exist after a crash and would then need its file. If the commit is
            // lost, the next start removes the file.
            let mayHaveCommitted = (error as? DatabaseError)?.resultCode == .SQLITE_IOERR
            if let sum = staged?.media.sha256, !mayHaveCommitted { try? await sweep(sum) }
            throw .database(error, in: vault)
        }
    }

    /// Gives a received file its lasting name. When the name cannot be synced, it is removed again, unless an entry has it.
    private func promote(_ staged: StagedMedia) async throws(IntakeError) {
        do {
            try await vault.promote(staged)
        } catch {
            if let sum = staged.media.sha256 { try? await sweep(sum) }
            throw error
        }
    }

    /// The entry after a change, and the SHA-256 of the files that it named before the change only.
    private struct Applied: Sendable {
        var entry: Entry
        var freed: Set<String> = []
        /// Whether webhook deliveries were made.
        var hasDeliveries = false
    }

    private func carryOut(_ change: EntryChange, in db: Database) throws -> Applied {
        if case .deleted = change.event { return try carryOutDeletion(change, in: db) }
        let row = try Self.row(of: change, in: db)
        let before = try row.map { try entry($0, in: db) }
        if before == nil, try TombstoneRow.names(change.entry, in: db) { throw IntakeError.entryDeleted }
        if case .completed(let check, _, _) = change.event { try CheckRow.requireWaiting(check, in: db) }
        var after = try change.applied(to: before)
        // The same work arrived again from its place with nothing new: write no row and no event.
        if let before, after == before { return Applied(entry: before) }
        let number = try save(&after, of: change, over: row, before, in: db)
        try OutboxRow(change, of: after, before).insert(db)
        try AnswerRow.keep(after, for: change.request, entry: number, seal, in: db)
        let freed = before?.media?.sha256.flatMap { $0 == after.media?.sha256 ? nil : $0 }
        let hasDeliveries = try WebhookDeliveryRow.keep(change, before: before, after: after, in: db)
        return Applied(entry: after, freed: Set([freed].compactMap(\.self)), hasDeliveries: hasDeliveries)
    }

    /// The row that a change is about: an arrival is found by its place, every other change by the entry's id.
    private static func row(of change: EntryChange, in db: Database) throws -> EntryRow? {
        guard case .arrived(let arrival) = change.event else { return try EntryRow.of(change.entry, in: db) }
        guard let place = arrival.place, let contest = change.rules?.id else { return nil }
        return try EntryRow.of(place: place, contest: contest, in: db)
    }

    /// Writes an entry's row and everything that the change added to its history.
    ///
    /// - Returns: number of the entry's row.
    func save(
        _ after: inout Entry, of change: EntryChange, over old: EntryRow?, _ before: Entry?, in db: Database
    ) throws -> Int64 {
        var row = try EntryRow(after, over: old, rules: change.rules, at: change.at, seal)
        if row.mediaSHA256 != old?.mediaSHA256, row.mediaSHA256 != nil {
            row.mediaOrder = try EntryRow.nextMediaOrder(in: db)
        }
        try row.save(db)
        let number = row.number ?? db.lastInsertedRowID
        try saveHistory(after, before, number, change, in: db)
        row.number = number
        after.sameMedia = try SameMediaRows.others(than: row, number, in: db)
        try row.setStanding(after, in: db)
        if let freed = old?.mediaSHA256, freed != row.mediaSHA256 {
            try refreshFirstHolder(of: freed, contest: row.contest, in: db)
        }
        return number
    }

    private func saveHistory(
        _ after: Entry, _ before: Entry?, _ number: Int64, _ change: EntryChange, in db: Database
    ) throws {
        if let report = after.report, report != before?.report {
            try ReportRow.keep(report, showing: change.stills, entry: number, in: db)
        }
        if after.media?.sha256 != before?.media?.sha256 || after.report == nil {
            // Content checks and stills of an old file, or of a report that was taken away, are of no use.
            try CheckRow.supersede(ofEntry: number, but: after.report?.id, in: db)
            try StillRow.delete(ofEntry: number, but: after.report?.id, in: db)
        }
        if case .completed(let check, let report, _) = change.event {
            try CheckRow.end(check, with: report.id, in: db)
        }
        if let admission = after.admission, admission != before?.admission {
            try AdmissionRow(admission, entry: number).insert(db)
        }
        for signOff in after.signOffs.dropFirst(before?.signOffs.count ?? 0) {
            try SignOffRow(signOff, entry: number).insert(db)
        }
        for correction in after.corrections.dropFirst(before?.corrections.count ?? 0) {
            try CorrectionRow(correction, entry: number, owner: after.id, seal).insert(db)
        }
        if case .arrived(let arrival) = change.event, let upload = arrival.upload {
            try UploadRow.link(upload, to: after.id, seal, in: db)
        }
    }

    /// Removes an entry, even one that cannot be read; the result then has only the columns of a list.
    private func carryOutDeletion(_ change: EntryChange, in db: Database) throws -> Applied {
        guard let line = try EntryLine.of(change.entry, in: db) else {
            throw try TombstoneRow.names(change.entry, in: db) ? IntakeError.entryDeleted : .entryUnknown
        }
        let before = try? EntryRow.of(line.id, in: db).map { try entry($0, in: db) }
        try EntryTextRow.delete(line.number, in: db)
        try EntryRow.deleteOne(db, key: line.number)
        try TombstoneRow(id: line.id, contest: line.contest, deletedAt: change.at.text).insert(db)
        if let sum = line.mediaSHA256 { try refreshFirstHolder(of: sum, contest: line.contest, in: db) }
        let unreadable = Entry(
            id: line.id, createdAt: line.createdAt, contest: line.contest, fields: [:], contacts: nil, media: line.media
        )
        let removed = before ?? unreadable
        try OutboxRow(change, of: removed, removed).insert(db)
        let hasDeliveries = try WebhookDeliveryRow.keep(change, before: removed, after: removed, in: db)
        return Applied(
            entry: removed, freed: Set([line.mediaSHA256].compactMap(\.self)), hasDeliveries: hasDeliveries)
    }

    /// Recomputes the standing of the entry that is now the first holder of a file. The previous first holder gave the
    /// file up, so `unique-media` may pass for this entry. Later holders stay in doubt.
    private func refreshFirstHolder(of sum: String, contest: String, in db: Database) throws {
        // An entry that cannot be read must not stop another entry's change.
        guard var row = try? EntryRow.firstHolder(of: sum, contest: contest, in: db),
            let entry = try? entry(row, in: db)
        else { return }
        try row.setStanding(entry, in: db)
    }

    /// The entry of a row, with its newest report, admission, sign-offs and corrections.
    func entry(_ row: EntryRow, in db: Database) throws -> Entry {
        let own = Column("entry") == row.number
        let newest = Column("number").desc
        var entry = Entry(
            id: row.id, createdAt: row.createdAt, contest: row.contest, owner: row.owner, place: row.place,
            version: row.version, fields: row.fields, contacts: row.contacts(seal), received: row.received,
            media: row.media, admission: try AdmissionRow.filter(own).order(newest).fetchOne(db)?.document,
            signOffs: try SignOffRow.filter(own).order(Column("number")).fetchAll(db).compactMap(\.signOff),
            corrections: try CorrectionRow.filter(own).order(Column("number")).fetchAll(db)
                .map { $0.correction(owner: row.id, seal) })
        if row.verdict != nil {
            entry.report = try ReportRow.filter(own).order(newest).fetchOne(db)?.document
        }
        if let number = row.number { entry.sameMedia = try SameMediaRows.others(than: row, number, in: db) }
        return entry
    }

    /// Removes a file if no entry names it. Both steps hold the database's writer, so that no entry can take the file
    /// in between.
    func sweep(_ sum: String) async throws(IntakeError) {
        // An unstructured task: cancelling the caller must not leave the file of a committed change behind.
        try await perform { [database, vault] in
            try await Task {
                try await database.writer.writeWithoutTransaction { db in
                    if try EntryRow.filter(Column("mediaSHA256") == sum).isEmpty(db) { vault.remove(sum) }
                }
            }.value
        }
    }

    /// Empties the write-ahead log, which holds pages from before a deletion. A failure is ignored: the entry is
    /// deleted, and `tidy(at:)` tries again.
    private func emptyJournal() async {
        await Task { [database] in try? await database.emptyJournal() }.value
    }
}
