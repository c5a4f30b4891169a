import Foundation

/// An unnamed temporary file. It holds text that can be sent on only when the text before it is known, such as results
/// that follow a summary.
final class Spool {
    private let descriptor: Int32

    /// Creates the file in `$TMPDIR` or `/tmp`; nil when that fails, with the reason in `errno`.
    init?() {
        let folder = ProcessInfo.processInfo.environment["TMPDIR"].flatMap { $0.isEmpty ? nil : $0 } ?? "/tmp"
        var name = Array("\(folder)/clipcheck.XXXXXX".utf8CString)
        descriptor = mkstemp(&name)
        guard descriptor >= 0 else { return nil }
        unlink(name)
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    }

    deinit { if descriptor >= 0 { close(descriptor) } }

    /// Appends `text`.
    ///
    /// - Returns: false when it cannot be written, such as on a full disk, with the reason in `errno`.
    func write(_ text: String) -> Bool { Output.write(Data(text.utf8), to: descriptor) }

    /// Copies the whole content to `output`, 1 MiB at a time.
    ///
    /// - Returns: false when reading or writing fails, with the reason in `errno`.
    func copy(to output: Output) -> Bool {
        var offset: off_t = 0
        while true {
            var piece = Data(count: 1 << 20)
            let got = piece.withUnsafeMutableBytes { pread(descriptor, $0.baseAddress, $0.count, offset) }
            guard got > 0 else { return got == 0 }
            guard output.write(piece.prefix(got)) else { return false }
            offset += off_t(got)
        }
    }
}
