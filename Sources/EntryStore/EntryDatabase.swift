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

    /// A database in memory, for tests.
    init() throws {
        writer = try DatabaseQueue(configuration: Self.configuration)
        try prepare()
    }

    private static var configuration: Configuration {
        var configuration = Configuration()
        configuration.foreignKeysEnabled = true
        configuration.busyMode = .timeout(10)
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

    /// Every schema that was ever released, in order. A migration is frozen once released and speaks strings only.
    private static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("1 entries and reports") { db in
            try db.create(table: "entry") { table in
                table.autoIncrementedPrimaryKey("number")
                table.column("id", .text).notNull().unique()
                table.column("contest", .text).notNull()
                table.column("createdAt", .text).notNull()
                table.column("createdMilliseconds", .integer).notNull()
                table.column("fields", .jsonText).notNull()
                table.column("mediaFilename", .text)
                table.column("mediaBytes", .integer)
                table.column("mediaSHA256", .text).indexed()
                table.column("verdict", .text)
            }
            try db.create(indexOn: "entry", columns: ["contest", "verdict", "number"])
            try db.create(table: "report") { table in
                table.autoIncrementedPrimaryKey("number")
                table.column("id", .text).notNull().unique()
                table.column("entry", .integer).notNull().indexed()
                    .references("entry", column: "number", onDelete: .cascade)
                table.column("createdAt", .text).notNull()
                table.column("contest", .text).notNull()
                table.column("contestRevision", .integer).notNull()
                table.column("contestDigest", .text).notNull()
                table.column("verdict", .text).notNull()
                table.column("schema", .text).notNull()
                table.column("document", .jsonText).notNull()
            }
        }
        return migrator
    }
}
