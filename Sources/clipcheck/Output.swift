import Foundation
import MediaFacts

/// Where results go: standard output, or a file.
final class Output: Sendable {
    private let descriptor: Int32
    private let isOwned: Bool
    /// Why nothing can be written; 0 while something can.
    private let code: Int32

    /// A file that is written under another name first.
    private struct Replacement {
        var temporary: String
        var path: String
    }

    private let replacement: Replacement?

    /// Standard output.
    static let standard = Output(descriptor: STDOUT_FILENO, isOwned: false)
    /// Standard error, for progress and messages.
    static let error = Output(descriptor: STDERR_FILENO, isOwned: false)

    private init(descriptor: Int32, isOwned: Bool) {
        self.descriptor = descriptor
        self.isOwned = isOwned
        code = 0
        replacement = nil
    }

    /// A file; nil when it cannot be written, with `errno` saying why.
    ///
    /// - Parameters:
    ///   - isLive: whether the file fills as the run goes on. Otherwise it appears, and replaces what was there, when it is
    ///     whole; a symbolic link is replaced, not what it leads to.
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

    /// Puts what was written in its place; false when that is not possible, with `errno` saying why.
    func finish() -> Bool {
        guard let replacement else { return true }
        return fsync(descriptor) == 0 && rename(replacement.temporary, replacement.path) == 0
    }

    /// A place that cannot be written; `code` is the reason that every attempt gives.
    init(failure code: Int32) {
        descriptor = -1
        isOwned = true
        self.code = code
        replacement = nil
    }

    deinit {
        guard isOwned, descriptor >= 0 else { return }
        close(descriptor)
        if let replacement { unlink(replacement.temporary) }  // in vain once it has its name
    }

    /// Whether a person watches.
    var isTerminal: Bool { isatty(descriptor) == 1 }

    /// Columns of the terminal; nil when it is none. `COLUMNS` wins.
    var width: Int? {
        guard isTerminal else { return nil }
        if let columns = ProcessInfo.processInfo.environment["COLUMNS"].flatMap(Int.init), columns > 0 {
            return columns
        }
        var size = winsize()
        return ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0 ? Int(size.ws_col) : 80
    }

    /// Whether verdicts are coloured. Source: no-color.org.
    var isColoured: Bool {
        isTerminal && ProcessInfo.processInfo.environment["NO_COLOR", default: ""].isEmpty
            && ProcessInfo.processInfo.environment["TERM"] != "dumb"
    }

    /// Writes all of `text`. A closed pipe ends the process, as everywhere in a shell; false when the disk is full.
    @discardableResult
    func write(_ text: String) -> Bool { write(Data(text.utf8)) }

    /// Writes all of `data`.
    @discardableResult
    func write(_ data: Data) -> Bool {
        guard code == 0 else {
            errno = code
            return false
        }
        return Self.write(data, to: descriptor)
    }

    /// Writes all of `data` to a descriptor; false when that is not possible, with `errno` saying why.
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
