internal import MediaFacts

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Darwin
#endif

/// Small positioned reads from a media file, for the structures that libavformat does not show. Every length in a file
/// is the sender's claim, so reads past the end are nil and never a trap.
struct FileBytes {
    let file: MediaFile

    /// `count` bytes at `offset`, or nil when not all of them exist.
    func read(at offset: UInt64, count: Int) -> [UInt8]? {
        guard count >= 0, offset <= UInt64(file.bytes), UInt64(file.bytes) - offset >= UInt64(count) else { return nil }
        var bytes = [UInt8](repeating: 0, count: count)
        let got = bytes.withUnsafeMutableBytes { pread(file.descriptor, $0.baseAddress, count, off_t(offset)) }
        return got == count ? bytes : nil
    }

    /// The last `count` bytes, or the whole file when it is shorter, and where they begin.
    func tail(_ count: Int) -> (bytes: [UInt8], offset: UInt64) {
        let offset = UInt64(max(0, file.bytes - Int64(count)))
        return (read(at: offset, count: Int(UInt64(file.bytes) - offset)) ?? [], offset)
    }
}

extension Collection<UInt8> {
    /// The bytes as an unsigned big-endian number; only the last eight count.
    var bigEndian: UInt64 { reduce(0) { $0 << 8 | UInt64($1) } }
}

extension BidirectionalCollection<UInt8> {
    /// The bytes as an unsigned little-endian number; only the first eight count.
    var littleEndian: UInt64 { reversed().reduce(0) { $0 << 8 | UInt64($1) } }
}
