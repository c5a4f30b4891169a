/// Bytes that can be read from any offset: an open file, or an array in a test.
public protocol ByteSource {
    /// Number of bytes.
    var count: Int64 { get }

    /// Reads up to `count` bytes from `offset` on; fewer only where the bytes end.
    ///
    /// - Throws: `AttachmentReadingError`.
    func read(at offset: Int64, count: Int) throws(AttachmentReadingError) -> [UInt8]
}

extension ByteSource {
    /// Reads up to `count` bytes from `offset` on as a view; an empty view for an offset outside of the bytes.
    func view(at offset: Int64, count wanted: Int) throws(AttachmentReadingError) -> ByteView {
        guard offset >= 0, offset < count, wanted > 0 else { return ByteView([]) }
        return ByteView(try read(at: offset, count: Int(min(Int64(wanted), count - offset))))
    }

    /// The last `wanted` bytes, or all of fewer.
    func tail(_ wanted: Int) throws(AttachmentReadingError) -> ByteView {
        try view(at: max(0, count - Int64(wanted)), count: wanted)
    }
}
