internal import Foundation
internal import MediaFacts

/// Bytes of a known number that can be read from any place: a file, or an array in a test.
protocol ByteSource: Sendable {
    /// Number of bytes; does not change.
    var count: UInt64 { get }

    /// Copies bytes from `offset` on into `buffer` and returns their number. Callers must stay inside `count`.
    func read(at offset: UInt64, into buffer: UnsafeMutableRawBufferPointer) -> Int
}

extension MediaFile: ByteSource {
    /// Size when the file was opened; a negative size counts as none.
    var count: UInt64 { UInt64(max(0, bytes)) }

    /// Makes one positioned read. Source: `pread(2)`.
    func read(at offset: UInt64, into buffer: UnsafeMutableRawBufferPointer) -> Int {
        pread(descriptor, buffer.baseAddress, buffer.count, off_t(clamping: offset))
    }
}

/// Positioned reads from a media file, for structures that libavformat does not report. Every length in a file is the
/// sender's claim, so a read past the end returns nil and never traps.
struct FileBytes: Sendable {
    /// Number of bytes of the file.
    let count: UInt64
    private let source: any ByteSource
    /// The first bytes of the source, read once: the head of a Matroska file is some hundred elements of a few bytes, and
    /// a system call for each would take longer than libavformat takes for the whole head.
    private var head: [UInt8] = []

    /// Bytes that `head` holds at most.
    private static let headLength = 4096

    /// Reads from `source`.
    init(_ source: any ByteSource) {
        self.source = source
        count = source.count
        head = prefix(at: 0, count: Self.headLength)
    }

    /// Reads from `file`.
    init(file: MediaFile) { self.init(file) }

    /// `count` bytes at `offset`, or nil when not all of them exist.
    func read(at offset: UInt64, count length: Int) -> [UInt8]? {
        guard length >= 0, offset <= count, count - offset >= UInt64(length) else { return nil }
        guard length > 0 else { return [] }
        if offset + UInt64(length) <= UInt64(head.count) {
            let start = Int(offset)
            return Array(head[start..<start + length])
        }
        let bytes = [UInt8](unsafeUninitializedCapacity: length) { buffer, filled in
            filled = max(0, source.read(at: offset, into: UnsafeMutableRawBufferPointer(buffer)))
        }
        return bytes.count == length ? bytes : nil
    }

    /// Up to `length` bytes at `offset`: fewer at the end of the file, none behind it or when reading fails.
    func prefix(at offset: UInt64, count length: Int) -> [UInt8] {
        guard offset < count else { return [] }
        return read(at: offset, count: Int(min(UInt64(max(0, length)), count - offset))) ?? []
    }

    /// The last `length` bytes, or the whole file when it is shorter, and the offset of the first of them.
    func tail(_ length: Int) -> (bytes: [UInt8], offset: UInt64) {
        let offset = count - min(count, UInt64(max(0, length)))
        return (prefix(at: offset, count: length), offset)
    }
}

extension Collection<UInt8> {
    /// The bytes as an unsigned big-endian number; of more than eight bytes, the last eight decide.
    var bigEndian: UInt64 { reduce(0) { $0 << 8 | UInt64($1) } }
}

extension BidirectionalCollection<UInt8> {
    /// The bytes as an unsigned little-endian number; of more than eight bytes, the first eight decide.
    var littleEndian: UInt64 { reversed().reduce(0) { $0 << 8 | UInt64($1) } }
}

extension [UInt8] {
    /// Position of the last occurrence of `mark`; nil when there is none.
    func lastPosition(of mark: [UInt8]) -> Int? {
        guard let first = mark.first, count >= mark.count else { return nil }
        return stride(from: count - mark.count, through: 0, by: -1).first { start in
            self[start] == first && self[start..<(start + mark.count)].elementsEqual(mark)
        }
    }

    /// Position of the first occurrence of `mark` at `start` or behind it; nil when there is none.
    func position(of mark: [UInt8], from start: Int) -> Int? {
        guard let first = mark.first, start >= 0, count >= mark.count, start <= count - mark.count else { return nil }
        return (start...(count - mark.count)).first { place in
            self[place] == first && self[place..<(place + mark.count)].elementsEqual(mark)
        }
    }
}
