internal import BlockingLanes
public import ContestRules
public import EntryIntake
internal import Foundation
internal import GRDB

/// Entries, reports and media in one folder of this machine.
///
/// One process at a time may use a folder; a file lock says so.
public final class EntryStore: EntryKeeping {
    private let database: EntryDatabase
    private let folder: MediaFolder
    private let lock: FolderLock?
    private let mostBytes: Int64
    private let lanes = BlockingLanes("disk")

    /// Largest file that is taken unless told otherwise: 8 GiB.
    public static let defaultMostBytes: Int64 = 8 << 30

    /// Opens (and makes) the data folder at `path`. Blocks; meant for start-up.
    ///
    /// - Parameter mostBytes: largest file that is taken.
    /// - Throws: `IntakeError.storageFailed`, also when another process uses the folder.
    public init(folder path: String, mostBytes: Int64 = EntryStore.defaultMostBytes) throws(IntakeError) {
        let root = URL(filePath: path, directoryHint: .isDirectory)
        do {
            try FileManager.default.createDirectory(
                at: root, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch {
            throw IntakeError(
                .storageFailed, zh: "无法建立数据目录“\(path)”。请检查权限，或用 --data 指定其他目录。",
                en: "The data folder \"\(path)\" cannot be made. Check permissions or name another with --data.",
                cause: "\(error)")
        }
        lock = try FolderLock(root)
        folder = try MediaFolder(under: root)
        let opened = try Self.opened { try EntryDatabase(path: root.appending(component: "clipcheck.sqlite").path) }
        folder.removeAll(but: try Self.opened { try opened.namedMedia() })
        database = opened
        self.mostBytes = mostBytes
    }

    /// A store whose tables live in memory and whose files in `path`, for tests.
    init(inMemoryWithFilesIn path: String, mostBytes: Int64 = EntryStore.defaultMostBytes) throws(IntakeError) {
        lock = nil
        folder = try MediaFolder(under: URL(filePath: path, directoryHint: .isDirectory))
        database = try Self.opened { try EntryDatabase() }
        self.mostBytes = mostBytes
    }

    /// Begins to receive a file.
    public func beginUpload() async throws(IntakeError) -> any IncomingMedia {
        try await lanes.run { [folder, lanes, mostBytes] () throws(IntakeError) in
            try PartFile(in: folder, lanes: lanes, mostBytes: mostBytes)
        }
    }

    /// Adds an entry with its media and report in one transaction.
    public func add(_ entry: Entry, at moment: Moment, taking media: StagedMedia?) async throws(IntakeError) {
        try await taking(media) { [folder] db in
            if let media, let sum = media.media.sha256 { try folder.take(media.ticket, as: sum) }
            var row = EntryRow(entry, at: moment)
            try row.insert(db)
            if let report = entry.report { try ReportRow(report, entry: db.lastInsertedRowID).insert(db) }
        }
    }

    /// Gives an entry new media with its report in one transaction; the old file goes when nobody else holds it.
    public func replaceMedia(
        of id: String, with media: StagedMedia, _ report: Report
    ) async throws(IntakeError) -> Bool {
        let replaced: (found: Bool, old: String?) = try await taking(media) { [folder] db in
            guard var row = try EntryRow.of(id, in: db), let number = row.number else {
                return (false, nil)
            }
            if let sum = media.media.sha256 { try folder.take(media.ticket, as: sum) }
            let old = row.mediaSHA256
            row.set(report.media, report.verdict)
            try row.update(db)
            try ReportRow(report, entry: number).insert(db)
            return (true, old)
        }
        if let old = replaced.old, old != media.media.sha256 { try await removeIfUnused(old) }
        return replaced.found
    }

    /// Adds a newer report on the media that an entry has.
    public func add(_ report: Report, toEntry id: String) async throws(IntakeError) -> Bool {
        try await write { db in
            guard var row = try EntryRow.of(id, in: db), let number = row.number else { return false }
            guard row.mediaSHA256 == report.media.sha256 else {
                throw IntakeError.mediaReplaced
            }
            row.verdict = report.verdict.rawValue
            try row.update(db)
            try ReportRow(report, entry: number).insert(db)
            return true
        }
    }

    /// The entry with its newest report.
    public func entry(_ id: String) async throws(IntakeError) -> Entry? {
        try await read { db in
            guard let row = try EntryRow.of(id, in: db) else { return nil }
            let report = try ReportRow.filter(Column("entry") == row.number).order(Column("number").desc).fetchOne(db)
            return Entry(
                id: row.id, createdAt: row.createdAt, contest: row.contest, fields: row.fields, media: row.media,
                report: report?.document)
        }
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

    /// Removes an entry, its reports and, when no other entry holds it, its file.
    public func delete(_ id: String) async throws(IntakeError) -> Bool {
        let removed: (found: Bool, sum: String?) = try await write { db in
            guard let row = try EntryLine.of(id, in: db) else { return (false, nil) }
            try EntryRow.deleteOne(db, key: row.number)
            return (true, row.mediaSHA256)
        }
        if let sum = removed.sum { try await removeIfUnused(sum) }
        return removed.found
    }

    /// Writes and rolls back, to see that the database takes writes.
    public func checkReady() async throws(IntakeError) {
        try await lanes.run { [folder] () throws(IntakeError) in try folder.checkWritable() }
        try await perform { [database] in
            try await database.writer.writeWithoutTransaction { db in
                try db.inTransaction(.immediate) { .rollback }
            }
        }
    }

    /// A transaction that may take `media`: before a row names the file its bytes are on the disk, and when the
    /// transaction fails the file goes again.
    private func taking<Value: Sendable>(
        _ media: StagedMedia?, _ work: @escaping @Sendable (Database) throws -> Value
    ) async throws(IntakeError) -> Value {
        if let media {
            try await lanes.run { [folder] () throws(IntakeError) in try folder.syncPart(media.ticket) }
        }
        do {
            return try await write(work)
        } catch {
            if let sum = media?.media.sha256 { try? await removeIfUnused(sum) }
            throw error
        }
    }

    /// Looks and removes while holding the writer, so that no entry can take the file in between.
    private func removeIfUnused(_ sum: String) async throws(IntakeError) {
        // A task of its own: what is committed is cleaned up after, though the caller has gone.
        try await perform { [database, folder] in
            try await Task {
                try await database.writer.writeWithoutTransaction { db in
                    let holders = try EntryRow.filter(Column("mediaSHA256") == sum).fetchCount(db)
                    if holders == 0 { folder.remove(sum) }
                }
            }.value
        }
    }

    private func write<Value: Sendable>(
        _ work: @escaping @Sendable (Database) throws -> Value
    ) async throws(IntakeError) -> Value {
        try await perform { [database] in try await database.writer.write(work) }
    }

    private func read<Value: Sendable>(
        _ work: @escaping @Sendable (Database) throws -> Value
    ) async throws(IntakeError) -> Value {
        try await perform { [database] in try await database.writer.read(work) }
    }

    private func perform<Value: Sendable>(_ work: @Sendable () async throws -> Value) async throws(IntakeError) -> Value
    {
        do {
            return try await work()
        } catch {
            throw .database(error)
        }
    }

    private static func opened<Value>(_ open: () throws -> Value) throws(IntakeError) -> Value {
        do {
            return try open()
        } catch {
            throw .database(error)
        }
    }
}

extension IntakeError {
    /// What a failed database call means.
    fileprivate static func database(_ error: any Error) -> IntakeError {
        switch error {
        case let error as IntakeError: error
        case is CancellationError: .cancelled
        case let error as DatabaseError where error.resultCode == .SQLITE_FULL: .disk("sqlite", ENOSPC)
        case let error as DatabaseError where error.resultCode == .SQLITE_INTERRUPT: .cancelled
        default: .storageFailed("\(error)")
        }
    }
}
