internal import BlockingLanes
public import EntryIntake
internal import Foundation
internal import GRDB

extension EntryStore: StoreGauges {
    /// Counts waiting checks, open uploads and waiting deliveries by index, and asks the file system for its free bytes.
    public func storeCounts() async throws(IntakeError) -> StoreCounts {
        let free = try await lanes.run { [vault] () throws(IntakeError) in try vault.folder.freeBytes() }
        return try await read { db in
            StoreCounts(
                openChecks: try CheckRow.filter(CheckRow.waiting).fetchCount(db),
                backlog: try Int.fetchOne(
                    db, sql: "SELECT count(*) FROM entry WHERE verdict IS NULL AND mediaBytes IS NOT NULL") ?? 0,
                openUploads: try Int.fetchOne(db, sql: "SELECT count(*) FROM upload WHERE entry IS NULL") ?? 0,
                waitingDeliveries: try WebhookDeliveryRow.waitingCount(in: db),
                freeDiskBytes: free)
        }
    }
}

extension EntryStore: StorageMeasuring {
    /// Adds up the open uploads by index, and asks the file system for its free bytes.
    public func storageState() async throws(IntakeError) -> StorageState {
        let free = try await lanes.run { [vault] () throws(IntakeError) in try vault.folder.freeBytes() }
        return try await read { db in
            let row = try Row.fetchOne(
                db,
                sql: """
                    SELECT count(*) AS uploads, coalesce(sum(length), 0) AS announced,
                    coalesce(sum(length - offset), 0) AS missing FROM upload WHERE entry IS NULL
                    """)
            return StorageState(
                freeBytes: free, openUploads: row?["uploads"] ?? 0, announcedBytes: row?["announced"] ?? 0,
                missingBytes: row?["missing"] ?? 0)
        }
    }
}

extension MediaFolder {
    /// Free bytes of the file system for this user. Source: statvfs(3), `f_bavail` × `f_frsize`.
    func freeBytes() throws(IntakeError) -> Int64 {
        let folder = URL(filePath: partPath("any")).deletingLastPathComponent().path
        var status = statvfs()
        guard statvfs(folder, &status) == 0 else {
            throw .storageFailed("statvfs: \(String(cString: strerror(errno)))")
        }
        return Int64(clamping: UInt64(status.f_bavail) * UInt64(status.f_frsize))
    }
}
