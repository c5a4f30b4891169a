internal import EntryIntake
internal import Foundation

/// The files of all entries, each once under its SHA-256, and the ones still being received.
///
/// Every function blocks; callers run them on lanes of their own or inside the database's writer.
struct MediaFolder: Sendable {
    private let incoming: URL
    private let kept: URL

    /// Uses (and makes) the folders under `root`, and sweeps away what earlier runs left half received.
    init(under root: URL) throws(IntakeError) {
        incoming = root.appending(component: "incoming")
        kept = root.appending(component: "media")
        do {
            for folder in [incoming, kept] {
                try FileManager.default.createDirectory(
                    at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
            }
            for stray in try FileManager.default.contentsOfDirectory(at: incoming, includingPropertiesForKeys: nil) {
                try FileManager.default.removeItem(at: stray)
            }
        } catch {
            throw .storageFailed("media folder: \(error)")
        }
    }

    /// A new name for a file to be received, and where it is.
    func newPart() -> (ticket: String, path: String) {
        let ticket = UUID().uuidString.lowercased()
        return (ticket, partPath(ticket))
    }

    /// Throws when a file could be neither received nor kept.
    func checkWritable() throws(IntakeError) {
        for folder in [incoming, kept] where access(folder.path, W_OK | X_OK) != 0 { throw failure("access") }
    }

    /// Removes a part; harmless when it was taken or removed.
    func removePart(_ ticket: String) { unlink(partPath(ticket)) }

    /// Writes a part's bytes through to the disk, before anything names it.
    func syncPart(_ ticket: String) throws(IntakeError) { try sync(partPath(ticket)) }

    /// Gives a part its lasting name. The file is there to stay when this returns.
    func take(_ ticket: String, as sha256: String) throws(IntakeError) {
        let folder = kept.appending(component: String(sha256.prefix(2)))
        guard mkdir(folder.path, 0o700) == 0 || errno == EEXIST else { throw failure("mkdir") }
        let target = path(of: sha256)
        if access(target, F_OK) == 0 {
            removePart(ticket)  // another entry holds the same bytes
            return
        }
        guard rename(partPath(ticket), target) == 0 else { throw failure("rename") }
        try sync(folder.path)
        try sync(kept.path)
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

    /// Removes kept files that no entry names: what a crash between file and row left behind.
    func removeAll(but named: Set<String>) {
        let folders = (try? FileManager.default.contentsOfDirectory(at: kept, includingPropertiesForKeys: nil)) ?? []
        for folder in folders {
            for name in (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
            where !named.contains(name) {
                unlink(folder.appending(component: name).path)
            }
        }
    }

    /// Removes a kept file.
    func remove(_ sha256: String) { unlink(path(of: sha256)) }

    private func partPath(_ ticket: String) -> String { incoming.appending(component: "\(ticket).part").path }

    private func path(of sha256: String) -> String {
        kept.appending(component: String(sha256.prefix(2))).appending(component: sha256).path
    }

    private func sync(_ path: String) throws(IntakeError) {
        let descriptor = Foundation.open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw failure("open to sync") }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw failure("fsync") }
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
