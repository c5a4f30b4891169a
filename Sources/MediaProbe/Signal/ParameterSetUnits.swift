/// Finds the sequence parameter set of H.264 or HEVC in a decoder configuration or in a packet.
enum ParameterSetUnits {
    /// A codec whose parameter sets are NAL units.
    enum Codec {
        case h264
        case hevc

        /// Whether `header`, the first byte of a NAL unit, begins a sequence parameter set. Source: ITU-T H.264 table 7-1,
        /// type 7; H.265 table 7-1, type 33.
        func isSequence(_ header: UInt8) -> Bool {
            switch self {
            case .h264: header & 0x1f == 7
            case .hevc: header >> 1 & 0x3f == 33
            }
        }
    }

    /// Bytes of a configuration or packet that are searched for a start code.
    private static let searchedBytes = 65_536

    /// The first sequence parameter set, with its NAL header; nil when `data` holds none.
    ///
    /// - Parameter data: a configuration record, which begins with its version (1), or a byte stream with start codes.
    static func sequence(in data: UnsafeBufferPointer<UInt8>, _ codec: Codec) -> [UInt8]? {
        guard let first = data.first else { return nil }
        guard first == 0 else { return codec == .h264 ? fromAVCRecord(data) : fromHEVCRecord(data) }
        return fromByteStream(data, codec)
    }

    /// Source: ISO/IEC 14496-15 §5.3.3.1, `AVCDecoderConfigurationRecord`.
    private static func fromAVCRecord(_ data: UnsafeBufferPointer<UInt8>) -> [UInt8]? {
        guard data.count > 8, data[5] & 0x1f > 0 else { return nil }
        return unit(in: data, at: 6)
    }

    /// Source: ISO/IEC 14496-15 §8.3.3.1, `HEVCDecoderConfigurationRecord`.
    private static func fromHEVCRecord(_ data: UnsafeBufferPointer<UInt8>) -> [UInt8]? {
        guard data.count > 23 else { return nil }
        var offset = 23
        for _ in 0..<data[22] {
            guard offset + 3 <= data.count else { return nil }
            let (type, count) = (data[offset] & 0x3f, Int(data[offset + 1]) << 8 | Int(data[offset + 2]))
            offset += 3
            for _ in 0..<count {
                guard let unit = unit(in: data, at: offset) else { return nil }
                if type == 33 { return unit }
                offset += 2 + unit.count
            }
        }
        return nil
    }

    /// The NAL unit behind a length of two bytes.
    private static func unit(in data: UnsafeBufferPointer<UInt8>, at offset: Int) -> [UInt8]? {
        guard offset + 2 <= data.count else { return nil }
        let (start, length) = (offset + 2, Int(data[offset]) << 8 | Int(data[offset + 1]))
        guard length > 0, start + length <= data.count else { return nil }
        return Array(data[start..<start + length])
    }

    /// Source: ITU-T H.264 annex B.
    private static func fromByteStream(_ data: UnsafeBufferPointer<UInt8>, _ codec: Codec) -> [UInt8]? {
        let data = UnsafeBufferPointer(rebasing: data.prefix(searchedBytes))
        var begin: Int?
        var index = 0
        while index + 3 < data.count {
            guard data[index] == 0, data[index + 1] == 0, data[index + 2] <= 1 else {
                index += 1
                continue
            }
            // A unit ends before the next start code, or before zeros that pad it.
            if let begin { return Array(data[begin..<index]) }
            if data[index + 2] == 1, codec.isSequence(data[index + 3]) { begin = index + 3 }
            index += data[index + 2] == 1 ? 3 : 1
        }
        return begin.map { Array(data[$0...]) }
    }
}
