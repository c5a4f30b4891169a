import Foundation
import Synchronization

/// A pseudo-terminal, on which a program behaves as on a user's terminal.
final class Terminal: Sendable {
    /// The descriptor of the program's side.
    let handle: FileHandle
    private let watcher: Int32
    private let seen = Mutex(Data())

    init(columns: UInt16 = 80) throws {
        var size = winsize(ws_row: 24, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0)
        var (near, far): (Int32, Int32) = (-1, -1)
        guard openpty(&near, &far, nil, nil, &size) == 0 else { throw POSIXError(.ENOTTY) }
        watcher = near
        handle = FileHandle(fileDescriptor: far, closeOnDealloc: true)
    }

    deinit { close(watcher) }

    /// Closes the program's side in this process, so that reading ends with the program.
    func closeHandle() { try? handle.close() }

    /// Reads the bytes that are available.
    func drain() {
        var waiting = pollfd(fd: watcher, events: Int16(POLLIN), revents: 0)
        while poll(&waiting, 1, 0) > 0 {
            var bytes = [UInt8](repeating: 0, count: 4096)
            let count = Foundation.read(watcher, &bytes, bytes.count)
            guard count > 0 else { return }
            seen.withLock { $0.append(contentsOf: bytes.prefix(count)) }
        }
    }

    /// Everything that the program wrote to the terminal.
    var read: Data { seen.withLock { $0 } }

    /// The lines that remain visible: without colour codes, overwritten text and empty lines.
    static func screen(_ text: String) -> [String] {
        // Scalars, because Swift takes a carriage return and the line feed after it for one character.
        let plain = text.replacing(/\u{1b}\[[0-9;]*[mK]/, with: "").unicodeScalars
        let lines = plain.split(separator: "\n").map { line in
            let written = line.last == "\r" ? line.dropLast() : line  // the terminal driver's own carriage return
            return written.split(separator: "\r", omittingEmptySubsequences: false).last.map { String($0) } ?? ""
        }
        return lines.filter { !$0.isEmpty }
    }

    /// Width in columns of a line of Chinese and Latin text.
    static func columns(_ line: String) -> Int {
        line.unicodeScalars.reduce(0) { $0 + (isWide($1.value) ? 2 : 1) }
    }

    private static func isWide(_ scalar: UInt32) -> Bool {
        (0x2E80...0xA4CF).contains(scalar) || (0xF900...0xFAFF).contains(scalar) || (0xFF00...0xFF60).contains(scalar)
    }
}
