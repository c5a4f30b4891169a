internal import Foundation

/// The bytes of an open regular file. The caller keeps the descriptor open and closes it.
public struct FileBytes: ByteSource, Sendable {
    private let descriptor: Int32
    /// Size in bytes, as of opening.
    public let count: Int64

    /// Reads from `descriptor`, whose file had `bytes` bytes when it was opened.
    public init(descriptor: Int32, bytes: Int64) {
        self.descriptor = descriptor
        count = max(0, bytes)
    }

    /// Reads up to `count` bytes from `offset` on; a file that became shorter meanwhile gives fewer.
    public func read(at offset: Int64, count: Int) throws(AttachmentReadingError) -> [UInt8] {
        var bytes: [UInt8] = []
        while bytes.count < count {
            let part = try part(at: offset + Int64(bytes.count), count: count - bytes.count)
            guard !part.isEmpty else { break }
            bytes += part
        }
        return bytes
    }

    private func part(at offset: Int64, count: Int) throws(AttachmentReadingError) -> [UInt8] {
        var failure: Int32 = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            var got = pread(descriptor, buffer.baseAddress, count, off_t(offset))
            while got < 0, errno == EINTR { got = pread(descriptor, buffer.baseAddress, count, off_t(offset)) }
            failure = got < 0 ? errno : 0
            filled = max(0, got)
        }
        guard failure == 0 else { throw AttachmentReadingError(code: failure) }
        return bytes
    }
}
