internal import BlockingLanes
public import EntryIntake
internal import Foundation
internal import GRDB
internal import Synchronization

extension EntryStore: UploadKeeping {
    /// Adds an upload that has no bytes yet, with an empty file whose name is on the disk to stay.
    public func add(_ upload: ResumableUpload, answering answer: StoredAnswer?) async throws(IntakeError) {
        let part = try await lanes.run { [folder, mostBytes] () throws(IntakeError) in
            let part = try PartFile(upload.id, in: folder, mostBytes: mostBytes)
            do throws(IntakeError) {
                try folder.syncParts()
            } catch {
                part.remove()
                throw error
            }
            return part
        }
        do throws(IntakeError) {
            try await write { [seal] db in
                try UploadRow(upload, seal).insert(db)
                let now = Int64(Date().timeIntervalSince1970 * 1000)
                try AnswerRow.keep(answer, at: now, entry: nil, in: db)
            }
        } catch {
            await lanes.run { part.remove() }
            throw error
        }
        await lanes.run { _ = part.close() }
    }

    /// The upload as it is on the disk.
    public func upload(_ id: String) async throws(IntakeError) -> ResumableUpload? {
        try await read { [seal] db in
            try UploadRow.filter(Column("id") == id).fetchOne(db).flatMap { $0.id == id ? try $0.upload(seal) : nil }
        }
    }

    /// Opens an upload to go on with it.
    public func resume(_ upload: ResumableUpload) async throws(IntakeError) -> any ResumableMedia {
        let part = try await lanes.run { [self] () throws(IntakeError) in
            let known = digests.withLock { $0.removeValue(forKey: upload.id) }
            let part = try PartFile(
                upload.id, in: folder, mostBytes: upload.length, goingOnAt: upload.offset,
                digest: known?.bytes == upload.offset ? known?.digest : nil)
            return part
        }
        return ResumablePart(id: upload.id, part: part, store: self)
    }

    /// Removes an upload with its bytes.
    public func delete(upload id: String) async throws(IntakeError) -> Bool {
        let isRemoved = try await write { db in try UploadRow.deleteOne(db, key: id) }
        digests.withLock { _ = $0.removeValue(forKey: id) }
        if isRemoved { await lanes.run { [folder] in folder.removePart(id) } }
        return isRemoved
    }

    /// Uploads whose bytes are all there and of which no entry was made.
    public func uploadsWithoutEntry() async throws(IntakeError) -> [ResumableUpload] {
        try await read { [seal] db in
            try UploadRow.filter(Column("entry") == nil && Column("offset") == Column("length")).fetchAll(db)
                .map { try $0.upload(seal) }
        }
    }

    /// Removes the uploads whose time was over at `moment`, and empties the journal of what was deleted.
    public func removeUploads(expiredAt moment: Moment) async throws(IntakeError) {
        let expired = try await read { db in
            try String.fetchAll(
                db, sql: "SELECT id FROM upload WHERE expiresMilliseconds <= ?", arguments: [moment.milliseconds])
        }
        for id in expired { _ = try await delete(upload: id) }
        // Also what a deletion could not empty at its time.
        try? await database.emptyJournal()
    }
}

/// An upload that is being gone on with: its file, and its row.
private struct ResumablePart: ResumableMedia {
    let id: String
    let part: PartFile
    let store: EntryStore

    func write(_ bytes: ArraySlice<UInt8>) async throws(IntakeError) {
        guard try part.gather(bytes) else { return }
        try await store.lanes.run { () throws(IntakeError) in try part.flush() }
    }

    func commit(received: Moment?, expires: Moment) async throws(IntakeError) {
        let bytes = try await store.lanes.run { () throws(IntakeError) in try part.sync() }
        try await store.write { [id] db in
            try db.execute(
                sql: """
                    UPDATE upload SET offset = ?, expiresAt = ?, expiresMilliseconds = ?, receivedAt = ?,
                    receivedMilliseconds = ? WHERE id = ?
                    """,
                arguments: [
                    bytes, expires.text, expires.milliseconds, received?.text, received?.milliseconds, id,
                ])
        }
    }

    func rollBack() async { await store.lanes.run { part.rollBack() } }

    func finish() async throws(IntakeError) -> StagedMedia {
        try await store.lanes.run { () throws(IntakeError) in try part.staged(by: nil) }
    }

    func close() async {
        await store.lanes.run {
            let state = part.close()
            store.digests.withLock { digests in
                if digests.count > 1000 { digests.removeAll() }
                digests[id] = state
            }
        }
    }

    func discard() async { await close() }
}
