import EntryIntake
import Foundation
import TestSupport
import Testing

@Suite("The digest of a file")
struct MediaDigestTests {
    @Test(
        "`MediaDigest` equals the published vectors of SHA-256 (FIPS 180-4)",
        arguments: [
            ("", 1, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
            ("abc", 1, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
            (
                "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", 1,
                "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
            ),
            (
                "abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrst"
                    + "nopqrstu", 1, "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1"
            ),
            ("a", 1_000_000, "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"),
        ])
    func vectors(unit: String, repeats: Int, expected: String) {
        var digest = MediaDigest()
        let unit = Array(unit.utf8)
        for _ in 0..<repeats { digest.add(unit) }
        #expect(digest.hexadecimal == expected)
        #expect(digest.hexadecimal == expected, "reading the digest does not end it")
    }

    @Test("`MediaDigest` does not depend on the sizes of its chunks", arguments: 1...8 as ClosedRange<UInt64>)
    func chunking(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let content = (0..<20_000).map { _ in UInt8.random(in: .min ... .max, using: &random) }
        var whole = MediaDigest()
        whole.add(content)
        var pieces = MediaDigest()
        var offset = 0
        while offset < content.count {
            let count = min(content.count - offset, Int.random(in: 0...300, using: &random))
            pieces.add(Array(content[offset..<offset + count]))
            offset += count
        }
        #expect(pieces.hexadecimal == whole.hexadecimal)
    }

    @Test(
        "`MediaDigest.of` equals the output of sha256sum", .enabled(if: Self.sha256sum != nil),
        arguments: [0, 1, 63, 64, 65, (1 << 20) - 1, 1 << 20, (1 << 20) + 1, 3 << 20, (3 << 20) + 12_345])
    func wholeFile(size: Int) throws {
        let folder = try TemporaryFolder()
        var random = SeededGenerator(seed: UInt64(size))
        var content = [UInt8](repeating: 0, count: size)
        for index in stride(from: 0, to: size, by: 97) {
            content[index] = UInt8.random(in: .min ... .max, using: &random)
        }
        let file = try folder.opened(content, named: "作品 \(size).mp4")
        #expect(try MediaDigest.of(file) == Self.external(folder.path("作品 \(size).mp4")))
    }

    @Test("`MediaDigest.of` ignores bytes that were appended after the file was opened")
    func growing() throws {
        let folder = try TemporaryFolder()
        let file = try folder.opened(Array("abc".utf8))
        let handle = try FileHandle(forWritingTo: folder.url.appending(component: "clip.mp4"))
        try handle.seekToEnd()
        try handle.write(contentsOf: Data("def".utf8))
        try handle.close()
        #expect(try MediaDigest.of(file) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    }

    private static let sha256sum = ["/usr/bin/sha256sum", "/bin/sha256sum", "/sbin/sha256sum"].first {
        FileManager.default.isExecutableFile(atPath: $0)
    }

    private static func external(_ path: String) throws -> String {
        let output = Pipe()
        let process = try ChildProcess(
            try #require(sha256sum), ["--", path], environment: [:],
            output: output.fileHandleForWriting.fileDescriptor, errors: STDERR_FILENO)
        try output.fileHandleForWriting.close()
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.wait()
        return String(text.prefix(64))
    }
}
