import Foundation
import MediaFacts

/// A destination of text: standard output, standard error, or a file.
final class Output: Sendable {
    private let descriptor: Int32
    private let isOwned: Bool
    /// The `errno` that every write fails with; 0 for a destination that can be written.
    private let code: Int32

    /// The two names of a file that is written under a temporary name and renamed when it is complete.
    private struct Replacement {
        var temporary: String
        var path: String
    }

    private let replacement: Replacement?

    /// Standard output, for results.
    static let standard = Output(descriptor: STDOUT_FILENO, isOwned: false)
    /// Standard error, for progress and messages.
    static let error = Output(descriptor: STDERR_FILENO, isOwned: false)

    private init(descriptor: Int32, isOwned: Bool) {
        self.descriptor = descriptor
        self.isOwned = isOwned
        code = 0
        replacement = nil
    }

    /// Opens a file for writing; nil when that fails, with the reason in `errno`.
    ///
    /// - Parameters:
    ///   - isLive: true writes to `path` itself while the run goes on. False writes to a temporary file beside it,
    ///     which `finish` renames to `path`; a symbolic link at `path` is then replaced, not the file that it leads to.
    ///     A `path` that is neither a regular file nor a link, such as a device, is always written live.
    ///   - mode: permissions of a new file.
    init?(path: String, isLive: Bool, mode: mode_t) {
        isOwned = true
        code = 0
        var status = stat()
        let exists = lstat(path, &status) == 0
        let isFile = !exists || [S_IFREG, S_IFLNK].contains(status.st_mode & S_IFMT)
        guard !isLive, isFile else {
            descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode)
            replacement = nil
            guard descriptor >= 0 else { return nil }
            return
        }
        guard !exists || access(path, W_OK) == 0 || errno == ENOENT else {
            (descriptor, replacement) = (-1, nil)
            return nil
        }
        let folder = path.lastIndex(of: "/").map { path[...$0] } ?? "./"
        let temporary = "\(folder).clipcheck-\(String(UInt64.random(in: .min ... .max), radix: 36))"
        replacement = Replacement(temporary: temporary, path: path)
        descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode)
        guard descriptor >= 0 else { return nil }
    }

    /// Renames the temporary file to the path of the output; a live output needs nothing done.
    ///
    /// - Returns: false when the file cannot be synchronised or renamed, with the reason in `errno`.
    func finish() -> Bool {
        guard let replacement else { return true }
        return fsync(descriptor) == 0 && rename(replacement.temporary, replacement.path) == 0
    }

    /// A destination that cannot be written.
    ///
    /// - Parameter code: the `errno` that every write fails with.
    init(failure code: Int32) {
        descriptor = -1
        isOwned = true
        self.code = code
        replacement = nil
    }

    deinit {
        guard isOwned, descriptor >= 0 else { return }
        close(descriptor)
        if let replacement { unlink(replacement.temporary) }  // fails harmlessly after the rename
    }

    /// Whether the descriptor is a terminal.
    var isTerminal: Bool { isatty(descriptor) == 1 }

    /// Width of the terminal in columns, 80 when the system does not report it; nil when the descriptor is no terminal.
    /// The variable `COLUMNS` overrides the system's value.
    var width: Int? {
        guard isTerminal else { return nil }
        if let columns = ProcessInfo.processInfo.environment["COLUMNS"].flatMap(Int.init), columns > 0 {
            return columns
        }
        var size = winsize()
        return ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0 ? Int(size.ws_col) : 80
    }

    /// Whether text may be coloured: on a terminal, unless `NO_COLOR` is set and not empty or `TERM` is `dumb`. Source:
    /// no-color.org.
    var isColoured: Bool {
        isTerminal && ProcessInfo.processInfo.environment["NO_COLOR", default: ""].isEmpty
            && ProcessInfo.processInfo.environment["TERM"] != "dumb"
    }

    /// Writes all of `text`. Writing to a closed pipe ends the process with SIGPIPE, as usual in a shell.
    ///
    /// - Returns: false when the text cannot be written, such as to a full disk, with the reason in `errno`.
    @discardableResult
    func write(_ text: String) -> Bool { write(Data(text.utf8)) }

    /// Writes all of `data`; otherwise like `write(_:)` for text.
    @discardableResult
    func write(_ data: Data) -> Bool {
        guard code == 0 else {
            errno = code
            return false
        }
        return Self.write(data, to: descriptor)
    }

    /// Writes all of `data` to a descriptor.
    ///
    /// - Returns: false when that is not possible, with the reason in `errno`.
    static func write(_ data: Data, to descriptor: Int32) -> Bool {
        data.withUnsafeBytes { bytes in
            var written = 0
            while written < bytes.count {
                let count = Foundation.write(descriptor, bytes.baseAddress.map { $0 + written }, bytes.count - written)
                if count < 0 && errno == EINTR { continue }
                guard count > 0 else { return false }
                written += count
            }
            return true
        }
    }
}
