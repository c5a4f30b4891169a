internal import EntryIntake
internal import Foundation
internal import GRDB

/// The SQLite database of a store: all tables, opened with the settings that every connection needs.
struct EntryDatabase: Sendable {
    let writer: any DatabaseWriter
    /// How the database was brought up to date when it was opened; nil when there was nothing to do.
    private(set) var migration: StoreMigration?

    /// Opens the database file at `path` and migrates it; makes the file when it is missing. Throws unless
    /// `synchronous` is FULL, which puts a commit on the disk before it returns.
    init(path: String) throws {
        // SQLite would make a file that every user may read; its journals copy the permissions of this one.
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw IntakeError.disk("open database", errno) }
        close(descriptor)
        writer = try DatabasePool(path: path, configuration: Self.configuration)
        try assertDurability()
        migration = try migrate(path)
    }

    /// SHA-256 of every file that an entry names.
    func namedMedia() throws -> Set<String> {
        try writer.read { db in
            try Set(String.fetchAll(db, sql: "SELECT DISTINCT mediaSHA256 FROM entry WHERE mediaSHA256 IS NOT NULL"))
        }
    }

    /// Ids of the uploads that have not become an entry.
    func openUploads() throws -> Set<String> {
        try writer.read { db in try Set(String.fetchAll(db, sql: "SELECT id FROM upload WHERE entry IS NULL")) }
    }

    /// Removes every open upload whose part has fewer bytes than its row says; returns their ids.
    ///
    /// - Parameter partBytes: size of an upload's part in bytes; nil when the part does not exist.
    func removeUploads(partBytes: (String) -> Int64?) throws -> [String] {
        try writer.write { db in
            let rows = try Row.fetchAll(db, sql: "SELECT id, offset FROM upload WHERE entry IS NULL")
            let lost = rows.compactMap { row -> String? in
                let (id, offset): (String, Int64) = (row["id"], row["offset"])
                return partBytes(id).map { $0 >= offset } == true ? nil : id
            }
            for id in lost { try db.execute(sql: "DELETE FROM upload WHERE id = ?", arguments: [id]) }
            return lost
        }
    }

    /// Moves all pages from the write-ahead log into the database file, and truncates the log.
    func emptyJournal() async throws {
        guard writer is DatabasePool else { return }
        try await writer.writeWithoutTransaction { db in _ = try db.checkpoint(.truncate) }
    }

    /// Makes a database in memory, for tests.
    init() throws {
        writer = try DatabaseQueue(configuration: Self.configuration)
        try assertDurability()
        migration = try migrate(nil)
    }

    private static var configuration: Configuration {
        var configuration = Configuration()
        configuration.foreignKeysEnabled = true
        configuration.busyMode = .timeout(10)
        // SQLite overwrites deleted content with zeros instead of only marking its pages as free.
        configuration.prepareDatabase { db in try db.execute(sql: "PRAGMA secure_delete = ON") }
        return configuration
    }

    private func assertDurability() throws {
        // `DatabasePool` sets NORMAL after `prepareDatabase` has run, so FULL is set on the writer and read back.
        try writer.writeWithoutTransaction { db in
            try db.execute(sql: "PRAGMA synchronous = FULL")
            let level = try Int.fetchOne(db, sql: "PRAGMA synchronous")
            guard level == 2 else {
                throw IntakeError.storageFailed(
                    "PRAGMA synchronous is \(level.map(String.init) ?? "unknown"), not FULL")
            }
        }
    }

    /// Throws `.storageFailed` unless exactly the migrations of this version were carried out.
    static func requireOwnVersion(_ db: Database) throws {
        guard try migrator.hasCompletedMigrations(db), try !migrator.hasBeenSuperseded(db) else {
            throw IntakeError(
                .storageFailed,
                zh: "数据库由另一版本的 clipcheck 写成。若是旧版本，请停止服务后运行 clipcheck db migrate；若是新版本，请使用新版本。",
                en:
                    "The database was written by another version of clipcheck. After an older version, stop the service and "
                    + "run clipcheck db migrate; after a newer one, use that version.")
        }
    }
}
