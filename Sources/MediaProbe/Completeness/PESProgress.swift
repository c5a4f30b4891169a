/// How many bytes of one stream's current PES packet have been read. Source: ISO/IEC 13818-1 §2.4.3.6, §2.4.3.7.
struct PESProgress {
    /// Completeness of the PES packet.
    enum Completeness {
        /// All announced bytes are there. A packet that announces no length is whole when its last transport packet is
        /// stuffed.
        case whole
        /// Some of the bytes that its length field announces are missing.
        case short
        /// The packet announces no length and fills its last transport packet. Few whole packets do.
        case open
    }

    /// Bytes that the length field announces, header included; nil when the field is 0, which only video may use.
    private let announced: Int?
    private var received: Int
    private var isStuffed: Bool
    /// Decoding time, or presentation time when there is no decoding time, in ticks of 1/90000 s, 0 to 2³³ − 1; nil
    /// when the header has neither.
    let time: Int64?

    /// Reads the payload of a transport packet that begins a unit; nil when the unit is no PES packet.
    init?(_ bytes: [UInt8], _ packet: TransportPacket) {
        let payload = bytes[packet.payload]
        let at = payload.startIndex
        guard payload.count >= 6, payload.starts(with: [0, 0, 1]), bytes[at + 3] >= 0xbc else { return nil }
        let length = Int(bytes[at + 4]) << 8 | Int(bytes[at + 5])
        announced = length > 0 ? length + 6 : nil
        received = payload.count
        isStuffed = packet.isStuffed
        time = Self.time(payload)
    }

    /// Adds the payload of a transport packet that continues the unit.
    mutating func append(_ packet: TransportPacket) {
        received += packet.payload.count
        isStuffed = packet.isStuffed
    }

    /// State after the transport packets added so far.
    var completeness: Completeness {
        guard let announced else { return isStuffed ? .whole : .open }
        return received >= announced ? .whole : .short
    }

    private static func time(_ pes: ArraySlice<UInt8>) -> Int64? {
        let at = pes.startIndex
        // Some stream types have no such header: their seventh byte does not begin with the bits 10.
        guard pes.count >= 14, pes[at + 6] >> 6 == 2 else { return nil }
        switch pes[at + 7] >> 6 {
        case 2: return timestamp(pes[(at + 9)..<(at + 14)])
        case 3: return pes.count >= 19 ? timestamp(pes[(at + 14)..<(at + 19)]) : nil
        default: return nil
        }
    }

    private static func timestamp(_ field: ArraySlice<UInt8>) -> Int64 {
        let value = field.bigEndian
        let high = value >> 33 & 7
        let middle = value >> 17 & 0x7fff
        let low = value >> 1 & 0x7fff
        return Int64(high << 30 | middle << 15 | low)
    }
}
