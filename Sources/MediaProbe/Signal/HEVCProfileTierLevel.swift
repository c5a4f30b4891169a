internal import MediaFacts

/// The scan that an HEVC sequence parameter set states for all pictures. Source: ITU-T H.265 §7.3.3.
enum HEVCProfileTierLevel {
    /// The scan by `general_progressive_source_flag` and `general_interlaced_source_flag`; nil when neither is set (not
    /// known) or both are (each picture states its own).
    ///
    /// - Parameter unit: a sequence parameter set with its NAL header.
    static func scan(unit: [UInt8]) -> ScanType? {
        var reader = BitReader(unit: unit.prefix(32))
        // NAL header, set and layer numbers, profile, 32 compatibility flags.
        guard reader.bits(16) != nil, reader.bits(8) != nil, reader.bits(8) != nil, reader.bits(32) != nil,
            let isProgressive = reader.flag(), let isInterlaced = reader.flag(), isProgressive != isInterlaced
        else { return nil }
        return isProgressive ? .progressive : .interlaced
    }
}
