import Testing

@testable import MediaProbe

struct BitReaderTests {
    @Test("`BitReader` reads numbers of any width up to 32 bits, the most significant bit first")
    func fixedWidths() {
        var reader = BitReader(bytes: [0b1010_0110, 0xff, 0xff, 0xff, 0xff])
        #expect(reader.bits(0) == 0)
        #expect(reader.bits(3) == 0b101)
        #expect(reader.flag() == false)
        #expect(reader.bits(4) == 0b0110)
        #expect(reader.bits(32) == 0xffff_ffff)
        #expect(reader.bitsLeft == 0)
        #expect(reader.bits(1) == nil)
        #expect(reader.bits(0) == 0)
    }

    @Test("`BitReader` reads nothing of a number that the data cuts off")
    func cutOff() {
        var reader = BitReader(bytes: [0xff])
        #expect(reader.bits(9) == nil)
        #expect(reader.bits(8) == 0xff)
    }

    @Test(
        "`BitReader` reads Exp-Golomb numbers",
        arguments: [0, 1, 2, 3, 4, 6, 7, 8, 254, 255, 256, 65_535, (1 << 32) - 2])
    func unsigned(value: Int) {
        var writer = BitWriter()
        writer.write(unsigned: value)
        writer.write(0b101, bits: 3)
        var reader = BitReader(bytes: writer.bytes)
        #expect(reader.unsigned() == value)
        #expect(reader.bits(3) == 0b101)
    }

    @Test(
        "`BitReader` reads signed Exp-Golomb numbers",
        arguments: [0, 1, -1, 2, -2, 3, -3, 127, -128, 40_000, -40_000])
    func signed(value: Int) {
        var writer = BitWriter()
        writer.write(signed: value)
        var reader = BitReader(bytes: writer.bytes)
        #expect(reader.signed() == value)
    }

    @Test("`BitReader` returns nil for an Exp-Golomb number of more than 32 zeros or without an end")
    func endless() {
        var zeros = BitReader(bytes: [UInt8](repeating: 0, count: 20))
        #expect(zeros.unsigned() == nil)
        var cut = BitReader(bytes: [0b0000_0001])
        #expect(cut.unsigned() == nil)
        var nothing = BitReader(bytes: [UInt8]())
        #expect(nothing.unsigned() == nil)
        #expect(nothing.signed() == nil)
    }

    @Test("`BitReader` skips bits and numbers only if the data has all of them")
    func skipping() {
        var reader = BitReader(bytes: [0b1010_0111, 0b1000_0000])
        let skipped = [reader.skip(3), reader.skipNumbers(1), reader.skip(0), reader.skip(20)]
        #expect(skipped == [true, true, true, false])
        // The number 00111 is 6; four bits follow it up to the end of its byte and one.
        #expect(reader.bitsLeft == 8)
        #expect(reader.bits(1) == 1)
        let none = reader.skipNumbers(1)
        #expect(!none)
    }

    @Test(
        "`BitReader` leaves out the emulation prevention bytes of a NAL unit",
        arguments: [
            ([0, 0, 3, 1], [0, 0, 1]), ([0, 0, 3, 0, 0, 3, 1], [0, 0, 0, 0, 1]), ([0, 3, 0, 3], [0, 3, 0, 3]),
            ([0, 0, 0, 3, 5], [0, 0, 0, 5]), ([3, 0, 0, 3], [3, 0, 0]), ([0, 0, 3, 3], [0, 0, 3]), ([], []),
        ] as [([UInt8], [UInt8])])
    func emulation(unit: [UInt8], payload: [UInt8]) {
        var reader = BitReader(unit: unit)
        #expect(reader.bitsLeft == payload.count * 8)
        for byte in payload { #expect(reader.bits(8) == Int(byte)) }
    }
}
