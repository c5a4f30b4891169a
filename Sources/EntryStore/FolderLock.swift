internal import EntryIntake
internal import Foundation

/// Locks a data folder for one store. The system releases the lock when the process ends, also after a crash.
final class FolderLock: Sendable {
    private let descriptor: Int32

    init(_ folder: URL) throws(IntakeError) {
        let path = folder.appending(component: "clipcheck.lock").path
        descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw .disk("open lock", errno) }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            close(descriptor)
            throw IntakeError(
                .storageFailed, zh: "数据目录正被另一个 clipcheck 使用。请先停止它，或用 --data 指定其他目录。",
                en: "Another clipcheck uses this data folder. Stop it first or name another folder with --data.")
        }
    }

    deinit { close(descriptor) }
}
