public import EntryIntake
internal import Foundation
internal import GRDB
internal import MediaFacts

/// How a database of an earlier release was brought up to date.
public struct StoreMigration: Sendable, Hashable {
    /// Names of the migrations that were carried out, in order.
    public var steps: [String]
    /// Path of the copy of the database from before.
    public var backup: String
}

extension EntryDatabase {
    /// Brings the tables up to date. An older database is copied first, to a file beside it that has the schema and the
    /// time in its name; without the copy nothing is migrated.
    ///
    /// - Parameter path: path of the database; nil for one in memory, which is never older.
    /// - Returns: what was done to an older database; nil for a new one and for one that is up to date.
    /// - Throws: `.storageFailed` for a database of a newer release, which is left as it is.
    func migrate(_ path: String?) throws -> StoreMigration? {
        let applied = try writer.read(Self.migrator.appliedIdentifiers)
        let known = Self.migrator.migrations
        guard applied.isSubset(of: known) else { throw IntakeError.newerDatabase(applied.subtracting(known)) }
        let steps = known.filter { !applied.contains($0) }
        guard let path, !applied.isEmpty, !steps.isEmpty else {
            try Self.migrator.migrate(writer)
            return nil
        }
        let last = known.last(where: applied.contains) ?? ""
        let backup = Self.backupPath(of: path, schema: last, at: WallClock.system.now())
        try Self.copy(writer, to: backup)
        try Self.migrator.migrate(writer)
        return StoreMigration(steps: steps, backup: backup)
    }

    /// Copies a database to a new file, in one consistent state, while others go on writing.
    static func copy(_ source: some DatabaseReader, to path: String) throws {
        // Made here, because SQLite would let everybody read it.
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw IntakeError.disk("make backup", errno) }
        close(descriptor)
        do {
            let copy = try DatabaseQueue(path: path)
            try source.backup(to: copy)
            // In one file, so that whoever copies it on has all of it.
            try copy.writeWithoutTransaction { db in try db.execute(sql: "PRAGMA journal_mode = DELETE") }
            try copy.close()
            try MediaFolder.sync(path)
        } catch {
            unlink(path)  // half a copy would stand in the way of the next attempt
            throw error
        }
    }

    /// Path of the copy of an older database, such as `clipcheck.schema-3.2026-11-26-101500.sqlite` for the migration
    /// `3 evidence and checks`.
    static func backupPath(of path: String, schema: String, at moment: Moment) -> String {
        let time = moment.text.prefix(19).replacing("T", with: "-").replacing(":", with: "")
        let base = path.hasSuffix(".sqlite") ? String(path.dropLast(".sqlite".count)) : path
        return "\(base).schema-\(schemaNumber(schema)).\(time).sqlite"
    }

    /// Number of the newest schema that this release knows.
    static var newestSchema: String { schemaNumber(migrator.migrations.last ?? "") }

    /// Number of the schema that a migration leads to: the number that its name begins with.
    static func schemaNumber(_ migration: String) -> String { String(migration.prefix { $0.isNumber }) }
}

extension IntakeError {
    /// The error as the start of the program tells it: a full disk is not about an upload then.
    ///
    /// - Parameter folder: path of the data folder.
    public func atStart(of folder: String) -> IntakeError {
        guard code == .diskFull else { return self }
        return IntakeError(
            .diskFull, zh: "数据目录“\(folder)”所在的磁盘已满，无法启动；已有的数据没有改动。请清理空间后再启动。",
            en: "The disk of the data folder \"\(folder)\" is full, so clipcheck cannot start; what is stored was not "
                + "changed. Free some space and start again.", cause: cause)
    }

    /// A newer release wrote the database.
    fileprivate static func newerDatabase(_ unknown: Set<String>) -> IntakeError {
        let numbers = unknown.compactMap { Int(EntryDatabase.schemaNumber($0)) }
        let theirs = numbers.max().map(String.init) ?? unknown.sorted().joined(separator: ", ")
        let ours = EntryDatabase.newestSchema
        return IntakeError(
            .storageFailed,
            zh: "数据库是第 \(theirs) 版格式，由更新版本的 clipcheck 写成；本程序是 clipcheck \(Release.version)，只认识到第 \(ours) 版。数据未被改动。"
                + "请改用写成它的版本，或用 --data 指定其他目录；要退回本版本，请恢复升级前的备份（clipcheck.schema-\(ours).日期.sqlite）。",
            en:
                "The database has schema \(theirs), which a newer clipcheck wrote; this is clipcheck \(Release.version), "
                + "which knows schemas up to \(ours). Nothing was changed. Use the newer version, or name another folder "
                + "with --data. To go back to this version, restore the copy from before the upgrade "
                + "(clipcheck.schema-\(ours).DATE.sqlite).")
    }
}
