internal import EntryIntake
internal import Foundation
internal import GRDB

/// The tables of entries and reports.
struct EntryDatabase: Sendable {
    let writer: any DatabaseWriter

    /// Opens (and makes) the database file at `path`, brings its tables up to date and asserts that a commit is on the
    /// disk when it returns.
    init(path: String) throws {
        // Made here, because SQLite would let everybody read it; its journals take over these permissions.
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw IntakeError.disk("open database", errno) }
        close(descriptor)
        writer = try DatabasePool(path: path, configuration: Self.configuration)
        try prepare()
    }

    /// SHA-256 of every file that an entry names.
    func namedMedia() throws -> Set<String> {
        try writer.read { db in
            try Set(String.fetchAll(db, sql: "SELECT DISTINCT mediaSHA256 FROM entry WHERE mediaSHA256 IS NOT NULL"))
        }
    }

    /// Ids of the uploads that are not whole yet, or not yet an entry.
    func openUploads() throws -> Set<String> {
        try writer.read { db in try Set(String.fetchAll(db, sql: "SELECT id FROM upload WHERE entry IS NULL")) }
    }

    /// Moves everything from the journal into the database and empties it.
    func emptyJournal() async throws {
        guard writer is DatabasePool else { return }
        try await writer.writeWithoutTransaction { db in _ = try db.checkpoint(.truncate) }
    }

    /// A database in memory, for tests.
    init() throws {
        writer = try DatabaseQueue(configuration: Self.configuration)
        try prepare()
    }

    private static var configuration: Configuration {
        var configuration = Configuration()
        configuration.foreignKeysEnabled = true
        configuration.busyMode = .timeout(10)
        // What is deleted is overwritten, not only forgotten.
        configuration.prepareDatabase { db in try db.execute(sql: "PRAGMA secure_delete = ON") }
        return configuration
    }

    private func prepare() throws {
        // A pool sets NORMAL after `prepareDatabase` has run, so FULL is set on the writer itself, and looked at.
        try writer.writeWithoutTransaction { db in
            try db.execute(sql: "PRAGMA synchronous = FULL")
            let level = try Int.fetchOne(db, sql: "PRAGMA synchronous")
            guard level == 2 else {
                throw IntakeError.storageFailed(
                    "PRAGMA synchronous is \(level.map(String.init) ?? "unknown"), not FULL")
            }
        }
        guard try !writer.read(Self.migrator.hasBeenSuperseded) else {
            throw IntakeError(
                .storageFailed, zh: "数据库由更新版本的 clipcheck 写成。请使用新版本，或用 --data 指定其他目录。",
                en:
                    "The database was written by a newer clipcheck. Use that version, or name another folder with --data."
            )
        }
        try Self.migrator.migrate(writer)
    }
}
