import MediaFacts
import TestSupport
import Testing

@testable import MediaProbe

/// Sequence headers inside decoder configurations and byte streams, and the figures that are made of them.
struct CodedSequenceTests: BuildsStructures {
    private func sequence(_ bytes: [UInt8], _ codec: ParameterSetUnits.Codec) -> [UInt8]? {
        bytes.withUnsafeBufferPointer { ParameterSetUnits.sequence(in: $0, codec) }
    }

    /// A decoder configuration record of H.264. Source: ISO/IEC 14496-15 §5.3.3.1.
    private func avcRecord(_ units: [UInt8]...) -> [UInt8] {
        [1, 100, 0, 40, 0xff, 0xe0 | UInt8(units.count)] + units.flatMap { u16($0.count) + $0 } + [1, 0, 1, 0x68]
    }

    /// A decoder configuration record of HEVC. Source: ISO/IEC 14496-15 §8.3.3.1.
    private func hevcRecord(_ arrays: (type: UInt8, units: [[UInt8]])...) -> [UInt8] {
        let parts = arrays.flatMap { array in
            [0x80 | array.type] + u16(array.units.count) + array.units.flatMap { u16($0.count) + $0 }
        }
        return [1] + zeros(21) + [UInt8(arrays.count)] + parts
    }

    @Test("`ParameterSetUnits` finds the first sequence parameter set of a record of H.264")
    func avc() {
        #expect(sequence(avcRecord([0x67, 1, 2], [0x67, 3]), .h264) == [0x67, 1, 2])
        #expect(sequence(avcRecord(), .h264) == nil)
        #expect(sequence([1, 100, 0, 40, 0xff, 0xe1, 0, 0, 0], .h264) == nil)
        #expect(sequence([1, 100, 0, 40, 0xff, 0xe1, 0, 9, 0x67, 1], .h264) == nil)
        #expect(sequence([1], .h264) == nil)
        #expect(sequence([], .h264) == nil)
    }

    @Test("`ParameterSetUnits` finds the sequence parameter set of a record of HEVC, behind other sets")
    func hevc() {
        let record = hevcRecord((32, [[0x40, 1, 9], [0x40, 1]]), (33, [[0x42, 1, 7, 7]]), (34, [[0x44, 1]]))
        #expect(sequence(record, .hevc) == [0x42, 1, 7, 7])
        #expect(sequence(hevcRecord((32, [[0x40, 1]])), .hevc) == nil)
        for length in 0..<record.count - 4 {
            let found = sequence(Array(record.prefix(length)), .hevc)
            #expect(found == nil || found == [0x42, 1, 7, 7])
        }
    }

    @Test(
        "`ParameterSetUnits` finds the sequence parameter set of a byte stream",
        arguments: [
            ([0, 0, 0, 1, 0x09, 0xf0, 0, 0, 0, 1, 0x67, 5, 6, 0, 0, 1, 0x68], [0x67, 5, 6]),
            ([0, 0, 1, 0x67, 5, 6], [0x67, 5, 6]), ([0, 0, 1, 0x67, 5, 0, 0, 0, 0, 1, 0x68], [0x67, 5]),
            ([0, 0, 1, 0x68, 5, 6], nil), ([0, 0, 1], nil), ([0, 1, 2], nil),
            ([0, 0, 1, 0x67, 0, 0, 3, 1, 7], [0x67, 0, 0, 3, 1, 7]),
        ] as [([UInt8], [UInt8]?)])
    func byteStream(bytes: [UInt8], unit: [UInt8]?) {
        #expect(sequence(bytes, .h264) == unit)
    }

    @Test("`ParameterSetUnits` searches the first 65,536 bytes of a byte stream")
    func searchedBytes() {
        let unit: [UInt8] = [0, 0, 1, 0x42, 1, 1]
        #expect(sequence([0] + [UInt8](repeating: 9, count: 65_000) + unit, .hevc) == [0x42, 1, 1])
        #expect(sequence([0] + [UInt8](repeating: 9, count: 65_536) + unit, .hevc) == nil)
    }

    @Test("`ParameterSetUnits` and `AACConfiguration` read any bytes without a trap, and find units inside them")
    func hostileBytes() {
        var generator = SeededGenerator(seed: 33)
        for _ in 0..<2000 {
            let length = Int.random(in: 0...120, using: &generator)
            var bytes = (0..<length).map { _ in UInt8.random(in: 0...255, using: &generator) & 0x43 }
            if length > 0 { bytes[0] = UInt8.random(in: 0...1, using: &generator) }
            for codec in [ParameterSetUnits.Codec.h264, .hevc] {
                #expect((sequence(bytes, codec)?.count ?? 0) <= bytes.count)
            }
            _ = AACConfiguration(bytes)
        }
    }
}
