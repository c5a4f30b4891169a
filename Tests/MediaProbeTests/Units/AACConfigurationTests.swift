import Testing

@testable import MediaProbe

/// Configurations of AAC, built field by field. Source: ISO/IEC 14496-3 §1.6.2.1.
struct AACConfigurationTests {
    /// Writes a configuration: the object type, the rate's index, the channels, then `rest`.
    private static func bytes(
        type: Int, rate: Int = 3, channels: Int = 2, _ rest: (inout BitWriter) -> Void = { _ in }
    ) -> [UInt8] {
        var bits = BitWriter()
        bits.write(type >= 32 ? 31 : type, bits: 5)
        if type >= 32 { bits.write(type - 32, bits: 6) }
        bits.write(rate, bits: 4)
        if rate == 15 { bits.write(44_100, bits: 24) }
        bits.write(channels, bits: 4)
        rest(&bits)
        return bits.bytes
    }

    /// Writes the backward compatible extension behind `gap` bits.
    private static func writeExtension(
        _ bits: inout BitWriter, gap: Int = 3, type: Int = 5, isPresent: Bool = true, isStereo: Bool? = nil
    ) {
        bits.write(0, bits: gap)
        bits.write(0x2b7, bits: 11)
        bits.write(type, bits: 5)
        bits.write(isPresent ? 1 : 0, bits: 1)
        if isPresent { bits.write(3, bits: 4) }
        guard let isStereo else { return }
        bits.write(0x548, bits: 11)
        bits.write(isStereo ? 1 : 0, bits: 1)
    }

    @Test(
        "`AACConfiguration` reads object type and layout",
        arguments: [
            (2, 3, 1, "mono"), (2, 4, 2, "stereo"), (2, 15, 3, "3.0"), (1, 3, 4, "4.0"), (2, 3, 5, "5.0"),
            (2, 3, 6, "5.1"), (2, 3, 7, "7.1(wide)"), (2, 3, 12, "7.1"), (2, 3, 11, "6.1(back)"), (42, 3, 2, "stereo"),
            (2, 3, 0, nil), (2, 3, 15, nil),
        ] as [(Int, Int, Int, String?)])
    func plain(type: Int, rate: Int, channels: Int, layout: String?) {
        let configuration = AACConfiguration(Self.bytes(type: type, rate: rate, channels: channels))
        #expect(configuration?.objectType == type)
        #expect(configuration?.layout == layout)
        #expect(configuration?.profile == Int32(type - 1))
    }

    @Test(
        "`AACConfiguration` reads the extension to HE-AAC behind AAC LC",
        arguments: [
            (5, true, nil, 5), (5, true, false, 5), (5, true, true, 29), (5, false, nil, 2), (22, true, nil, 2),
        ] as [(Int, Bool, Bool?, Int)])
    func extensions(type: Int, isPresent: Bool, isStereo: Bool?, objectType: Int) {
        for gap in 0..<9 {
            let bytes = Self.bytes(type: 2) {
                Self.writeExtension(&$0, gap: gap, type: type, isPresent: isPresent, isStereo: isStereo)
            }
            #expect(AACConfiguration(bytes)?.objectType == objectType, "\(gap)")
        }
    }

    @Test("`AACConfiguration` keeps the type of a stream that is HE-AAC by itself", arguments: [5, 29])
    func explicit(type: Int) {
        #expect(AACConfiguration(Self.bytes(type: type) { $0.write(0x1234, bits: 16) })?.objectType == type)
    }

    @Test("`AACConfiguration` is nil for data that ends before the channels")
    func cutOff() {
        #expect(AACConfiguration([UInt8]()) == nil)
        #expect(AACConfiguration([0x12]) == nil)
        #expect(AACConfiguration([0xff, 0xff]) == nil)
        #expect(AACConfiguration([0x12, 0x10])?.objectType == 2)
    }
}
