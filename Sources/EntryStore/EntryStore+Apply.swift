internal import BlockingLanes
internal import ContestRules
public import EntryIntake
internal import Foundation
internal import GRDB
internal import MediaFacts

extension EntryStore {
    /// Carries out a change in one transaction. The media's bytes are on the disk before a row names them; when the
    /// transaction fails, the file goes again.
    public func apply(_ change: EntryChange) async throws(IntakeError) -> Entry {
        let staged = change.newMedia?.staged
        if let staged { try await vault.promote(staged) }
        do {
            let applied = try await database.writer.write { [self] db in try carryOut(change, in: db) }
            if let staged { await vault.release(staged, isNamed: true) }
            // What the change freed, and a received file that turned out not to be needed.
            for sum in applied.freed.union([staged?.media.sha256].compactMap(\.self)) { try? await sweep(sum) }
            if case .deleted = change.event { await emptyJournal() }
            return applied.entry
        } catch {
            if let staged { await vault.release(staged, isNamed: false) }
            // A commit that failed in its fsync may be back after a crash and then needs its file; if it is not, the next
            // start removes the file.
            let mayHaveCommitted = (error as? DatabaseError)?.resultCode == .SQLITE_IOERR
            if let sum = staged?.media.sha256, !mayHaveCommitted { try? await sweep(sum) }
            throw .database(error, in: vault)
        }
    }

    /// The result of a change, and the SHA-256 of the files that entries named before and may not name now.
    private struct Applied: Sendable {
        var entry: Entry
        var freed: Set<String> = []
    }

    private func carryOut(_ change: EntryChange, in db: Database) throws -> Applied {
        if case .deleted = change.event { return try carryOutDeletion(change, in: db) }
        let row = try Self.row(of: change, in: db)
        let before = try row.map { try entry($0, in: db) }
        if before == nil, try TombstoneRow.names(change.entry, in: db) { throw IntakeError.entryDeleted }
        if case .completed(let check, _, _) = change.event { try CheckRow.requireWaiting(check, in: db) }
        var after = try change.applied(to: before)
        // A work that came again from its place, and nothing about it is new: nothing happened.
        if let before, after == before { return Applied(entry: before) }
        let number = try save(&after, of: change, over: row, before, in: db)
        try OutboxRow(change, of: after, before).insert(db)
        try AnswerRow.keep(after, for: change.request, entry: number, seal, in: db)
        let freed = before?.media?.sha256.flatMap { $0 == after.media?.sha256 ? nil : $0 }
        return Applied(entry: after, freed: Set([freed].compactMap(\.self)))
    }

    /// The row that a change is about: by the place that a work came from, else by the entry's id.
    private static func row(of change: EntryChange, in db: Database) throws -> EntryRow? {
        guard case .arrived(let arrival) = change.event else { return try EntryRow.of(change.entry, in: db) }
        guard let place = arrival.place, let contest = change.rules?.id else { return nil }
        return try EntryRow.of(place: place, contest: contest, in: db)
    }

    /// Writes an entry's row and everything that the change added to its history; gives the row's number back.
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
        if after.media?.sha256 != before?.media?.sha256 {
            // Checks and pictures of the old file go with it.
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

    /// Removes an entry. An entry that cannot be read is removed all the same; its list line is then the answer.
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
        return Applied(entry: removed, freed: Set([line.mediaSHA256].compactMap(\.self)))
    }

    /// Recomputes the standing of the entry that is now the first with a file: the entry before it is gone, so it may no
    /// longer be in doubt. Later holders stay in doubt.
    private func refreshFirstHolder(of sum: String, contest: String, in db: Database) throws {
        // An entry that cannot be read must not stop another entry's change; `db check` names it.
        guard var row = try? EntryRow.firstHolder(of: sum, contest: contest, in: db),
            let entry = try? entry(row, in: db)
        else { return }
        try row.setStanding(entry, in: db)
    }

    /// The entry of a row, with everything that belongs to it.
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

    /// Removes a file that no entry names. Looks and removes while it holds the writer, so that no entry can take the file
    /// in between.
    func sweep(_ sum: String) async throws(IntakeError) {
        // A task of its own: what is committed is cleaned up after, though the caller has gone.
        try await perform { [database, vault] in
            try await Task {
                try await database.writer.writeWithoutTransaction { db in
                    if try EntryRow.filter(Column("mediaSHA256") == sum).isEmpty(db) { vault.remove(sum) }
                }
            }.value
        }
    }

    /// Empties the journal: it holds pages from before a deletion. The entry is gone all the same if that fails now.
    private func emptyJournal() async {
        await Task { [database] in try? await database.emptyJournal() }.value
    }
}
