internal import MediaFacts

/// The parts of an H.264 sequence parameter set that libavcodec's parser does not report. Source: ITU-T H.264 §7.3.2.1.1.
struct H264Sequence: Equatable {
    /// The level, ten times its number; 9 and 11 may stand for level 1b.
    private(set) var level: Int
    /// Whether the set keeps the restrictions of `constraint_set3_flag`; with level 11 that is level 1b.
    private(set) var isConstrainedBySet3: Bool
    /// Whether every picture is a frame and has no field coding (`frame_mbs_only_flag`).
    private(set) var hasFramesOnly: Bool
    /// The colour description. Without one the range is limited, the default of §E.2.1.
    private(set) var color = ColorDescription(range: .limited)

    /// Reads a sequence parameter set with its NAL header; nil when it ends before the picture's size.
    init?(unit: [UInt8]) {
        var reader = BitReader(unit: unit)
        guard reader.bits(8) != nil, let profile = reader.bits(8), let constraints = reader.bits(8),
            let level = reader.bits(8), reader.unsigned() != nil, Self.skipFormat(profile, &reader),
            Self.skipOrder(&reader), let hasFramesOnly = Self.readSize(&reader)
        else { return nil }
        self.level = level
        isConstrainedBySet3 = constraints & 0x10 != 0
        self.hasFramesOnly = hasFramesOnly
        if reader.flag() == true, let stated = ColorDescription(vui: &reader) { color = stated }
    }

    /// Profiles whose sets state the colour sampling. Source: §7.3.2.1.1.
    private static let formatProfiles: Set = [100, 110, 122, 244, 44, 83, 86, 118, 128, 138, 139, 134, 135]

    /// Skips colour sampling, depths and scaling lists; false when the data ends.
    private static func skipFormat(_ profile: Int, _ reader: inout BitReader) -> Bool {
        guard formatProfiles.contains(profile) else { return true }
        guard let chroma = reader.unsigned() else { return false }
        if chroma == 3 { guard reader.flag() != nil else { return false } }
        guard reader.unsigned() != nil, reader.unsigned() != nil, reader.flag() != nil,
            let hasLists = reader.flag()
        else { return false }
        guard hasLists else { return true }
        for number in 0..<(chroma == 3 ? 12 : 8) {
            guard let isPresent = reader.flag() else { return false }
            if isPresent { guard skipScalingList(number < 6 ? 16 : 64, &reader) else { return false } }
        }
        return true
    }

    /// Source: §7.3.2.1.1.1.
    private static func skipScalingList(_ size: Int, _ reader: inout BitReader) -> Bool {
        var (last, next) = (8, 8)
        for _ in 0..<size {
            if next != 0 {
                guard let delta = reader.signed() else { return false }
                next = (last + delta + 256) & 0xff
            }
            if next != 0 { last = next }
        }
        return true
    }

    /// Skips the numbering of frames and their order, and the number of reference frames; false when the data ends.
    private static func skipOrder(_ reader: inout BitReader) -> Bool {
        guard reader.unsigned() != nil, let kind = reader.unsigned() else { return false }
        if kind == 0 { guard reader.unsigned() != nil else { return false } }
        if kind == 1 {
            guard reader.flag() != nil, reader.signed() != nil, reader.signed() != nil,
                let count = reader.unsigned(), count <= 255
            else { return false }
            for _ in 0..<count { guard reader.signed() != nil else { return false } }
        }
        return reader.unsigned() != nil && reader.flag() != nil
    }

    /// Reads past size and cropping; `frame_mbs_only_flag`, or nil when the data ends.
    private static func readSize(_ reader: inout BitReader) -> Bool? {
        guard reader.unsigned() != nil, reader.unsigned() != nil, let hasFramesOnly = reader.flag() else { return nil }
        if !hasFramesOnly { guard reader.flag() != nil else { return nil } }
        guard reader.flag() != nil, let isCropped = reader.flag() else { return nil }
        if isCropped { for _ in 0..<4 { guard reader.unsigned() != nil else { return nil } } }
        return hasFramesOnly
    }
}
