public import EntryIntake
internal import Foundation
internal import GRDB
internal import MediaFacts

/// A data folder as its operator maintains it: finds faults, copies the database, migrates the database.
///
/// `faults` and `backUp` change no row and no media file, and work while a service uses the folder.
public struct DataFolder: Sendable {
    private let root: URL
    private let keyFile: String?

    /// Describes the data folder at `path`; opens nothing.
    ///
    /// - Parameter keyFile: path of the key file for contacts; nil means `clipcheck.keys` in the folder.
    public init(_ path: String, keyFile: String? = nil) {
        root = URL(filePath: path, directoryHint: .isDirectory)
        self.keyFile = keyFile
    }

    /// A disagreement between rows, files and keys of a data folder.
    public enum Fault: Sendable, Hashable {
        /// The media file of an entry is missing.
        case mediaMissing(entry: String)
        /// The media file of an entry has another size or SHA-256 than its row.
        case mediaChanged(entry: String)
        /// The contacts of an entry cannot be opened: the key file lacks their key, or their bytes were changed.
        case contactsLocked(entry: String)
        /// The form of an entry, or one of its reports, is no JSON that this version can decode.
        case entryUnreadable(entry: String)
        /// A media file that no entry names; the next start of the service removes it.
        case strayMedia(name: String)
        /// A line of `PRAGMA quick_check`, or a row that violates a foreign key.
        case databaseDamaged(String)
    }

    /// Progress of `faults`.
    public struct Progress: Sendable, Hashable {
        /// Number of media files: compared so far, and in total.
        public var files: (done: Int, all: Int) { (filesDone, filesAll) }
        /// Bytes of media files: compared so far, and in total.
        public var bytes: (done: Int64, all: Int64) { (bytesDone, bytesAll) }
        var filesDone = 0
        var filesAll = 0
        var bytesDone: Int64 = 0
        var bytesAll: Int64 = 0
    }

    /// Compares every entry with the size and the SHA-256 of its media file, and finds stray files, locked contacts and
    /// database damage. Blocks; takes about 2 ms of CPU time per megabyte.
    ///
    /// - Parameter report: called after every file.
    public func faults(_ report: (Progress) -> Void) throws(IntakeError) -> [Fault] {
        try perform {
            let queue = try openReadOnly()
            let (content, damage) = try queue.read { db in
                try EntryDatabase.requireOwnVersion(db)
                return (
                    try EntryContent(db),
                    try String.fetchAll(db, sql: "PRAGMA quick_check").filter { $0 != "ok" }
                        + Row.fetchAll(db, sql: "PRAGMA foreign_key_check").map { row in
                            "a row of \(row["table"] as String) refers to a missing row"
                        }
                )
            }
            let folder = try MediaFolder(under: root)
            return try damage.map(Fault.databaseDamaged) + content.unreadable.map(Fault.entryUnreadable)
                + lockedContacts(content.rows) + changedMedia(content.rows, in: folder, report)
                + strays(besides: content.media, in: folder)
        }
    }

    /// Copies the database to a new file, in one consistent state, also while a service writes. Copies neither media
    /// nor keys: the operator copies these files.
    ///
    /// - Throws: `.storageFailed`, also when the file at `path` exists; `.fileMissing` without a database; `.diskFull`.
    public func backUp(to path: String) throws(IntakeError) {
        guard access(path, F_OK) != 0 else {
            throw IntakeError(
                .storageFailed, zh: "“\(path)”已存在，不会覆盖。请换一个文件名。",
                en: "\"\(path)\" exists and is not overwritten. Name another file.")
        }
        try perform {
            let source = try openReadOnly()
            try EntryDatabase.copy(source, to: path)
        }
    }

    /// Brings the tables up to date, after a copy of the database; nil when there was nothing to do. No service may use
    /// the folder.
    public func migrate() throws(IntakeError) -> StoreMigration? {
        _ = try perform { try openReadOnly() }
        let store = try EntryStore(folder: root.path, keyFile: keyFile)
        defer { store.close() }
        return store.migration
    }

    private func openReadOnly() throws -> DatabaseQueue {
        let path = root.appending(component: EntryStore.databaseName).path
        guard access(path, F_OK) == 0 else {
            throw IntakeError(
                .fileMissing, zh: "“\(root.path)”中没有 clipcheck 的数据库。请用 --data 指定数据目录。",
                en: "There is no database of clipcheck in \"\(root.path)\". Name the data folder with --data.")
        }
        var configuration = Configuration()
        configuration.readonly = true
        configuration.busyMode = .timeout(10)
        return try DatabaseQueue(path: path, configuration: configuration)
    }

    private func lockedContacts(_ rows: [EntryRow]) -> [Fault] {
        let path = keyFile ?? root.appending(component: "clipcheck.keys").path
        guard access(path, F_OK) == 0, let seal = try? ContactSeal(file: path) else {
            return rows.filter { $0.contacts != nil }.map { .contactsLocked(entry: $0.id) }
        }
        return rows.filter { $0.contacts(seal) == nil }.map { .contactsLocked(entry: $0.id) }
    }

    private func changedMedia(
        _ rows: [EntryRow], in folder: MediaFolder, _ report: (Progress) -> Void
    ) throws -> [Fault] {
        let named = Dictionary(grouping: rows.filter { $0.mediaSHA256 != nil }) { $0.mediaSHA256 ?? "" }
        var progress = Progress(filesAll: named.count)
        progress.bytesAll = named.values.reduce(0) { $0 + ($1.first?.mediaBytes ?? 0) }
        var faults: [Fault] = []
        for (sum, entries) in named.sorted(by: { ($0.value.first?.number ?? 0) < ($1.value.first?.number ?? 0) }) {
            if let file = try folder.open(sum) {
                let isSame = try file.media.bytes == entries.first?.mediaBytes && MediaDigest.of(file) == sum
                if !isSame { faults += entries.map { .mediaChanged(entry: $0.id) } }
            } else {
                faults += entries.map { .mediaMissing(entry: $0.id) }
            }
            progress.filesDone += 1
            progress.bytesDone += entries.first?.mediaBytes ?? 0
            report(progress)
        }
        return faults
    }

    private func strays(besides named: Set<String>, in folder: MediaFolder) -> [Fault] {
        folder.names.subtracting(named).sorted().map(Fault.strayMedia)
    }

    private func perform<Value>(_ work: () throws -> Value) throws(IntakeError) -> Value {
        do {
            return try work()
        } catch {
            throw .database(error)
        }
    }
}
