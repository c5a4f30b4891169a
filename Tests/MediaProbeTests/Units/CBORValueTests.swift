import Testing

@testable import MediaProbe

@Suite("CBORValue")
struct CBORValueTests {
    private func entry(_ key: String, _ value: CBORValue) -> CBORValue.Entry {
        CBORValue.Entry(key: .text(key), value: value)
    }

    @Test(
        "`CBORValue` reads each major type",
        arguments: [
            ([0x00], .other), ([0x17], .other), ([0x18, 0xff], .other), ([0x19, 1, 0], .other),
            ([0x1b, 0, 0, 0, 0, 0, 0, 0, 1], .other), ([0x20], .other), ([0x42, 1, 2], .other), ([0x60], .text("")),
            ([0x62, 0x61, 0x62], .text("ab")), ([0x78, 1, 0x61], .text("a")), ([0x80], .array([])),
            ([0x82, 0x61, 0x61, 0x01], .array([.text("a"), .other])), ([0x9f, 0x01, 0xff], .array([.other])),
            ([0xc1, 0x61, 0x61], .text("a")), ([0xf5], .other), ([0xf9, 0, 0], .other),
        ] as [([UInt8], CBORValue)])
    func values(bytes: [UInt8], value: CBORValue) { #expect(CBORValue(bytes) == value) }

    @Test("`CBORValue` reads maps of stated and of indefinite length; the first entry of a name is found")
    func maps() {
        let entries: [UInt8] = [0x61, 0x61, 0x61, 0x62, 0x61, 0x61, 0x01]
        let wanted = CBORValue.map([entry("a", .text("b")), entry("a", .other)])
        #expect(CBORValue([0xa2] + entries) == wanted)
        #expect(CBORValue([0xbf] + entries + [0xff]) == wanted)
        #expect(wanted["a"]?.text == "b")
        #expect(wanted["c"] == nil)
        #expect(CBORValue.other["a"] == nil)
    }

    @Test(
        "`CBORValue` refuses bytes that are cut short, reserved, too many or no UTF-8",
        arguments: [
            [], [0x18], [0x19, 0], [0x1c], [0x1f], [0x42, 1], [0x5f, 0xff], [0x61], [0x61, 0xff], [0x7f, 0xff], [0x81],
            [0x9f], [0x9f, 0x01], [0xa1, 0x01], [0xbf, 0x01, 0xff], [0xc1], [0xdf], [0xff], [0x00, 0x00],
            [0x9b, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff], [0xbb, 0x80, 0, 0, 0, 0, 0, 0, 0],
            [0x7b, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff],
        ] as [[UInt8]])
    func malformed(bytes: [UInt8]) { #expect(CBORValue(bytes) == nil) }

    @Test("`CBORValue` reads 16 levels below the first, and refuses deeper ones")
    func depth() {
        #expect(CBORValue([UInt8](repeating: 0x81, count: 16) + [0]) != nil)
        #expect(CBORValue([UInt8](repeating: 0x81, count: 17) + [0]) == nil)
        #expect(CBORValue([UInt8](repeating: 0xc1, count: 100_000) + [0]) == nil)
        #expect(CBORValue([UInt8](repeating: 0x9f, count: 100_000)) == nil)
    }
}
