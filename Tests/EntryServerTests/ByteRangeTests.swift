import Testing

@testable import EntryServer

@Suite("ByteRange")
struct ByteRangeTests {
    @Test(
        "`ByteRange` takes every form of a single range within a file of 1000 bytes",
        arguments: [
            ("bytes=0-499", 0..<500), ("bytes=500-999", 500..<1000), ("bytes=0-0", 0..<1),
            ("bytes=999-999", 999..<1000),
            ("bytes=500-", 500..<1000), ("bytes=0-", 0..<1000), ("bytes=-1", 999..<1000), ("bytes=-500", 500..<1000),
            // A range that goes beyond the end gives the bytes up to the end.
            ("bytes=900-1000", 900..<1000), ("bytes=0-99999999999999999999", 0..<1000), ("bytes=-2000", 0..<1000),
            ("Bytes=1-2", 1..<3), ("bytes= 1-2", 1..<3),
        ] as [(String, Range<Int64>)])
    func single(field: String, bytes: Range<Int64>) {
        #expect(ByteRange(field, length: 1000) == .part(bytes))
    }

    @Test(
        "`ByteRange` ignores a field that this server does not apply: no field, several ranges, another unit, wrong syntax",
        arguments: [
            nil, "", "bytes", "bytes=", "bytes=-", "bytes=0-1,5-6", "bytes=0-1, -1", "lines=0-1", "bytes=2-1",
            "bytes=a-b", "bytes=1", "bytes=1-2-3", "bytes=+1-2", "bytes=1 -2", "bytes=0x1-2", "bytes=１-２", "=0-1",
        ])
    func ignored(field: String?) {
        #expect(ByteRange(field, length: 1000) == .whole)
    }

    @Test(
        "`ByteRange` is unsatisfiable where the file has no byte of the range",
        arguments: [
            ("bytes=1000-", 1000), ("bytes=1000-1001", 1000), ("bytes=9223372036854775807-", 1000),
            ("bytes=99999999999999999999-", 1000), ("bytes=-0", 1000), ("bytes=0-", 0), ("bytes=-5", 0),
        ] as [(String, Int64)])
    func unsatisfiable(field: String, length: Int64) {
        #expect(ByteRange(field, length: length) == .unsatisfiable)
    }
}
