/// The configuration of an AAC stream. Its decoder would read the same, but opening one takes over a millisecond.
///
/// Source: ISO/IEC 14496-3 §1.6.2.1, `AudioSpecificConfig`.
struct AACConfiguration: Equatable {
    /// The type of the whole signal: 2 for AAC LC, 5 with spectral band replication (HE-AAC), 29 with parametric stereo
    /// (HE-AAC v2).
    private(set) var objectType: Int
    /// Number of the channel layout; 0 when the stream describes its channels itself.
    private(set) var channels: Int

    private static let bandReplication = 5
    private static let parametricStereo = 29

    /// Reads a configuration; nil when it ends before the channels.
    init?(_ data: some Collection<UInt8>) {
        var reader = BitReader(bytes: data.prefix(64))
        guard let type = Self.readObjectType(&reader), Self.skipRate(&reader), let channels = reader.bits(4) else {
            return nil
        }
        self.channels = channels
        let isExtended = type == Self.bandReplication || type == Self.parametricStereo
        objectType = isExtended ? type : Self.readExtension(&reader) ?? type
    }

    /// Source: table 1.16, `GetAudioObjectType()`.
    private static func readObjectType(_ reader: inout BitReader) -> Int? {
        guard let type = reader.bits(5) else { return nil }
        return type == 31 ? reader.bits(6).map { 32 + $0 } : type
    }

    private static func skipRate(_ reader: inout BitReader) -> Bool {
        guard let index = reader.bits(4) else { return false }
        return index != 15 || reader.bits(24) != nil
    }

    /// The type that a backward compatible extension behind the configuration states; nil when there is none. The place of
    /// its mark depends on the type, so the mark is searched for. Source: §1.6.5.2, `syncExtensionType`.
    private static func readExtension(_ reader: inout BitReader) -> Int? {
        var last = 0
        while reader.bitsLeft > 5, let bit = reader.bits(1) {
            last = (last << 1 | bit) & 0x7ff
            guard last == 0x2b7 else { continue }
            guard readObjectType(&reader) == bandReplication, reader.flag() == true, skipRate(&reader) else {
                return nil
            }
            let isStereo = reader.bits(11) == 0x548 && reader.flag() == true
            return isStereo ? parametricStereo : bandReplication
        }
        return nil
    }

    /// Names of the layouts by number, as libav writes them. Source: table 1.19.
    private static let layouts = [
        1: "mono", 2: "stereo", 3: "3.0", 4: "4.0", 5: "5.0", 6: "5.1", 7: "7.1(wide)", 11: "6.1(back)", 12: "7.1",
    ]

    /// Name of the channel layout; nil when the stream describes its channels itself, and for numbers without a name.
    var layout: String? { Self.layouts[channels] }

    /// libav's number of the profile. Source: `FF_PROFILE_AAC_LOW` and others, one less than the object type.
    var profile: Int32 { Int32(objectType - 1) }
}
