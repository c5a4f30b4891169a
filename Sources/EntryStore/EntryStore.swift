internal import BlockingLanes
internal import ContestRules
public import EntryIntake
internal import Foundation
internal import GRDB
internal import Synchronization

/// Stores entries, reports and media in one folder of this machine.
///
/// A file lock lets one store at a time use a folder.
public final class EntryStore: Sendable {
    let database: EntryDatabase
    /// The files of the entries.
    public let vault: MediaVaultFolder
    let seal: ContactSeal
    let mostBytes: Int64
    let lanes = BlockingLanes("disk")
    /// Thread that reads the beginning of a resumed upload again when its digest is not remembered.
    let rereading = BlockingLanes("reread", count: 1)
    let digests = Mutex(RecentDigests())
    /// Number of the last outbox event that `mergeText` has considered; 0 after the start.
    let textMergedAt = Mutex<Int64>(0)
    /// Rings after a change that made webhook deliveries.
    public let deliveryBell = WakeUp()
    private let lock: FolderLock?
    /// Ids of the unfinished uploads that this start removed: their received bytes were gone, as after a restore without
    /// the folder `incoming`. The service answers 404 to their clients, which then begin anew.
    public let lostUploads: [String]
    let timing: any WorkTiming

    /// Default size limit of a file in bytes: 8 GiB.
    public static let defaultMostBytes: Int64 = 8 << 30

    /// Opens the data folder at `path`; makes it when it is missing. Migrates the database, and removes media files
    /// that no entry names and received files that no open upload needs. Blocks; meant for start-up.
    ///
    /// - Parameters:
    ///   - keyFile: path of the key file for contacts, made when missing; nil means `clipcheck.keys` in the folder.
    ///   - mostBytes: size limit of a file in bytes.
    ///   - timing: receives the times of transactions.
    /// - Throws: `.storageFailed`, also when another store uses the folder or a newer release wrote its database;
    ///   `.diskFull`.
    public init(
        folder path: String, keyFile: String? = nil, mostBytes: Int64 = EntryStore.defaultMostBytes,
        timing: any WorkTiming = NoTiming()
    ) throws(IntakeError) {
        self.timing = timing
        let root = URL(filePath: path, directoryHint: .isDirectory).absoluteURL
        let holders = MediaFolder.holders(of: root)
        do {
            try FileManager.default.createDirectory(
                at: root, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch let error as CocoaError where error.code == .fileWriteOutOfSpace {
            throw .disk("make data folder", ENOSPC)
        } catch {
            throw IntakeError(
                .storageFailed, zh: "无法建立数据目录“\(path)”。请检查权限，或用 --data 指定其他目录。",
                en: "The data folder \"\(path)\" cannot be made. Check permissions or name another with --data.",
                cause: "\(error)")
        }
        lock = try FolderLock(root)
        let folder = try MediaFolder(under: root)
        seal = try ContactSeal(file: keyFile ?? root.appending(component: "clipcheck.keys").path)
        let opened = try Self.opened(in: folder) {
            try EntryDatabase(path: root.appending(component: Self.databaseName).path)
        }
        try MediaFolder.sync(root.path)
        for holder in holders { try MediaFolder.sync(holder) }
        folder.removeAll(but: try Self.opened(in: folder) { try opened.namedMedia() })
        lostUploads = try Self.opened(in: folder) { try opened.removeUploads { folder.partBytes($0) } }
        folder.removeParts(but: try Self.opened(in: folder) { try opened.openUploads() })
        database = opened
        vault = MediaVaultFolder(folder, mostBytes: mostBytes)
        self.mostBytes = mostBytes
        try Self.opened(in: folder) {
            try sealOpenFields()
            try indexOldText()
        }
    }

    /// Makes a store with tables in memory and files in the folder `path`, for tests.
    init(inMemoryWithFilesIn path: String, mostBytes: Int64 = EntryStore.defaultMostBytes) throws(IntakeError) {
        lock = nil
        lostUploads = []
        timing = NoTiming()
        let folder = try MediaFolder(under: URL(filePath: path, directoryHint: .isDirectory))
        vault = MediaVaultFolder(folder, mostBytes: mostBytes)
        seal = ContactSeal()
        database = try Self.opened(in: folder) { try EntryDatabase() }
        self.mostBytes = mostBytes
    }

    /// The migration of the database of an earlier release at this start; nil when the schema was current.
    public var migration: StoreMigration? { database.migration }

    /// Closes the database, so that its journals are removed before the process ends. Later calls of the store fail.
    public func close() { try? database.writer.close() }

    /// Version of the SQLite library that this executable runs with.
    public static var sqliteVersion: String {
        (try? DatabaseQueue().read { db in try String.fetchOne(db, sql: "SELECT sqlite_version()") }) ?? "unknown"
    }

    /// Name of the database's file in a data folder.
    static let databaseName = "clipcheck.sqlite"

    /// Throws when the media folders are not writable, or when the database cannot begin a write transaction.
    public func checkReady() async throws(IntakeError) {
        try await lanes.run { [vault] () throws(IntakeError) in try vault.folder.checkWritable() }
        try await perform { [database] in
            try await database.writer.writeWithoutTransaction { db in
                try db.inTransaction(.immediate) { .rollback }
            }
        }
    }

    /// Seals the whole form of each entry from a release without a seal: that release did not record which fields are
    /// personal.
    private func sealOpenFields() throws {
        try database.writer.write { db in
            for var row in try EntryRow.filter(Column("contactsKey") == "").fetchAll(db) {
                try row.set(Contacts(fields: row.fields), seal)
                row.fields = [:]
                try row.update(db)
            }
        }
    }

    /// Writes the full-text rows of entries from a release without a full-text table, a thousand in one transaction.
    /// Continues after the last entry with text: a start that was interrupted left off there, and every entry of this
    /// release gets its text when it is written.
    private func indexOldText() throws {
        var last = try database.writer.read { db in
            try Int64.fetchOne(db, sql: "SELECT rowid FROM entryText ORDER BY rowid DESC LIMIT 1") ?? 0
        }
        while true {
            let numbers = try database.writer.write { [last] db in
                let numbers = try Int64.fetchAll(
                    db, sql: "SELECT number FROM entry WHERE number > ? ORDER BY number LIMIT 1000", arguments: [last])
                for number in numbers {
                    // An entry that cannot be read must not stop the service; lists still filter it.
                    if let row = try? EntryRow.filter(key: number).fetchOne(db) {
                        try EntryTextRow.keep(row, in: db)
                    } else {
                        try EntryTextRow.keepWithoutText(number, in: db)
                    }
                }
                return numbers
            }
            guard let end = numbers.last else { return }
            last = end
        }
    }

    func write<Value: Sendable>(
        _ work: @escaping @Sendable (Database) throws -> Value
    ) async throws(IntakeError) -> Value {
        try await timing.measure(.write) { () async throws(IntakeError) in
            try await perform { [database] in try await database.writer.write(work) }
        }
    }

    func read<Value: Sendable>(
        _ work: @escaping @Sendable (Database) throws -> Value
    ) async throws(IntakeError) -> Value {
        try await timing.measure(.read) { () async throws(IntakeError) in
            try await perform { [database] in try await database.writer.read(work) }
        }
    }

    func perform<Value: Sendable>(_ work: @Sendable () async throws -> Value) async throws(IntakeError) -> Value {
        do {
            return try await work()
        } catch {
            throw .database(error, in: vault)
        }
    }

    private static func opened<Value>(
        in folder: MediaFolder, _ open: () throws -> Value
    ) throws(IntakeError) -> Value {
        do {
            return try open()
        } catch {
            throw .database(error, in: folder)
        }
    }
}

extension IntakeError {
    /// The error for a failed database call of a store with this vault.
    static func database(_ error: any Error, in vault: MediaVaultFolder) -> IntakeError {
        database(error, in: vault.folder)
    }

    /// The error for a failed database call: `.diskFull`, `.cancelled` or `.storageFailed`; an `IntakeError` stays
    /// itself.
    ///
    /// - Parameter folder: folder that is tested for free space after an I/O error; nil tests none.
    static func database(_ error: any Error, in folder: MediaFolder? = nil) -> IntakeError {
        switch error {
        case let error as IntakeError: error
        case is CancellationError: .cancelled
        case let error as DatabaseError where error.resultCode == .SQLITE_FULL: .disk("sqlite", ENOSPC)
        // SQLite reports SQLITE_FULL only for a failed write; a failed fsync or shared memory gives SQLITE_IOERR.
        case let error as DatabaseError where error.resultCode == .SQLITE_IOERR && folder?.isFull == true:
            .disk("sqlite", ENOSPC)
        case let error as DatabaseError where error.resultCode == .SQLITE_INTERRUPT: .cancelled
        default: .storageFailed("\(error)")
        }
    }
}
