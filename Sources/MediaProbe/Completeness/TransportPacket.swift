/// The header of one packet of a transport stream. Source: ISO/IEC 13818-1 §2.4.3.2, §2.4.3.4 (adaptation field).
struct TransportPacket {
    /// Number of bytes of a packet without time code and checksum.
    static let size = 188

    /// Number of the stream that the packet belongs to, 0–8191.
    let pid: Int
    /// Whether the sender marked the packet as damaged.
    let isDamaged: Bool
    /// Whether a PES packet or a section begins in this packet.
    let beginsUnit: Bool
    /// Whether the payload is scrambled.
    let isScrambled: Bool
    /// Counter of the packets with payload of this stream, 0–15.
    let counter: UInt8
    /// Whether the sender announces that counters or times start anew in this packet.
    let isDiscontinuous: Bool
    /// Whether the adaptation field is longer than its content, because the payload did not fill the packet.
    let isStuffed: Bool
    /// Positions of the payload; empty when there is none.
    let payload: Range<Int>

    /// Reads the packet whose sync byte is at `start`; nil without sync byte or with fewer than 188 bytes.
    init?(_ bytes: [UInt8], at start: Int) {
        guard start >= 0, start + Self.size <= bytes.count, bytes[start] == TransportStreamGrid.sync else { return nil }
        isDamaged = bytes[start + 1] & 0x80 != 0
        beginsUnit = bytes[start + 1] & 0x40 != 0
        pid = Int(bytes[start + 1] & 0x1f) << 8 | Int(bytes[start + 2])
        isScrambled = bytes[start + 3] & 0xc0 != 0
        counter = bytes[start + 3] & 0x0f
        let end = start + Self.size
        var body = start + 4
        var (isDiscontinuous, isStuffed) = (false, false)
        if bytes[start + 3] & 0x20 != 0 {
            let length = Int(bytes[start + 4])
            body = min(end, start + 5 + length)
            let flags = length > 0 ? bytes[start + 5] : 0
            isDiscontinuous = flags & 0x80 != 0
            // Program clock and its original take 6 bytes each, the splice count 1; the rest is rare.
            let content = 1 + (flags & 0x10 != 0 ? 6 : 0) + (flags & 0x08 != 0 ? 6 : 0) + (flags & 0x04 != 0 ? 1 : 0)
            isStuffed = flags & 0x03 == 0 && (length == 0 || length > content)
        }
        self.isDiscontinuous = isDiscontinuous
        self.isStuffed = isStuffed
        payload = bytes[start + 3] & 0x10 != 0 ? body..<end : end..<end
    }
}
