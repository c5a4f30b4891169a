internal import EntryIntake
internal import Foundation

/// Pieces of a file that wait to be written, in their order.
///
/// A large piece stays in the memory that it came in. Small ones are copied, because a piece of a few bytes may keep a
/// whole receive buffer alive.
struct GatheredPieces {
    private enum Piece {
        case kept(any MediaBytes)
        /// Indices into `copies`.
        case copied(Range<Int>)
    }

    private var pieces: [Piece] = []
    /// Copies of small pieces. The memory is used again after a write.
    private var copies: [UInt8] = []
    /// Bytes of all pieces.
    private(set) var count = 0

    /// Bytes from which a piece is not copied: half of the largest receive buffer, so that what waits holds at most twice
    /// its own size.
    static let leastKept = 64 << 10

    /// Adds a piece.
    mutating func append(_ bytes: any MediaBytes) {
        count += bytes.count
        if bytes.count < Self.leastKept {
            copy(bytes)
        } else {
            pieces.append(.kept(bytes))
        }
    }

    /// Forgets every piece.
    mutating func removeAll() {
        pieces.removeAll(keepingCapacity: true)
        copies.removeAll(keepingCapacity: true)
        count = 0
    }

    /// Writes the pieces to a descriptor with as few system calls as the kernel allows, and then digests them.
    ///
    /// - Throws: `.diskFull`, `.storageFailed`; some of the bytes may have been written then.
    mutating func write(to descriptor: Int32, digest: inout MediaDigest) throws(IntakeError) {
        let code = copies.withUnsafeBufferPointer { copies in
            Self.withVectors(pieces[...], copies, []) { vectors in
                let code = Self.writeAll(vectors, to: descriptor)
                guard code == 0 else { return code }
                for each in vectors { digest.add(UnsafeRawBufferPointer(start: each.iov_base, count: each.iov_len)) }
                return 0
            }
        }
        guard code == 0 else { throw .disk("write", code) }
        removeAll()
    }

    private mutating func copy(_ bytes: any MediaBytes) {
        let start = copies.count
        bytes.withMemory { copies.append(contentsOf: $0) }
        if case .copied(let range) = pieces.last {
            pieces[pieces.count - 1] = .copied(range.lowerBound..<copies.count)
        } else {
            pieces.append(.copied(start..<copies.count))
        }
    }

    /// Calls `body` with the place of every piece in memory. Pieces are few: 1 MiB holds sixteen large ones, with copies
    /// between two of them.
    private static func withVectors(
        _ pieces: ArraySlice<Piece>, _ copies: UnsafeBufferPointer<UInt8>, _ vectors: [iovec],
        _ body: ([iovec]) -> Int32
    ) -> Int32 {
        switch pieces.first {
        case nil: body(vectors)
        case .copied(let range)?:
            withVectors(
                pieces.dropFirst(), copies, vectors + [iovec(UnsafeBufferPointer(rebasing: copies[range]))], body)
        case .kept(let bytes)?:
            bytes.withMemory { withVectors(pieces.dropFirst(), copies, vectors + [iovec($0)], body) }
        }
    }

    /// Writes everything; the errno of a failure, or 0.
    private static func writeAll(_ vectors: [iovec], to descriptor: Int32) -> Int32 {
        var left = vectors[...]
        while !left.isEmpty {
            let count = left.withUnsafeBufferPointer { writev(descriptor, $0.baseAddress, Int32($0.count)) }
            guard count >= 0 || errno == EINTR else { return errno }
            left.dropBytes(max(0, count))
        }
        return 0
    }
}

extension ArraySlice<iovec> {
    /// Drops the first `count` bytes.
    mutating func dropBytes(_ count: Int) {
        var count = count
        while let first, first.iov_len <= count {
            count -= first.iov_len
            removeFirst()
        }
        guard count > 0 else { return }
        self[startIndex].iov_base = self[startIndex].iov_base.map { $0 + count }
        self[startIndex].iov_len -= count
    }
}

extension iovec {
    /// Bytes that are to be written from where they lie.
    fileprivate init(_ memory: UnsafeBufferPointer<UInt8>) {
        self.init(iov_base: UnsafeMutableRawPointer(mutating: memory.baseAddress), iov_len: memory.count)
    }
}
