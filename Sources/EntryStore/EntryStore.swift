internal import BlockingLanes
internal import ContestRules
public import EntryIntake
internal import Foundation
internal import GRDB
internal import Synchronization

/// Entries, reports and media in one folder of this machine.
///
/// One process at a time may use a folder; a file lock says so.
public final class EntryStore: Sendable {
    let database: EntryDatabase
    /// The files of the entries.
    public let vault: MediaVaultFolder
    let seal: ContactSeal
    let mostBytes: Int64
    let lanes = BlockingLanes("disk")
    /// A thread on which the beginning of a resumed upload is read again.
    let rereading = BlockingLanes("reread", count: 1)
    let digests = Mutex(RecentDigests())
    /// Number of the last event of the outbox that `mergeText` has seen; 0 after the start.
    let textMergedAt = Mutex<Int64>(0)
    private let lock: FolderLock?

    /// Largest file that is taken unless told otherwise: 8 GiB.
    public static let defaultMostBytes: Int64 = 8 << 30

    /// Opens (and makes) the data folder at `path`. Blocks; meant for start-up.
    ///
    /// - Parameters:
    ///   - keyFile: keys that contacts are sealed with; nil means `clipcheck.keys` in the folder, made when missing.
    ///   - mostBytes: largest file that is taken.
    /// - Throws: `IntakeError.storageFailed`, also when another process uses the folder.
    public init(
        folder path: String, keyFile: String? = nil, mostBytes: Int64 = EntryStore.defaultMostBytes
    ) throws(IntakeError) {
        let root = URL(filePath: path, directoryHint: .isDirectory).absoluteURL
        let holders = MediaFolder.holders(of: root)
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
        let folder = try MediaFolder(under: root)
        seal = try ContactSeal(file: keyFile ?? root.appending(component: "clipcheck.keys").path)
        let opened = try Self.opened(in: folder) {
            try EntryDatabase(path: root.appending(component: Self.databaseName).path)
        }
        try MediaFolder.sync(root.path)
        for holder in holders { try MediaFolder.sync(holder) }
        folder.removeAll(but: try Self.opened(in: folder) { try opened.namedMedia() })
        folder.removeParts(but: try Self.opened(in: folder) { try opened.openUploads() })
        database = opened
        vault = MediaVaultFolder(folder, mostBytes: mostBytes)
        self.mostBytes = mostBytes
        try Self.opened(in: folder) {
            try sealOpenFields()
            try indexOldText()
        }
    }

    /// A store whose tables live in memory and whose files in `path`, for tests.
    init(inMemoryWithFilesIn path: String, mostBytes: Int64 = EntryStore.defaultMostBytes) throws(IntakeError) {
        lock = nil
        let folder = try MediaFolder(under: URL(filePath: path, directoryHint: .isDirectory))
        vault = MediaVaultFolder(folder, mostBytes: mostBytes)
        seal = ContactSeal()
        database = try Self.opened(in: folder) { try EntryDatabase() }
        self.mostBytes = mostBytes
    }

    /// Ends the work with the database, so that its journals are gone when the process ends. Nothing can be kept after it.
    public func close() { try? database.writer.close() }

    /// Name of the database's file in a data folder.
    static let databaseName = "clipcheck.sqlite"

    /// Writes and rolls back, to see that the database takes writes.
    public func checkReady() async throws(IntakeError) {
        try await lanes.run { [vault] () throws(IntakeError) in try vault.folder.checkWritable() }
        try await perform { [database] in
            try await database.writer.writeWithoutTransaction { db in
                try db.inTransaction(.immediate) { .rollback }
            }
        }
    }

    /// The form of an entry from a release without a seal is sealed whole: what of it is personal was not noted then.
    private func sealOpenFields() throws {
        try database.writer.write { db in
            for var row in try EntryRow.filter(Column("contactsKey") == "").fetchAll(db) {
                try row.set(Contacts(fields: row.fields), seal)
                row.fields = [:]
                try row.update(db)
            }
        }
    }

    /// Entries of a release without searchable text get theirs, a thousand in one transaction. They are the ones after the
    /// last entry with text: every newer entry got its text when it was written.
    private func indexOldText() throws {
        var last = try database.writer.read { db in
            try Int64.fetchOne(db, sql: "SELECT rowid FROM entryText ORDER BY rowid DESC LIMIT 1") ?? 0
        }
        while true {
            let numbers = try database.writer.write { [last] db in
                let numbers = try Int64.fetchAll(
                    db, sql: "SELECT number FROM entry WHERE number > ? ORDER BY number LIMIT 1000", arguments: [last])
                for number in numbers {
                    // An entry that cannot be read must not stop the service; `db check` names it.
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
        try await perform { [database] in try await database.writer.write(work) }
    }

    func read<Value: Sendable>(
        _ work: @escaping @Sendable (Database) throws -> Value
    ) async throws(IntakeError) -> Value {
        try await perform { [database] in try await database.writer.read(work) }
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
    /// What a failed database call means.
    static func database(_ error: any Error, in vault: MediaVaultFolder) -> IntakeError {
        database(error, in: vault.folder)
    }

    /// What a failed database call means.
    static func database(_ error: any Error, in folder: MediaFolder? = nil) -> IntakeError {
        switch error {
        case let error as IntakeError: error
        case is CancellationError: .cancelled
        case let error as DatabaseError where error.resultCode == .SQLITE_FULL: .disk("sqlite", ENOSPC)
        // SQLite tells of a full disk only when a write fails, not when an fsync or its shared memory does.
        case let error as DatabaseError where error.resultCode == .SQLITE_IOERR && folder?.isFull == true:
            .disk("sqlite", ENOSPC)
        case let error as DatabaseError where error.resultCode == .SQLITE_INTERRUPT: .cancelled
        default: .storageFailed("\(error)")
        }
    }
}
