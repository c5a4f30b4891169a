internal import Foundation

extension SigningKeyFile {
    /// The stamp of the file now; nil when stat(2) fails, for example because there is no file.
    var stamp: Stamp? {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        return Stamp(status)
    }

    /// Values of stat(2), of which at least one changes when the file is replaced, written to, or given another mode.
    struct Stamp: Hashable {
        private let device: dev_t
        private let inode: ino_t
        private let bytes: off_t
        private let mode: mode_t
        // `st_ctim` and not `st_mtim`: chmod(2) and chown(2), which repair an unusable file, change only `st_ctim`.
        private let changedSeconds: time_t
        private let changedNanoseconds: Int

        fileprivate init(_ status: stat) {
            #if canImport(Darwin)
                let changed = status.st_ctimespec
            #else
                let changed = status.st_ctim
            #endif
            (device, inode) = (status.st_dev, status.st_ino)
            (bytes, mode) = (status.st_size, status.st_mode)
            (changedSeconds, changedNanoseconds) = (changed.tv_sec, changed.tv_nsec)
        }
    }
}
