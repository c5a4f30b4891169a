internal import MediaFacts

/// The parts of an HEVC sequence parameter set that libavcodec's parser does not report. Its decoder reports the colours,
/// but opening the decoder takes longer than reading the rest of a file's header. Source: ITU-T H.265 §7.3.2.2.
struct HEVCSequence: Equatable {
    /// The scan by `general_progressive_source_flag` and `general_interlaced_source_flag` (§7.4.4); nil when neither is set
    /// (not known) or both are (each picture states its own).
    private(set) var scan: ScanType?
    /// The colour description. Without one the range is limited, the default of §E.3.1. Nil for a set that ends before it.
    private(set) var color: ColorDescription?

    /// Reads a sequence parameter set with its NAL header; nil when it ends before the flags of the scan.
    init?(unit: [UInt8]) {
        var reader = HEVCSequenceReader(BitReader(unit: unit))
        guard let flags = reader.readProfile() else { return nil }
        if flags.isProgressive != flags.isInterlaced { scan = flags.isProgressive ? .progressive : .interlaced }
        color = reader.readColor()
    }
}

/// Reads the fields of an HEVC sequence parameter set in their order. Each function returns nil when the data ends, or when
/// a number is larger than the standard allows.
private struct HEVCSequenceReader {
    private var reader: BitReader
    /// Number of temporal layers, less one.
    private var layers = 0

    init(_ reader: BitReader) { self.reader = reader }

    /// Reads past NAL header and profile; the flags of the scan. Source: §7.3.3, `profile_tier_level()`.
    mutating func readProfile() -> (isProgressive: Bool, isInterlaced: Bool)? {
        // NAL header, number of another set; then the profile with 32 compatibility flags.
        guard reader.skip(20), let layers = reader.bits(3), reader.skip(1), reader.skip(40),
            let isProgressive = reader.flag(), let isInterlaced = reader.flag()
        else { return nil }
        self.layers = layers
        return (isProgressive, isInterlaced)
    }

    /// Reads everything behind those flags up to the colour description; limited range when there is none.
    mutating func readColor() -> ColorDescription? {
        guard skipLevels(), let orderBits = skipSize(), skipBlocks(), skipReferences(orderBits),
            let hasVUI = reader.flag()
        else { return nil }
        guard hasVUI, let color = ColorDescription(vui: &reader) else { return ColorDescription(range: .limited) }
        return color
    }

    /// Skips the rest of `profile_tier_level()`: 46 bits, the level, and the profiles of temporal layers.
    private mutating func skipLevels() -> Bool {
        guard reader.skip(46), reader.skip(8) else { return false }
        guard layers > 0 else { return true }
        var present: [(profile: Bool, level: Bool)] = []
        for _ in 0..<layers {
            guard let profile = reader.flag(), let level = reader.flag() else { return false }
            present.append((profile, level))
        }
        guard reader.skip(2 * (8 - layers)) else { return false }
        return present.allSatisfy { reader.skip(($0.profile ? 88 : 0) + ($0.level ? 8 : 0)) }
    }

    /// Skips colour sampling, size, cropping, depths and the sizes of buffers; the number of bits of a picture's order.
    private mutating func skipSize() -> Int? {
        guard reader.unsigned() != nil, let chroma = reader.unsigned(), chroma != 3 || reader.skip(1),
            reader.skipNumbers(2), let isCropped = reader.flag(), !isCropped || reader.skipNumbers(4),
            reader.skipNumbers(2), let orderBits = reader.unsigned(), orderBits <= 12, let hasAll = reader.flag(),
            reader.skipNumbers(3 * (hasAll ? layers + 1 : 1))
        else { return nil }
        return orderBits + 4
    }

    /// Skips block sizes, scaling lists and PCM coding.
    private mutating func skipBlocks() -> Bool {
        guard reader.skipNumbers(6), let hasLists = reader.flag() else { return false }
        if hasLists {
            guard let areStated = reader.flag(), !areStated || skipScalingLists() else { return false }
        }
        guard reader.skip(2), let hasPCM = reader.flag() else { return false }
        return !hasPCM || reader.skip(8) && reader.skipNumbers(2) && reader.skip(1)
    }

    /// Source: §7.3.4, `scaling_list_data()`.
    private mutating func skipScalingLists() -> Bool {
        for size in 0..<4 {
            for _ in 0..<(size == 3 ? 2 : 6) {
                guard let isStated = reader.flag() else { return false }
                let numbers = isStated ? min(64, 1 << (4 + 2 * size)) + (size > 1 ? 1 : 0) : 1
                guard reader.skipNumbers(numbers) else { return false }
            }
        }
        return true
    }

    /// Skips the sets of reference pictures, and two flags behind them.
    private mutating func skipReferences(_ orderBits: Int) -> Bool {
        guard let count = reader.unsigned(), count <= 64 else { return false }
        var last = ReferencePictureSet()
        for number in 0..<count {
            guard let next = ReferencePictureSet(&reader, after: number > 0 ? last : nil) else { return false }
            last = next
        }
        guard let hasLongTerm = reader.flag() else { return false }
        if hasLongTerm {
            guard let count = reader.unsigned(), count <= 32, reader.skip(count * (orderBits + 1)) else { return false }
        }
        return reader.skip(2)
    }
}
