import AttachmentReading
import Synchronization

/// Bytes in memory that count what is read of them. The bytes between `head` and `tail` are zeros that take no memory, so
/// that a file can have any size.
final class SampleBytes: ByteSource, Sendable {
    private let head: [UInt8]
    private let tail: [UInt8]
    let count: Int64
    private let counter = Mutex(0)

    init(_ head: [UInt8], zeros: Int64 = 0, tail: [UInt8] = []) {
        self.head = head
        self.tail = tail
        count = Int64(head.count) + zeros + Int64(tail.count)
    }

    /// Number of bytes that were read.
    var bytesRead: Int { counter.withLock { $0 } }

    func read(at offset: Int64, count wanted: Int) throws(AttachmentReadingError) -> [UInt8] {
        counter.withLock { $0 += wanted }
        if tail.isEmpty, count == head.count { return Array(head[Int(offset)..<min(head.count, Int(offset) + wanted)]) }
        return (offset..<min(count, offset + Int64(wanted))).map { position in
            if position < head.count { return head[Int(position)] }
            let fromEnd = count - position
            return fromEnd <= tail.count ? tail[tail.count - Int(fromEnd)] : 0
        }
    }
}

/// Builds numbers and texts of a format.
enum Bytes {
    static func big(_ value: Int, _ width: Int) -> [UInt8] {
        (0..<width).reversed().map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
    }

    static func little(_ value: Int, _ width: Int) -> [UInt8] { big(value, width).reversed() }

    static func ascii(_ text: String) -> [UInt8] { Array(text.utf8) }

    static func utf16(_ text: String, isBig: Bool) -> [UInt8] {
        (isBig ? [0xFE, 0xFF] : [0xFF, 0xFE]) + text.utf16.flatMap { isBig ? big(Int($0), 2) : little(Int($0), 2) }
    }
}
