import MediaFacts
import TestSupport
import Testing

@testable import MediaProbe

/// Sequence parameter sets of HEVC, built field by field. Source: ITU-T H.265 §7.3.2.2, §7.3.3, §7.3.7 and §E.2.1.
struct HEVCSequenceTests {
    /// A set of reference pictures in the form in which it is stated.
    enum References: Sendable {
        /// Distances, the nearest first.
        case distances(before: [Int], after: [Int])
        /// A move of the previous set, and for each of its distances and for the move itself: used, kept or left out.
        case change(move: Int, [Use])

        enum Use: Sendable { case used, kept, left }
    }

    /// The fields that a test varies.
    struct Fields {
        var flags = 0b1000
        var layers = 0
        /// Whether each temporal layer states a profile and a level.
        var layersStateAll = false
        var chroma = 1
        var isCropped = false
        var hasAllBuffers = true
        /// Whether each scaling list is stated by numbers; nil without lists.
        var lists: Bool?
        var hasPCM = false
        var references: [References] = []
        var longTerm = 0
        /// Writes the VUI parameters; nil for a set without them.
        var vui: (@Sendable (inout BitWriter) -> Void)?

        /// The NAL unit.
        var unit: [UInt8] {
            var bits = BitWriter()
            writeProfile(&bits)
            writeSize(&bits)
            writeBlocks(&bits)
            bits.write(unsigned: references.count)
            for (number, set) in references.enumerated() { write(set, isFirst: number == 0, &bits) }
            bits.write(longTerm > 0 ? 1 : 0, bits: 1)
            if longTerm > 0 {
                bits.write(unsigned: longTerm)
                for picture in 0..<longTerm { bits.write(picture, bits: 9) }
            }
            bits.write(0b11, bits: 2)
            bits.write(vui == nil ? 0 : 1, bits: 1)
            vui?(&bits)
            return bits.payload
        }

        private func writeProfile(_ bits: inout BitWriter) {
            bits.write(0x4201, bits: 16)
            bits.write(0, bits: 4)
            bits.write(layers, bits: 3)
            bits.write(1, bits: 1)
            bits.write(2, bits: 8)
            bits.write(0x2000_0000, bits: 32)
            bits.write(flags, bits: 4)
            bits.write(0, bits: 44)
            bits.write(93, bits: 8)
            for _ in 0..<layers { bits.write(layersStateAll ? 0b11 : 0, bits: 2) }
            if layers > 0 { bits.write(0, bits: 2 * (8 - layers)) }
            if layersStateAll {
                for _ in 0..<layers {
                    for _ in 0..<3 { bits.write(0x0102_0304, bits: 32) }
                }
            }
        }

        private func writeSize(_ bits: inout BitWriter) {
            bits.write(unsigned: 0)
            bits.write(unsigned: chroma)
            if chroma == 3 { bits.write(0, bits: 1) }
            bits.write(unsigned: 1920)
            bits.write(unsigned: 1088)
            bits.write(isCropped ? 1 : 0, bits: 1)
            if isCropped { for side in [0, 0, 0, 4] { bits.write(unsigned: side) } }
            bits.write(unsigned: 2)
            bits.write(unsigned: 2)
            bits.write(unsigned: 4)  // eight bits of picture order
            bits.write(hasAllBuffers ? 1 : 0, bits: 1)
            for _ in 0..<(hasAllBuffers ? layers + 1 : 1) { for number in [4, 2, 5] { bits.write(unsigned: number) } }
        }

        private func writeBlocks(_ bits: inout BitWriter) {
            for number in [0, 3, 0, 3, 1, 1] { bits.write(unsigned: number) }
            bits.write(lists == nil ? 0 : 1, bits: 1)
            if let lists {
                bits.write(1, bits: 1)
                for size in 0..<4 {
                    for _ in 0..<(size == 3 ? 2 : 6) {
                        bits.write(lists ? 1 : 0, bits: 1)
                        if !lists { bits.write(unsigned: 0) }
                        let count = lists ? [16, 64, 65, 65][size] : 0
                        for number in 0..<count { bits.write(signed: number % 5 - 2) }
                    }
                }
            }
            bits.write(0b01, bits: 2)
            bits.write(hasPCM ? 1 : 0, bits: 1)
            if hasPCM {
                bits.write(0x77, bits: 8)
                bits.write(unsigned: 0)
                bits.write(unsigned: 2)
                bits.write(1, bits: 1)
            }
        }

        private func write(_ set: References, isFirst: Bool, _ bits: inout BitWriter) {
            switch set {
            case .distances(let before, let after):
                if !isFirst { bits.write(0, bits: 1) }
                bits.write(unsigned: before.count)
                bits.write(unsigned: after.count)
                for list in [before, after] {
                    var last = 0
                    for distance in list {
                        bits.write(unsigned: abs(distance - last) - 1)
                        bits.write(1, bits: 1)
                        last = distance
                    }
                }
            case .change(let move, let uses):
                bits.write(1, bits: 1)
                bits.write(move < 0 ? 1 : 0, bits: 1)
                bits.write(unsigned: abs(move) - 1)
                for use in uses {
                    bits.write(use == .used ? 1 : 0, bits: 1)
                    if use != .used { bits.write(use == .kept ? 1 : 0, bits: 1) }
                }
            }
        }
    }

    /// Writes VUI parameters without pixel shape that state PQ in full range, which nothing else gives.
    private static let pq: @Sendable (inout BitWriter) -> Void = { bits in
        bits.write(0, bits: 2)
        bits.write(0b1_101_1_1, bits: 6)
        for code in [9, 16, 9] { bits.write(code, bits: 8) }
    }

    private static let stated = ColorDescription(
        range: .full, primaries: "bt2020", transfer: "smpte2084", matrix: "bt2020nc")

    private static func color(_ change: (inout Fields) -> Void = { _ in }) -> ColorDescription? {
        var fields = Fields()
        fields.vui = pq
        change(&fields)
        return HEVCSequence(unit: fields.unit)?.color
    }

    @Test(
        "`HEVCSequence` reads the scan from two flags",
        arguments: [(0b1011, .progressive), (0b1000, .progressive), (0b0100, .interlaced), (0, nil), (0b1100, nil)]
            as [(Int, ScanType?)])
    func scans(flags: Int, scan: ScanType?) {
        var fields = Fields()
        fields.flags = flags
        #expect(HEVCSequence(unit: fields.unit)?.scan == scan)
    }

    @Test("`HEVCSequence` has limited range where the set describes no colours")
    func noDescription() {
        #expect(Self.color { $0.vui = nil } == ColorDescription(range: .limited))
        #expect(Self.color { $0.vui = { $0.write(0, bits: 3) } } == ColorDescription(range: .limited))
    }

    @Test("`HEVCSequence` reads past temporal layers", arguments: [0, 1, 2, 6], [false, true])
    func layers(count: Int, stateAll: Bool) {
        for hasAll in [false, true] {
            let color = Self.color { ($0.layers, $0.layersStateAll, $0.hasAllBuffers) = (count, stateAll, hasAll) }
            #expect(color == Self.stated)
        }
    }

    @Test("`HEVCSequence` reads past colour sampling, cropping, scaling lists and PCM coding")
    func variants() {
        for chroma in 0...3 {
            for lists in [nil, false, true] as [Bool?] {
                let color = Self.color {
                    ($0.chroma, $0.lists, $0.isCropped, $0.hasPCM) = (chroma, lists, true, chroma > 1)
                }
                #expect(color == Self.stated)
            }
        }
    }

    @Test("`HEVCSequence` reads past sets of reference pictures, each stated by distances or as a change")
    func references() {
        let first = References.distances(before: [-1, -3], after: [2])
        for sets in [
            [first], [first, .distances(before: [], after: [1])],
            // Three distances and the move: four flags. The result has the distances −2 and 3: three flags.
            [first, .change(move: 1, [.used, .kept, .used, .left]), .change(move: -1, [.used, .left, .used])],
            [
                first, .change(move: -1, [.used, .used, .used, .kept]),
                .change(move: 2, [.used, .left, .kept, .used, .used]),
            ],
        ] {
            let color = Self.color { ($0.references, $0.longTerm) = (sets, 3) }
            #expect(color == Self.stated, "\(sets)")
        }
    }

    @Test(
        "`ReferencePictureSet` moves the distances of the set before it, and leaves out the current picture",
        arguments: [
            // −1 + 1 is the current picture itself and has no distance.
            (1, [.used, .used, .used, .used], [-2], [1, 3]), (1, [.used, .left, .used, .left], [], [3]),
            (-1, [.used, .used, .used, .used], [-1, -2, -4], [1]),
            (-2, [.used, .used, .used, .kept], [-2, -3, -5], []),
            (-3, [.used, .used, .used, .left], [-1, -4, -6], []), (4, [.used, .used, .used, .used], [], [1, 3, 4, 6]),
        ] as [(Int, [References.Use], [Int], [Int])])
    func changes(move: Int, uses: [References.Use], before: [Int], after: [Int]) throws {
        var bits = BitWriter()
        for number in [2, 1, 0] { bits.write(unsigned: number) }  // two before, one after; −1
        bits.write(1, bits: 1)
        bits.write(unsigned: 1)  // −3
        bits.write(1, bits: 1)
        bits.write(unsigned: 1)  // 2
        bits.write(1, bits: 1)
        bits.write(1, bits: 1)
        bits.write(move < 0 ? 1 : 0, bits: 1)
        bits.write(unsigned: abs(move) - 1)
        for use in uses {
            bits.write(use == .used ? 1 : 0, bits: 1)
            if use != .used { bits.write(use == .kept ? 1 : 0, bits: 1) }
        }
        var reader = BitReader(bytes: bits.bytes)
        let first = try #require(ReferencePictureSet(&reader, after: nil))
        #expect(first.before == [-1, -3] && first.after == [2])
        let second = try #require(ReferencePictureSet(&reader, after: first))
        #expect(second.before == before)
        #expect(second.after == after)
    }

    @Test("`HEVCSequence` keeps the scan of a set that ends before its colours, and is nil before the scan")
    func cutOff() {
        var fields = Fields()
        fields.vui = Self.pq
        let whole = fields.unit
        for length in 0..<8 { #expect(HEVCSequence(unit: Array(whole.prefix(length))) == nil) }
        for length in 12..<whole.count - 5 {
            let sequence = HEVCSequence(unit: Array(whole.prefix(length)))
            #expect(sequence?.scan == .progressive)
            #expect(sequence?.color?.primaries == nil)
        }
    }

    @Test("`HEVCSequence` reads any bytes without a trap")
    func hostileBytes() {
        var generator = SeededGenerator(seed: 18)
        for round in 0..<3000 {
            let mask: UInt8 = round % 2 == 0 ? 0xff : 0x81
            let length = Int.random(in: 0...120, using: &generator)
            _ = HEVCSequence(unit: (0..<length).map { _ in UInt8.random(in: 0...255, using: &generator) & mask })
        }
    }
}
