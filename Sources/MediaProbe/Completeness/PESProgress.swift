/// How much of the PES packet that one stream sends at present has come. Source: ISO/IEC 13818-1 §2.4.3.6, §2.4.3.7.
struct PESProgress {
    /// Completeness of the PES packet.
    enum Completeness {
        /// The packet has all bytes that its length field announces, or, without one, its last transport packet was stuffed.
        case whole
        /// Bytes that its length field announces are missing.
        case short
        /// The packet has no length, and its last transport packet is full: few packets end so.
        case open
    }

    /// Bytes that the length field announces, header included; nil when the length field is 0 (pictures only).
    private let announced: Int?
    private var received: Int
    private var isStuffed: Bool
    /// Decoding time, or presentation time where that is all, in ticks of 1/90000 s, 0 to 2³³ − 1; nil when the header
    /// has none.
    let time: Int64?

    /// Starts with the payload of a transport packet that begins a unit; nil when the unit is no PES packet.
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

    /// Completeness after the packets added so far.
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
