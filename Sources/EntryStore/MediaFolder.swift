internal import EntryIntake
internal import Foundation

/// The files of all entries, each once under its SHA-256, and the ones still being received.
///
/// Every function blocks; callers run them on lanes of their own or inside the database's writer.
struct MediaFolder: Sendable {
    private let incoming: URL
    private let kept: URL
    /// Path of `kept`, without a slash at its end.
    private let keptPath: String

    /// Uses (and makes) the folders under `root`.
    init(under root: URL) throws(IntakeError) {
        incoming = root.appending(component: "incoming")
        kept = root.appending(component: "media")
        keptPath = kept.path
        do {
            for folder in [incoming, kept] {
                try FileManager.default.createDirectory(
                    at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
            }
        } catch {
            throw .storageFailed("media folder: \(error)")
        }
    }

    /// Sweeps away what earlier runs left half received, but for uploads that are gone on with.
    func removeParts(but uploads: Set<String>) {
        for name in (try? FileManager.default.contentsOfDirectory(atPath: incoming.path)) ?? []
        where !name.hasSuffix(".part") || !uploads.contains(String(name.dropLast(5))) {
            try? FileManager.default.removeItem(at: incoming.appending(component: name))
        }
    }

    /// Where a file with this ticket is received.
    func partPath(_ ticket: String) -> String { incoming.appending(component: "\(ticket).part").path }

    /// Makes the name of a new part stay.
    func syncParts() throws(IntakeError) { try Self.sync(incoming.path) }

    /// Throws when a file could be neither received nor kept.
    func checkWritable() throws(IntakeError) {
        for folder in [incoming, kept] where access(folder.path, W_OK | X_OK) != 0 { throw failure("access") }
    }

    /// Removes a part; harmless when it was taken or removed.
    func removePart(_ ticket: String) { unlink(partPath(ticket)) }

    /// Writes a part's bytes through to the disk, before anything names it.
    func syncPart(_ ticket: String) throws(IntakeError) { try Self.sync(partPath(ticket)) }

    /// Gives a part its lasting name beside the one it has, so that nothing is lost when the record of it fails. The
    /// file is there to stay when this returns.
    func take(_ ticket: String, as sha256: String) throws(IntakeError) {
        let folder = kept.appending(component: String(sha256.prefix(2)))
        guard mkdir(folder.path, 0o700) == 0 || errno == EEXIST else { throw failure("mkdir") }
        let target = path(of: sha256)
        // Another entry may hold the same bytes, or give them this name at the same moment. Their name may still be on its
        // way to the disk.
        if access(target, F_OK) != 0, link(partPath(ticket), target) != 0, errno != EEXIST {
            // Some network and card file systems know no second name.
            guard [EPERM, ENOTSUP, EMLINK].contains(errno), rename(partPath(ticket), target) == 0 else {
                throw failure("link")
            }
        }
        try Self.sync(folder.path)
        try Self.sync(kept.path)
    }

    /// Opens a kept file; nil when it is gone.
    func open(_ sha256: String) throws(IntakeError) -> OpenMediaFile? {
        do {
            return try OpenMediaFile(path: path(of: sha256))
        } catch {
            guard error.code == .fileMissing else { throw .storageFailed(error.code.rawValue) }
            return nil
        }
    }

    /// Names of all kept files.
    var names: Set<String> {
        let folders = (try? FileManager.default.contentsOfDirectory(at: kept, includingPropertiesForKeys: nil)) ?? []
        return Set(folders.flatMap { (try? FileManager.default.contentsOfDirectory(atPath: $0.path)) ?? [] })
    }

    /// Removes kept files that no entry names: what a crash between file and row left behind.
    func removeAll(but named: Set<String>) { for name in names.subtracting(named) { remove(name) } }

    /// Size of a kept file in bytes; nil when it is gone.
    func size(of sha256: String) -> Int64? {
        var status = stat()
        return stat(path(of: sha256), &status) == 0 ? Int64(status.st_size) : nil
    }

    /// Removes a kept file.
    func remove(_ sha256: String) { unlink(path(of: sha256)) }

    private func path(of sha256: String) -> String {
        "\(keptPath)/\(sha256.prefix(2))/\(sha256)"
    }

    /// Whether a file can get no space now.
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

    /// The folders that have to be synced when `folder` is made: the ones that get a name.
    static func holders(of folder: URL) -> [String] {
        let holder = folder.deletingLastPathComponent()
        guard access(holder.path, F_OK) != 0, holder.path != "/" else { return [holder.path] }
        return [holder.path] + holders(of: holder)
    }

    /// Writes what is known of a file or folder through to the disk.
    static func sync(_ path: String) throws(IntakeError) {
        let descriptor = Foundation.open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .disk("open to sync", errno) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw .disk("fsync", errno) }
    }

    private func failure(_ call: String) -> IntakeError { .disk(call, errno) }
}

extension IntakeError {
    /// What a failed call on the disk means.
    static func disk(_ call: String, _ code: Int32) -> IntakeError {
        let cause = "\(call): \(String(cString: strerror(code)))"
        guard code == ENOSPC || code == EDQUOT else { return .storageFailed(cause) }
        return IntakeError(
            .diskFull, zh: "服务器磁盘空间不足，文件未保存。请通知管理员清理空间后重新上传。",
            en: "The server's disk is full and the file was not kept. Tell the operator, then upload again.",
            cause: cause)
    }
}
