import Testing

@testable import MediaProbe

@Suite("EBMLElement")
struct StructureEBMLElementTests: BuildsStructures {
    private func element(_ bytes: [UInt8], at offset: UInt64 = 0) -> EBMLElement? {
        EBMLElement(at: offset, in: FileBytes(parts: bytes))
    }

    @Test(
        "`EBMLElement` reads identifiers of 1 to 4 bytes, with their length marker",
        arguments: [0xd7, 0x4286, 0x2a_d7b1, 0x1a45_dfa3])
    func identifiers(identifier: Int) {
        #expect(element(ebml(identifier, [7]))?.id == UInt64(identifier))
    }

    @Test("`EBMLElement` reads sizes of 1 to 8 bytes", arguments: 1...8)
    func sizes(width: Int) {
        let element = element(ebml(0x4286, width: width, zeros(100)))
        #expect(element?.size == 100)
        #expect(element?.body == UInt64(2 + width))
        #expect(element?.end == UInt64(102 + width))
    }

    @Test("`EBMLElement.size` is nil for a size of all ones, in every width", arguments: 1...8)
    func unknownSizes(width: Int) {
        let ones = [UInt8](repeating: 0xff, count: width - 1)
        let element = element([0xec, UInt8(truncatingIfNeeded: 0x1ff >> width)] + ones)
        #expect(element?.body == UInt64(1 + width))
        #expect(element?.size == nil)
        #expect(element?.end == nil)
        #expect(element?.content(until: 100) == nil)
    }

    @Test(
        "`EBMLElement` is nil for a head that is cut off or too long",
        arguments: [
            [], [0xec], [0x42], [0x42, 0x86], [0x1a, 0x45, 0xdf], [0xec, 0x40], [0x08, 0, 0, 0, 0, 0x80],
            [0x00, 0x80], [0xec, 0x00, 0, 0, 0, 0, 0, 0, 0, 0],
        ] as [[UInt8]])
    func brokenHeads(bytes: [UInt8]) {
        #expect(element(bytes) == nil)
    }

    @Test("`EBMLElement` does not overflow at the largest size")
    func largestSize() {
        let element = element([0xec, 0x01, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xfe])
        #expect(element?.end == 9 + 0xff_ffff_ffff_fffe)
        #expect(element?.content(until: 20) == 9..<20)
        #expect(element?.content(until: 9) == 9..<9)
        #expect(element?.content(until: 8) == nil)
        #expect(self.element([0xec, 0x80], at: .max) == nil)
    }

    @Test("`EBMLElement` reads unsigned numbers of 0 to 8 bytes", arguments: 0...8)
    func unsigned(width: Int) {
        let content = [UInt8](repeating: 0xfe, count: width)
        let source = FileBytes(parts: ebml(0xec, content))
        #expect(EBMLElement(at: 0, in: source)?.unsigned(in: source) == content.bigEndian)
    }

    @Test("`EBMLElement.unsigned` is nil for more than 8 bytes and behind the end of the file")
    func brokenNumbers() {
        for bytes in [ebml(0xec, zeros(9)), [0xec, 0x84, 0, 0, 0]] {
            #expect(element(bytes)?.unsigned(in: FileBytes(parts: bytes)) == nil)
        }
    }

    @Test(
        "`EBMLElement.float` reads floating-point numbers of 0, 4 and 8 bytes only",
        arguments: [
            ([], 0), ([0x3f, 0xc0, 0, 0], 1.5), ([0x40, 0x5e, 0xdc, 0, 0, 0, 0, 0], 123.4375), ([0x3f, 0xc0], nil),
        ] as [([UInt8], Double?)])
    func floats(content: [UInt8], value: Double?) {
        let source = FileBytes(parts: ebml(0x4489, content))
        #expect(EBMLElement(at: 0, in: source)?.float(in: source) == value)
    }

    @Test("`EBMLElement.text` ends at a zero byte, and is nil if longer than allowed")
    func texts() {
        let source = FileBytes(parts: ebml(0x86, Array("V_VP9".utf8), [0, 0x41]))
        #expect(EBMLElement(at: 0, in: source)?.text(in: source) == "V_VP9")
        #expect(EBMLElement(at: 0, in: source)?.text(in: source, longest: 7) == "V_VP9")
        #expect(EBMLElement(at: 0, in: source)?.text(in: source, longest: 6) == nil)
    }

    @Test("`EBMLElement.list` ends at an element of unknown size, at a broken one and at the limit")
    func lists() {
        func identifiers(_ bytes: [UInt8], limit: Int = 10) -> [UInt64] {
            var left = limit
            return EBMLElement.list(in: 0..<UInt64(bytes.count), FileBytes(parts: bytes), left: &left).map(\.id)
        }
        let two = ebml(0xec, zeros(3)) + ebml(0xbf, zeros(4))
        #expect(identifiers(two) == [0xec, 0xbf])
        #expect(identifiers(two, limit: 1) == [0xec])
        #expect(identifiers(two + unsizedEBML(0xd7, [1]) + ebml(0x83, [1])) == [0xec, 0xbf])
        #expect(identifiers(two + [0x00, 0x00, 0x00]) == [0xec, 0xbf])
        #expect(identifiers(two + [0xec, 0xff - 1]) == [0xec, 0xbf, 0xec])
    }
}
