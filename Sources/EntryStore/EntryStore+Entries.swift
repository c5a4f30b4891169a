internal import BlockingLanes
public import ContestRules
public import EntryIntake
internal import Foundation
internal import GRDB
public import MediaFacts

extension EntryStore: EntryKeeping {
    /// Begins to receive a file.
    public func beginUpload() async throws(IntakeError) -> any IncomingMedia {
        try await lanes.run { [folder, lanes, mostBytes] () throws(IntakeError) in
            let ticket = UUID().uuidString.lowercased()
            return IncomingPart(
                part: try PartFile(ticket, in: folder, mostBytes: mostBytes), lanes: lanes)
        }
    }

    /// Adds an entry with all that belongs to it in one transaction.
    public func add(
        _ entry: Entry, at moment: Moment, taking media: StagedMedia?, showing stills: [Still],
        answering answer: StoredAnswer?
    ) async throws(IntakeError) {
        try await taking(media) { [folder, seal] db in
            if let media, let sum = media.media.sha256 { try folder.take(media.ticket, as: sum) }
            var row = try EntryRow(entry, at: moment, seal)
            try row.insert(db)
            let number = db.lastInsertedRowID
            if let report = entry.report { try ReportRow.keep(report, showing: stills, entry: number, in: db) }
            if let admission = entry.admission { try AdmissionRow(admission, entry: number).insert(db) }
            try AnswerRow.keep(answer, at: Self.milliseconds(), entry: number, in: db)
            if let media {
                try db.execute(
                    sql: "UPDATE upload SET entry = ? WHERE id = ?", arguments: [entry.id, media.ticket])
            }
            try Self.refreshStandings(of: entry.contest, [entry.media?.sha256], entry: number, seal, in: db)
        }
    }

    /// Gives an entry new media with what was found of it in one transaction; the old file goes when nobody else holds
    /// it.
    public func replaceMedia(
        of id: String, with media: StagedMedia, _ change: MediaChange, answering answer: StoredAnswer?
    ) async throws(IntakeError) -> Bool {
        let replaced: (found: Bool, old: String?) = try await taking(media) { [folder, seal] db in
            guard var row = try EntryRow.of(id, in: db), let number = row.number else { return (false, nil) }
            if let sum = media.media.sha256 { try folder.take(media.ticket, as: sum) }
            let old = row.mediaSHA256
            row.set(change.report.media, change.report.verdict)
            row.set(received: change.received)
            var contacts = row.contacts(seal) ?? Contacts()
            contacts.filename = change.personalFilename
            if row.contacts(seal) != nil { try row.set(contacts, seal) }
            try row.update(db)
            try ReportRow.keep(change.report, entry: number, in: db)
            // What the old file showed goes with it.
            try StillRow.forget(ofEntry: number, but: change.report.id, in: db)
            if let admission = change.admission { try AdmissionRow(admission, entry: number).insert(db) }
            try AnswerRow.keep(answer, at: Self.milliseconds(), entry: number, in: db)
            try Self.refreshStandings(of: row.contest, [old, row.mediaSHA256], entry: number, seal, in: db)
            return (true, old)
        }
        if let old = replaced.old, old != media.media.sha256 { try await removeIfUnused(old) }
        return replaced.found
    }

    /// Adds what a newer check found of the media that an entry has.
    public func add(
        _ report: Report, _ admission: Admission?, toEntry id: String, answering answer: StoredAnswer?
    ) async throws(IntakeError) -> Bool {
        try await write { [seal] db in
            guard var row = try EntryRow.of(id, in: db), let number = row.number else { return false }
            guard row.mediaSHA256 == report.media.sha256 else { throw IntakeError.mediaReplaced }
            row.verdict = report.verdict.rawValue
            try row.update(db)
            try ReportRow.keep(report, entry: number, in: db)
            if let admission { try AdmissionRow(admission, entry: number).insert(db) }
            try AnswerRow.keep(answer, at: Self.milliseconds(), entry: number, in: db)
            try Self.refreshStandings(of: row.contest, [], entry: number, seal, in: db)
            return true
        }
    }

    /// Adds a person's answer.
    public func add(
        _ signOff: SignOff, toEntry id: String, answering answer: StoredAnswer?
    ) async throws(IntakeError) -> Bool {
        try await write { [seal] db in
            guard let row = try EntryRow.of(id, in: db), let number = row.number else { return false }
            try SignOffRow(signOff, entry: number).insert(db)
            try AnswerRow.keep(answer, at: Self.milliseconds(), entry: number, in: db)
            try Self.refreshStandings(of: row.contest, [], entry: number, seal, in: db)
            return true
        }
    }

    /// The answer that was kept under a key.
    public func answer(to key: String) async throws(IntakeError) -> StoredAnswer? {
        let oldest = Self.milliseconds() - Int64(StoredAnswer.lifetimeDays) * 86_400_000
        return try await read { db in
            try AnswerRow.filter(Column("key") == key).filter(Column("createdMilliseconds") >= oldest).fetchOne(db)?
                .answer
        }
    }

    /// The entry with everything that belongs to it.
    public func entry(_ id: String) async throws(IntakeError) -> Entry? {
        try await read { [seal] db in try EntryRow.of(id, in: db).map { try Self.entry($0, seal, in: db) } }
    }

    /// An entry of the contest that already holds a file with this digest and name.
    public func entry(
        inContest contest: String, holding media: MediaReference
    ) async throws(IntakeError) -> String? {
        guard let sum = media.sha256 else { return nil }
        return try await read { db in
            try EntryRow
                .filter(Column("contest") == contest)
                .filter(Column("mediaSHA256") == sum)
                .filter(Column("mediaFilename") == media.filename)
                .order(Column("number")).fetchOne(db)?.id
        }
    }

    /// Every report on an entry, the newest first.
    public func reports(of id: String) async throws(IntakeError) -> [Report] {
        try await read { db in
            guard let row = try EntryLine.of(id, in: db) else { return [] }
            return try ReportRow.filter(Column("entry") == row.number).order(Column("number").desc).fetchAll(db)
                .map(\.document)
        }
    }

    /// Whether there was such an entry and it was deleted.
    public func isDeleted(_ id: String) async throws(IntakeError) -> Bool {
        try await read { db in try TombstoneRow.filter(Column("id") == id).fetchCount(db) > 0 }
    }

    /// The oldest entries that have media and no report.
    public func entriesAwaitingReport(beyond skipped: Set<String>) async throws(IntakeError) -> [String] {
        try await read { db in
            let rows = EntryLine.filter(Column("mediaBytes") != nil && Column("verdict") == nil)
            return try rows.filter(!skipped.contains(Column("id"))).order(Column("number")).limit(10).fetchAll(db)
                .map(\.id)
        }
    }

    /// One page of entries, newest first.
    public func entries(_ query: EntryQuery) async throws(IntakeError) -> EntryPage {
        let before = try query.cursor.map { text throws(IntakeError) in try PageCursor(text) }
        return try await read { db in
            var request = EntryLine.order(Column("number").desc).limit(query.limit + 1)
            if let contest = query.contest { request = request.filter(Column("contest") == contest) }
            if let verdict = query.verdict { request = request.filter(Column("verdict") == verdict.rawValue) }
            if let before { request = request.filter(Column("number") < before.number) }
            let rows = try request.fetchAll(db)
            let page = rows.prefix(query.limit)
            let next = rows.count > query.limit ? page.last.map { PageCursor(number: $0.number).text } : nil
            return EntryPage(entries: page.map(\.summary), nextCursor: next)
        }
    }

    /// The entry's stored file.
    public func openMedia(of id: String) async throws(IntakeError) -> OpenMediaFile? {
        let sum = try await read { db in try EntryLine.of(id, in: db)?.mediaSHA256 }
        guard let sum else { return nil }
        return try await lanes.run { [folder] () throws(IntakeError) in try folder.open(sum) }
    }

    /// Removes an entry, all that belongs to it and, when no other entry holds it, its file; also from the journal.
    public func delete(_ id: String, at moment: Moment) async throws(IntakeError) -> Bool {
        let removed: (found: Bool, sum: String?) = try await write { [seal] db in
            guard let row = try EntryLine.of(id, in: db) else { return (false, nil) }
            try EntryRow.deleteOne(db, key: row.number)
            try TombstoneRow(id: row.id, contest: row.contest, deletedAt: moment.text).insert(db)
            try Self.refreshStandings(of: row.contest, [row.mediaSHA256], entry: nil, seal, in: db)
            return (true, row.mediaSHA256)
        }
        guard removed.found else { return false }
        if let sum = removed.sum { try await removeIfUnused(sum) }
        // The journal holds pages from before; emptied, it holds none. The entry is gone all the same if that fails now.
        await Task { [database] in try? await database.emptyJournal() }.value
        return true
    }

    private static func milliseconds() -> Int64 { Int64(Date().timeIntervalSince1970 * 1000) }

    /// The entry of a row.
    private static func entry(_ row: EntryRow, _ seal: ContactSeal, in db: Database) throws -> Entry {
        let own = Column("entry") == row.number
        let newest = Column("number").desc
        var entry = Entry(
            id: row.id, createdAt: row.createdAt, contest: row.contest, fields: row.fields,
            contacts: row.contacts(seal), received: row.received, media: row.media,
            admission: try AdmissionRow.filter(own).order(newest).fetchOne(db)?.document,
            signOffs: try SignOffRow.filter(own).order(Column("number")).fetchAll(db).compactMap(\.signOff))
        if row.verdict != nil {
            entry.report = try ReportRow.filter(own).order(newest).fetchOne(db)?.document
        }
        if let sum = row.mediaSHA256 {
            entry.twins = try String.fetchAll(
                db,
                sql: "SELECT id FROM entry WHERE contest = ? AND mediaSHA256 = ? AND id <> ? ORDER BY number LIMIT 20",
                arguments: [row.contest, sum, row.id])
        }
        return entry
    }

    /// Brings up to date where entries stand: the one that changed, and those of its contest that share a file with it.
    static func refreshStandings(
        of contest: String, _ sums: [String?], entry number: Int64?, _ seal: ContactSeal, in db: Database
    ) throws {
        let isOwn = Column("number") == number
        var touched = try EntryLine.filter(isOwn).fetchAll(db)
        for sum in sums.compactMap(\.self) {
            let holders = try EntryLine.filter(Column("contest") == contest && Column("mediaSHA256") == sum)
                .limit(3).fetchAll(db)
            // Sharing begins with the second holder and ends with the last but one: with more, nothing changes.
            if holders.count < 3 { touched += holders }
        }
        for line in touched {
            // Another entry that cannot be read is its own trouble, not this one's.
            guard let row = try? EntryRow.of(line.id, in: db), let entry = try? entry(row, seal, in: db) else {
                continue
            }
            try db.execute(
                sql: "UPDATE entry SET standing = ? WHERE number = ?",
                arguments: [entry.standing.rawValue, line.number])
        }
    }
}
