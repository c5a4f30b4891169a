import Testing

@testable import MediaProbe

@Suite("ISOBoxWalk")
struct StructureISOBoxTests: BuildsStructures {
    private func boxes(_ bytes: [UInt8]) -> [ISOBox] {
        var walk = ISOBoxWalk(FileBytes(parts: bytes))
        return walk.boxes(in: 0..<UInt64(bytes.count))
    }

    @Test("`ISOBoxWalk` reads 32-bit sizes, 64-bit sizes and the size 0 of a box that ends with its parent")
    func sizes() {
        let large = u32(1) + Array("mdat".utf8) + u64(19) + zeros(3)
        let open = u32(0) + Array("free".utf8) + zeros(5)
        #expect(
            boxes(box("ftyp", zeros(4)) + large + open) == [
                ISOBox(type: "ftyp", content: 8..<12), ISOBox(type: "mdat", content: 28..<31),
                ISOBox(type: "free", content: 39..<44),
            ])
    }

    @Test(
        "`ISOBoxWalk` stops at a box whose size is smaller than its head", arguments: [(2, 0), (7, 0), (1, 15), (1, 0)])
    func shortSizes(size: Int, large: Int) {
        let broken = u32(size) + Array("free".utf8) + u64(large) + zeros(32)
        #expect(boxes(box("wide") + broken) == [ISOBox(type: "wide", content: 8..<8)])
    }

    @Test("`ISOBoxWalk` accepts a box without content", arguments: [false, true])
    func emptyBoxes(isLarge: Bool) {
        let bytes = isLarge ? u32(1) + Array("free".utf8) + u64(16) : box("free")
        let end = UInt64(bytes.count)
        #expect(boxes(bytes) == [ISOBox(type: "free", content: end..<end)])
    }

    @Test(
        "`ISOBoxWalk` limits a box that claims more bytes than its parent has",
        arguments: [Int(UInt32.max), 21])
    func longSizes(size: Int) {
        #expect(boxes(u32(size) + Array("moov".utf8) + zeros(12)) == [ISOBox(type: "moov", content: 8..<20)])
    }

    @Test("`ISOBoxWalk` limits a box whose 64-bit size would overflow")
    func overflowingSize() {
        let bytes = u32(1) + Array("moov".utf8) + u64(-1) + zeros(4)
        #expect(boxes(box("wide") + bytes).last == ISOBox(type: "moov", content: 24..<28))
    }

    @Test("`ISOBoxWalk` ignores up to 7 bytes behind the last box", arguments: 0...7)
    func remainders(count: Int) {
        #expect(boxes(box("wide") + zeros(count)).count == 1)
    }

    @Test("`ISOBoxWalk` stops at a 64-bit size that is cut off")
    func cutLargeSize() {
        #expect(boxes(u32(1) + Array("mdat".utf8) + zeros(7)).isEmpty)
    }

    @Test("`ISOBoxWalk` writes unprintable bytes of a type as question marks")
    func unprintableTypes() {
        #expect(boxes(u32(8) + [0xa9, 0x6e, 0x61, 0x00]).map(\.type) == ["?na?"])
    }

    @Test("`ISOBoxWalk` reads at most 100,000 boxes in all its calls together")
    func boxLimit() {
        let bytes = (0..<60_000).flatMap { _ in box("free") }
        var walk = ISOBoxWalk(FileBytes(parts: bytes))
        #expect(walk.boxes(in: 0..<UInt64(bytes.count)).count == 60_000)
        #expect(walk.boxes(in: 0..<UInt64(bytes.count)).count == 40_000)
        #expect(walk.boxesLeft == 0)
    }

    @Test(
        "`ISOBoxWalk.readTable` visits every entry, also of tables longer than one read",
        arguments: [0, 1, 4096, 4097, 9000])
    func tables(count: Int) {
        let bytes = u32(0, count) + (0..<count).flatMap { u32($0) }
        var walk = ISOBoxWalk(FileBytes(parts: bytes))
        var seen: [UInt64] = []
        let isWhole = walk.readTable(0..<UInt64(bytes.count), width: 4, limit: 9000) { seen.append($0.bigEndian) }
        #expect(isWhole)
        #expect(seen == (0..<UInt64(count)).map(\.self))
        #expect(walk.entriesLeft == 10_000_000 - UInt64(count))
    }

    @Test(
        "`ISOBoxWalk.readTable` refuses a table that is shorter than its count or longer than the limit",
        arguments: [(3, 2), (Int(UInt32.max), 2), (11, 11)])
    func refusedTables(count: Int, present: Int) {
        let bytes = u32(0, count) + zeros(4 * present)
        var walk = ISOBoxWalk(FileBytes(parts: bytes))
        var visits = 0
        #expect(!walk.readTable(0..<UInt64(bytes.count), width: 4, limit: 10) { _ in visits += 1 })
        #expect(visits == 0)
    }

    @Test("`ISOBoxWalk.readTable` counts the entries of all tables together")
    func entryLimit() {
        let bytes = u32(0, 6_000_000) + zeros(6_000_000)
        var walk = ISOBoxWalk(FileBytes(parts: bytes))
        let table = 0..<UInt64(bytes.count)
        #expect(walk.readTable(table, width: 1, limit: 10_000_000) { _ in })
        #expect(!walk.readTable(table, width: 1, limit: 10_000_000) { _ in })
    }
}
