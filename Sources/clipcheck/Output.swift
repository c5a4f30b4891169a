import Foundation
import MediaFacts

/// Where results go: standard output, or a file.
final class Output: Sendable {
    private let descriptor: Int32
    private let isOwned: Bool
    /// Why nothing can be written; 0 while something can.
    private let code: Int32

    /// Standard output.
    static let standard = Output(descriptor: STDOUT_FILENO, isOwned: false)
    /// Standard error, for progress and messages.
    static let error = Output(descriptor: STDERR_FILENO, isOwned: false)

    private init(descriptor: Int32, isOwned: Bool) {
        self.descriptor = descriptor
        self.isOwned = isOwned
        code = 0
    }

    /// A new or emptied file; nil when it cannot be written, with `errno` saying why.
    init?(path: String) {
        descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        isOwned = true
        code = 0
        guard descriptor >= 0 else { return nil }
    }

    /// A place that cannot be written; `code` is the reason that every attempt gives.
    init(failure code: Int32) {
        descriptor = -1
        isOwned = true
        self.code = code
    }

    deinit { if isOwned && descriptor >= 0 { close(descriptor) } }

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
