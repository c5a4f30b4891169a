internal import BlockingLanes
public import EntryIntake
internal import GRDB
internal import Synchronization

extension EntryStore: UploadKeeping {
    /// Adds an upload without bytes, and an empty file for it. The file's name is synced to the disk before the row is
    /// written.
    public func add(_ upload: ResumableUpload, request: IdempotentRequest?) async throws(IntakeError) {
        let part = try await lanes.run { [folder = vault.folder, mostBytes] () throws(IntakeError) in
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
                guard let request else { return }
                try AnswerRow.keep(upload: upload.id, for: request, seal, in: db)
            }
        } catch {
            await lanes.run { part.remove() }
            throw error
        }
        await lanes.run { _ = part.close() }
    }

    /// The upload as its row has it, with the offset of the last commit; nil when there is none.
    public func upload(_ id: String) async throws(IntakeError) -> ResumableUpload? {
        try await read { [seal] db in
            try UploadRow.filter(Column("id") == id).fetchOne(db).flatMap { $0.id == id ? try $0.upload(seal) : nil }
        }
    }

    /// Opens an upload to append to it. Without a remembered digest the bytes before its offset are read again, for one
    /// upload at a time and on a separate thread, so that other files do not wait for the reading.
    public func resume(_ upload: ResumableUpload) async throws(IntakeError) -> any ResumableMedia {
        let known = digests.withLock { $0.removeValue(forKey: upload.id) }
        let digest = known?.bytes == upload.offset ? known?.digest : nil
        let lane = digest == nil && upload.offset > 0 ? rereading : lanes
        let part = try await lane.run { [vault] () throws(IntakeError) in
            try PartFile(
                upload.id, in: vault.folder, mostBytes: upload.length, goingOnAt: upload.offset, digest: digest)
        }
        return ResumablePart(id: upload.id, part: part, store: self)
    }

    /// Removes an upload with its bytes; false when there is no such upload.
    public func delete(upload id: String) async throws(IntakeError) -> Bool {
        let isRemoved = try await write { db in try UploadRow.deleteOne(db, key: id) }
        digests.withLock { _ = $0.removeValue(forKey: id) }
        if isRemoved { await lanes.run { [vault] in vault.folder.removePart(id) } }
        return isRemoved
    }

    /// Complete uploads that have not become an entry.
    public func uploadsWithoutEntry() async throws(IntakeError) -> [ResumableUpload] {
        try await read { [seal] db in
            try UploadRow.filter(Column("entry") == nil && Column("offset") == Column("length")).fetchAll(db)
                .map { try $0.upload(seal) }
        }
    }

    /// Ids of the uploads that had expired at `moment`; the hundred that expired first.
    public func uploads(expiredAt moment: Moment) async throws(IntakeError) -> [String] {
        try await read { db in
            try String.fetchAll(
                db, sql: "SELECT id FROM upload WHERE expiresMilliseconds <= ? ORDER BY expiresMilliseconds LIMIT 100",
                arguments: [moment.milliseconds])
        }
    }
}

/// An upload that is open for appending: its file and its row.
private struct ResumablePart: ResumableMedia {
    let id: String
    let part: PartFile
    let store: EntryStore

    func write(_ bytes: any MediaBytes) async throws(IntakeError) {
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
            // The upload was removed during the request: its bytes must not be acknowledged.
            guard db.changesCount == 1 else { throw IntakeError.uploadUnknown }
        }
    }

    func rollBack() async { await store.lanes.run { part.rollBack() } }

    func finish() async throws(IntakeError) -> StagedMedia {
        try await store.lanes.run { () throws(IntakeError) in try part.staged(by: nil) }
    }

    func close() async {
        await store.lanes.run {
            let state = part.close()
            store.digests.withLock { $0.insert(state, forKey: id) }
        }
    }

    func discard() async { await close() }
}
