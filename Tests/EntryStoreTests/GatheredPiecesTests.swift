import EntryIntake
import Foundation
import TestSupport
import Testing

@testable import EntryStore

@Suite("Gathered pieces")
struct GatheredPiecesTests {
    @Test(
        "Gathered pieces are written and digested in their order, copied ones and kept ones",
        arguments: [
            [], [0], [1], [65_535, 65_536], [65_536, 65_535], [10, 65_536, 10, 10, 70_000], [65_536, 65_536, 1],
            [1, 0, 200_000, 0, 1],
        ])
    func order(sizes: [Int]) throws {
        let folder = try TemporaryFolder()
        let path = try folder.write([], to: "pieces")
        let descriptor = open(path, O_WRONLY | O_CLOEXEC)
        defer { close(descriptor) }
        var (pieces, content, digest) = (GatheredPieces(), [UInt8](), MediaDigest())
        for (index, size) in sizes.enumerated() {
            let piece = [UInt8](repeating: UInt8(index + 1), count: size + 2)
            pieces.append(piece[1..<(size + 1)])
            content += piece[1..<(size + 1)]
        }
        #expect(pieces.count == content.count)
        try pieces.write(to: descriptor, digest: &digest)
        #expect(pieces.count == 0)
        #expect(try [UInt8](Data(contentsOf: URL(filePath: path))) == content)
        #expect(digest.hexadecimal == sha256(content))
    }

    @Test("Gathered pieces that cannot be written throw `.storageFailed` and stay undigested")
    func failure() throws {
        var (pieces, digest) = (GatheredPieces(), MediaDigest())
        pieces.append([1, 2, 3])
        let error = #expect(throws: IntakeError.self) { try pieces.write(to: -1, digest: &digest) }
        #expect(error?.code == .storageFailed)
        #expect(digest.hexadecimal == sha256([]))
    }

    @Test(
        "What a write left over is where the write ended",
        arguments: [
            (0, [3, 4, 2]), (1, [2, 4, 2]), (3, [4, 2]), (4, [3, 2]), (7, [2]), (8, [1]), (9, []),
        ])
    func rest(written: Int, left: [Int]) {
        var bytes = [UInt8](repeating: 0, count: 9)
        bytes.withUnsafeMutableBytes { memory in
            var place = memory.baseAddress
            var vectors = [3, 4, 2].map { count in
                defer { place = place.map { $0 + count } }
                return iovec(iov_base: place, iov_len: count)
            }[...]
            vectors.dropBytes(written)
            #expect(vectors.map(\.iov_len) == left)
            #expect(vectors.first.flatMap(\.iov_base) == (left.isEmpty ? nil : memory.baseAddress.map { $0 + written }))
        }
    }
}
