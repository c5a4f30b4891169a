import Foundation

/// A temporary file without a name: text that can only be sent on once something before it is known.
final class Spool {
    private let descriptor: Int32

    /// Makes one in the folder for temporary files; nil when that is not possible, with `errno` saying why.
    init?() {
        let folder = ProcessInfo.processInfo.environment["TMPDIR"].flatMap { $0.isEmpty ? nil : $0 } ?? "/tmp"
        var name = Array("\(folder)/clipcheck.XXXXXX".utf8CString)
        descriptor = mkstemp(&name)
        guard descriptor >= 0 else { return nil }
        unlink(name)
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    }

    deinit { if descriptor >= 0 { close(descriptor) } }

    /// Adds `text`; false when the disk is full.
    func write(_ text: String) -> Bool { Output.write(Data(text.utf8), to: descriptor) }

    /// Sends all of it to `output`, a piece at a time.
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
