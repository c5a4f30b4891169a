import Synchronization
import Testing

@testable import MediaProbe

/// Reads of bytes that are made in the test.
struct FileBytesTests {
    /// Bytes whose reads are counted.
    private final class CountedBytes: ByteSource {
        let count: UInt64
        private let reads = Mutex(0)

        init(_ count: UInt64) { self.count = count }

        var readCount: Int { reads.withLock(\.self) }

        func read(at offset: UInt64, into buffer: UnsafeMutableRawBufferPointer) -> Int {
            reads.withLock { $0 += 1 }
            for place in buffer.indices { buffer[place] = FileBytesTests.byte(at: offset + UInt64(place)) }
            return buffer.count
        }
    }

    private static func byte(at offset: UInt64) -> UInt8 { UInt8(offset % 251) }

    @Test(
        "`FileBytes` reads its source once for all of the first 4,096 bytes, and once for each read beyond",
        arguments: [(0, 1, 1), (4095, 1, 1), (0, 4096, 1), (4095, 2, 3), (4096, 1, 3), (0, 4097, 3)]
            as [(UInt64, Int, Int)])
    func head(offset: UInt64, length: Int, reads: Int) {
        let source = CountedBytes(5000)
        let expected = (0..<UInt64(length)).map { Self.byte(at: offset + $0) }
        let bytes = FileBytes(source)
        #expect(bytes.read(at: offset, count: length) == expected)
        #expect(bytes.read(at: offset, count: length) == expected)
        #expect(source.readCount == reads)
    }

    @Test(
        "`FileBytes` gives nil for a read that ends behind the source, also where the source is shorter than 4,096 bytes",
        arguments: [(0, 100, true), (0, 101, false), (99, 1, true), (99, 2, false), (100, 0, true), (101, 0, false)]
            as [(UInt64, Int, Bool)])
    func end(offset: UInt64, length: Int, isThere: Bool) {
        #expect((FileBytes(CountedBytes(100)).read(at: offset, count: length) != nil) == isThere)
    }
}
