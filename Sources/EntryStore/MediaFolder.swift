internal import EntryIntake
internal import Foundation

/// The media files of all entries, each once under its SHA-256 (`kept`), and the files still being received (parts, in
/// `incoming`).
///
/// Every function blocks; callers run them on `BlockingLanes` or inside the database's writer.
struct MediaFolder: Sendable {
    private let incoming: URL
    private let kept: URL
    /// Path of `kept`, without a slash at its end.
    private let keptPath: String

    /// Uses the folders `incoming` and `media` under `root`; makes them when they are missing.
    init(under root: URL) throws(IntakeError) {
        incoming = root.appending(component: "incoming")
        kept = root.appending(component: "media")
        keptPath = kept.path
        do {
            for folder in [incoming, kept] {
                try FileManager.default.createDirectory(
                    at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
            }
        } catch let error as CocoaError where error.code == .fileWriteOutOfSpace {
            throw .disk("make media folder", ENOSPC)
        } catch {
            throw .storageFailed("media folder: \(error)")
        }
    }

    /// Removes all files of `incoming` except the parts of `uploads`: an earlier run left them unfinished.
    func removeParts(but uploads: Set<String>) {
        for name in (try? FileManager.default.contentsOfDirectory(atPath: incoming.path)) ?? []
        where !name.hasSuffix(".part") || !uploads.contains(String(name.dropLast(5))) {
            try? FileManager.default.removeItem(at: incoming.appending(component: name))
        }
    }

    /// Path of the part with this ticket.
    func partPath(_ ticket: String) -> String { incoming.appending(component: "\(ticket).part").path }

    /// Size in bytes of the part with this ticket; nil when the part does not exist.
    func partBytes(_ ticket: String) -> Int64? {
        var status = stat()
        return stat(partPath(ticket), &status) == 0 ? Int64(status.st_size) : nil
    }

    /// Syncs the names of parts to the disk.
    func syncParts() throws(IntakeError) { try Self.sync(incoming.path) }

    /// Throws when a file cannot be received or cannot be kept, because a folder is missing or read-only.
    func checkWritable() throws(IntakeError) {
        for folder in [incoming, kept] where access(folder.path, W_OK | X_OK) != 0 { throw failure("access") }
    }

    /// Removes a part; does nothing when the part does not exist.
    func removePart(_ ticket: String) { unlink(partPath(ticket)) }

    /// Syncs a part's bytes to the disk.
    func syncPart(_ ticket: String) throws(IntakeError) { try Self.sync(partPath(ticket)) }

    /// Links a part to its lasting name and syncs the name to the disk. The part keeps its own name as well, so that a
    /// failed transaction loses no bytes; on a file system without hard links the part is renamed instead.
    func take(_ ticket: String, as sha256: String) throws(IntakeError) {
        let folder = kept.appending(component: String(sha256.prefix(2)))
        guard mkdir(folder.path, 0o700) == 0 || errno == EEXIST else { throw failure("mkdir") }
        let target = path(of: sha256)
        // Another entry may hold the same bytes, or link them at the same moment. The name is synced in every case,
        // because the other entry's sync may not have finished.
        if access(target, F_OK) != 0, link(partPath(ticket), target) != 0, errno != EEXIST {
            // Some network and memory-card file systems have no hard links.
            guard [EPERM, ENOTSUP, EMLINK].contains(errno), rename(partPath(ticket), target) == 0 else {
                throw failure("link")
            }
        }
        try Self.sync(folder.path)
        try Self.sync(kept.path)
    }

    /// Opens a kept file; nil when it does not exist.
    func open(_ sha256: String) throws(IntakeError) -> OpenMediaFile? {
        do {
            return try OpenMediaFile(path: path(of: sha256))
        } catch {
            guard error.code == .fileMissing else { throw .storageFailed(error.code.rawValue) }
            return nil
        }
    }

    /// Names of all kept files: normally SHA-256 sums.
    var names: Set<String> {
        let folders = (try? FileManager.default.contentsOfDirectory(at: kept, includingPropertiesForKeys: nil)) ?? []
        return Set(folders.flatMap { (try? FileManager.default.contentsOfDirectory(atPath: $0.path)) ?? [] })
    }

    /// Removes kept files that no entry names. A crash after a file got its name and before its row's commit leaves
    /// such a file.
    func removeAll(but named: Set<String>) { for name in names.subtracting(named) { remove(name) } }

    /// Size of a kept file in bytes; nil when it does not exist.
    func size(of sha256: String) -> Int64? {
        var status = stat()
        return stat(path(of: sha256), &status) == 0 ? Int64(status.st_size) : nil
    }

    /// Removes a kept file; does nothing when it does not exist.
    func remove(_ sha256: String) { unlink(path(of: sha256)) }

    private func path(of sha256: String) -> String {
        "\(keptPath)/\(sha256.prefix(2))/\(sha256)"
    }

    /// Whether the disk or the user's quota is full. Writes and syncs one byte to find out.
    var isFull: Bool {
        let path = partPath(UUID().uuidString)
        let descriptor = Foundation.open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { return errno == ENOSPC || errno == EDQUOT }
        let isKept = Foundation.write(descriptor, path, 1) == 1 && fsync(descriptor) == 0
        let isFull = !isKept && (errno == ENOSPC || errno == EDQUOT)
        close(descriptor)
        unlink(path)
        return isFull
    }

    /// The folders that must be synced after `folder` is made: its parent, and the parent of every missing parent.
    static func holders(of folder: URL) -> [String] {
        let holder = folder.deletingLastPathComponent()
        guard access(holder.path, F_OK) != 0, holder.path != "/" else { return [holder.path] }
        return [holder.path] + holders(of: holder)
    }

    /// Syncs a file, or the names in a folder, to the disk. Source: fsync(2).
    static func sync(_ path: String) throws(IntakeError) {
        let descriptor = Foundation.open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .disk("open to sync", errno) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw .disk("fsync", errno) }
    }

    private func failure(_ call: String) -> IntakeError { .disk(call, errno) }
}

extension IntakeError {
    /// The error for a failed system call: `.diskFull` for `ENOSPC` and `EDQUOT`, else `.storageFailed`.
    static func disk(_ call: String, _ code: Int32) -> IntakeError {
        let cause = "\(call): \(String(cString: strerror(code)))"
        guard code == ENOSPC || code == EDQUOT else { return .storageFailed(cause) }
        return IntakeError(
            .diskFull, zh: "服务器磁盘空间不足，文件未保存。请通知管理员清理空间后重新上传。",
            en: "The server's disk is full and the file was not kept. Tell the operator, then upload again.",
            cause: cause)
    }
}
