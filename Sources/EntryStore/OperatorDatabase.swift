internal import EntryIntake
internal import Foundation
internal import GRDB

/// The database of a data folder as an operator's command opens it, also while a service uses the folder.
struct OperatorDatabase: Sendable {
    private let writer: any DatabaseWriter
    let seal: ContactSeal

    /// The database of a store in memory, for tests.
    init(of store: EntryStore) { (writer, seal) = (store.database.writer, store.seal) }

    /// Opens the database. A folder without a database gets one.
    ///
    /// - Parameter keyFile: keys that secrets are sealed and digested with; nil means `clipcheck.keys` in the folder.
    /// - Throws: `.storageFailed`, also when the database is of another version of the program.
    init(folder path: String, keyFile: String?) throws(IntakeError) {
        let root = URL(filePath: path, directoryHint: .isDirectory)
        let database = root.appending(component: EntryStore.databaseName).path
        if access(database, F_OK) != 0 { try EntryStore(folder: path, keyFile: keyFile).close() }
        seal = try ContactSeal(file: keyFile ?? root.appending(component: "clipcheck.keys").path)
        do {
            var configuration = Configuration()
            configuration.busyMode = .timeout(10)
            // What a command has printed must still be so after a power cut; what it deletes is overwritten.
            configuration.prepareDatabase { db in
                try db.execute(sql: "PRAGMA synchronous = FULL")
                try db.execute(sql: "PRAGMA secure_delete = ON")
            }
            writer = try DatabaseQueue(path: database, configuration: configuration)
            try writer.read(EntryDatabase.requireOwnVersion)
        } catch {
            throw .database(error, in: try? MediaFolder(under: root))
        }
    }

    /// Runs `work` in a transaction that reads.
    func read<Value>(_ work: (Database) throws -> Value) throws(IntakeError) -> Value {
        do { return try writer.read(work) } catch { throw .database(error) }
    }

    /// Runs `work` in a transaction that writes.
    func write<Value>(_ work: (Database) throws -> Value) throws(IntakeError) -> Value {
        do { return try writer.write(work) } catch { throw .database(error) }
    }
}
