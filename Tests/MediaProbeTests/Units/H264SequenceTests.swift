import MediaFacts
import TestSupport
import Testing

@testable import MediaProbe

/// Sequence parameter sets of H.264, built field by field. Source: ITU-T H.264 §7.3.2.1.1 and §E.1.1.
struct H264SequenceTests {
    /// The fields that a test varies.
    struct Fields {
        var profile = 100
        var constraints = 0
        var level = 40
        var chroma = 1
        /// Deltas of each scaling list; nil for a list that is not present. Nil for no lists at all.
        var lists: [[Int]?]?
        var orderKind = 0
        var framesOnly = true
        var isCropped = false
        /// Writes the VUI parameters; nil for a set without them.
        var vui: (@Sendable (inout BitWriter) -> Void)?

        /// The NAL unit.
        var unit: [UInt8] {
            var bits = BitWriter()
            for byte in [0x67, profile, constraints, level] { bits.write(byte, bits: 8) }
            bits.write(unsigned: 0)
            if [100, 110, 122, 244, 44].contains(profile) { writeFormat(&bits) }
            writeOrder(&bits)
            bits.write(unsigned: 4)
            bits.write(0, bits: 1)
            bits.write(unsigned: 119)
            bits.write(unsigned: framesOnly ? 67 : 33)
            bits.write(framesOnly ? 1 : 0, bits: 1)
            if !framesOnly { bits.write(1, bits: 1) }
            bits.write(1, bits: 1)
            bits.write(isCropped ? 1 : 0, bits: 1)
            if isCropped { for side in [0, 0, 0, 4] { bits.write(unsigned: side) } }
            bits.write(vui == nil ? 0 : 1, bits: 1)
            vui?(&bits)
            return bits.payload
        }

        private func writeFormat(_ bits: inout BitWriter) {
            bits.write(unsigned: chroma)
            if chroma == 3 { bits.write(0, bits: 1) }
            bits.write(unsigned: 2)
            bits.write(unsigned: 2)
            bits.write(0, bits: 1)
            bits.write(lists == nil ? 0 : 1, bits: 1)
            for list in lists ?? [] {
                bits.write(list == nil ? 0 : 1, bits: 1)
                for delta in list ?? [] { bits.write(signed: delta) }
            }
        }

        private func writeOrder(_ bits: inout BitWriter) {
            bits.write(unsigned: 0)
            bits.write(unsigned: orderKind)
            if orderKind == 0 { bits.write(unsigned: 2) }
            guard orderKind == 1 else { return }
            bits.write(0, bits: 1)
            for offset in [-3, 7] { bits.write(signed: offset) }
            bits.write(unsigned: 2)
            for offset in [5, -5] { bits.write(signed: offset) }
        }
    }

    /// Writes VUI parameters with this colour description.
    private static func vui(
        shape: Int? = nil, hasOverscan: Bool = false, isFull: Bool? = nil, codes: [Int]? = nil
    ) -> @Sendable (inout BitWriter) -> Void {
        { bits in
            bits.write(shape == nil ? 0 : 1, bits: 1)
            if let shape { bits.write(shape, bits: 8) }
            if shape == 255 { bits.write(0x0004_0003, bits: 32) }
            bits.write(hasOverscan ? 0b11 : 0, bits: hasOverscan ? 2 : 1)
            bits.write(isFull == nil ? 0 : 1, bits: 1)
            guard let isFull else { return }
            bits.write(5, bits: 3)
            bits.write(isFull ? 1 : 0, bits: 1)
            bits.write(codes == nil ? 0 : 1, bits: 1)
            for code in codes ?? [] { bits.write(code, bits: 8) }
        }
    }

    private static func sequence(_ change: (inout Fields) -> Void = { _ in }) -> H264Sequence? {
        var fields = Fields()
        change(&fields)
        return H264Sequence(unit: fields.unit)
    }

    @Test(
        "`H264Sequence` reads level and frame coding of every profile",
        arguments: [66, 77, 88, 100, 110, 122, 244, 44], [false, true])
    func profiles(profile: Int, framesOnly: Bool) {
        let sequence = Self.sequence {
            $0.profile = profile
            $0.level = 31
            $0.framesOnly = framesOnly
        }
        #expect(sequence?.level == 31)
        #expect(sequence?.hasFramesOnly == framesOnly)
        #expect(sequence?.color == ColorDescription(range: .limited))
    }

    @Test("`H264Sequence` reads past every kind of picture order, cropping and colour sampling")
    func variants() {
        for kind in 0...2 {
            for isCropped in [false, true] {
                for chroma in 0...3 {
                    let sequence = Self.sequence {
                        ($0.orderKind, $0.isCropped, $0.chroma, $0.framesOnly) = (kind, isCropped, chroma, false)
                        $0.vui = Self.vui(isFull: true)
                    }
                    #expect(sequence?.hasFramesOnly == false)
                    #expect(sequence?.color.range == .full)
                }
            }
        }
    }

    @Test("`H264Sequence` reads past scaling lists, also one that ends early")
    func scalingLists() {
        let flat = [Int](repeating: 0, count: 16)
        let early = [-8]
        let long = [1] + [Int](repeating: 0, count: 63)
        let sequence = Self.sequence {
            $0.lists = [flat, nil, early, nil, flat, early, long, early]
            $0.vui = Self.vui(isFull: true)
        }
        #expect(sequence?.color.range == .full)
        let twelve = Self.sequence {
            $0.chroma = 3
            $0.lists = [[Int]?](repeating: nil, count: 11) + [long]
            $0.vui = Self.vui(isFull: true)
        }
        #expect(twelve?.color.range == .full)
    }

    @Test(
        "`H264Sequence` reads the colour description behind pixel shape and overscan",
        arguments: [(nil, false), (1, false), (255, false), (nil, true), (255, true)] as [(Int?, Bool)])
    func colors(shape: Int?, hasOverscan: Bool) {
        let sequence = Self.sequence {
            $0.vui = Self.vui(shape: shape, hasOverscan: hasOverscan, isFull: false, codes: [9, 16, 9])
        }
        #expect(
            sequence?.color
                == ColorDescription(range: .limited, primaries: "bt2020", transfer: "smpte2084", matrix: "bt2020nc"))
    }

    @Test("`H264Sequence` ignores reserved and unspecified codes of colours; matrix 0 is RGB")
    func unstatedColors() {
        for codes in [[2, 2, 2], [0, 0, 3], [3, 3, 3], [255, 255, 255]] {
            let sequence = Self.sequence { $0.vui = Self.vui(isFull: true, codes: codes) }
            #expect(sequence?.color == ColorDescription(range: .full))
        }
        #expect(Self.sequence { $0.vui = Self.vui(isFull: true, codes: [1, 13, 0]) }?.color.matrix == "gbr")
    }

    @Test(
        "`H264Sequence` knows level 1b by the third constraint flag",
        arguments: [(0x10, true), (0x40, false), (0xff, true), (0, false)])
    func level1b(constraints: Int, isConstrained: Bool) {
        let sequence = Self.sequence { ($0.profile, $0.level, $0.constraints) = (66, 11, constraints) }
        #expect(sequence?.isConstrainedBySet3 == isConstrained)
    }

    @Test("`H264Sequence` is nil for a set that ends before the picture's size, and keeps what it read of a longer one")
    func cutOff() {
        var fields = Fields()
        fields.vui = Self.vui(isFull: true, codes: [9, 16, 9])
        let whole = fields.unit
        #expect(H264Sequence(unit: whole)?.color.primaries == "bt2020")
        for length in 0..<8 { #expect(H264Sequence(unit: Array(whole.prefix(length))) == nil) }
        for length in 8..<whole.count {
            let sequence = H264Sequence(unit: Array(whole.prefix(length)))
            #expect(sequence == nil || sequence?.hasFramesOnly == true)
        }
    }

    @Test("`H264Sequence` reads any bytes without a trap")
    func hostileBytes() {
        var generator = SeededGenerator(seed: 16)
        for _ in 0..<2000 {
            let length = Int.random(in: 0...80, using: &generator)
            let unit = (0..<length).map { _ in UInt8.random(in: 0...255, using: &generator) }
            _ = H264Sequence(unit: [0x67, 100, 0] + unit)
        }
    }
}
