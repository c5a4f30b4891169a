/// Size and position of the packets of a transport stream. Source: ISO/IEC 13818-1 §2.4.3.2 (188 bytes). The Blu-ray
/// and AVCHD form puts a time code of 4 bytes before each packet, the DVB form a checksum of 16 bytes behind.
struct TransportStreamGrid: Equatable {
    /// Bytes from one packet to the next: 188, 192 or 204.
    let packetSize: Int
    /// Offset of the first packet (of its time code, if it has one).
    let start: UInt64

    /// Bytes in front of the sync byte of a packet of `packetSize` bytes.
    static func lead(ofPacketSize packetSize: Int) -> Int { packetSize == 192 ? 4 : 0 }

    /// Value of the first byte of each packet.
    static let sync: UInt8 = 0x47
    /// Number of consecutive packets that prove that bytes are packets.
    private static let provingPackets = 5

    /// Bytes in front of the sync byte.
    var lead: Int { Self.lead(ofPacketSize: packetSize) }

    /// Finds the first five consecutive packets within the first kilobyte. Three or four suffice when the file ends
    /// with them. Nil when there are none.
    static func find(in bytes: FileBytes) -> TransportStreamGrid? {
        let head = bytes.prefix(at: 0, count: 1024 + provingPackets * 204)
        for start in 0..<min(1024, head.count) {
            for size in [188, 192, 204] where isProven(head, start, size) {
                return TransportStreamGrid(packetSize: size, start: UInt64(start))
            }
        }
        return nil
    }

    private static func isProven(_ head: [UInt8], _ start: Int, _ size: Int) -> Bool {
        let whole = min(provingPackets, (head.count - start) / size)
        return whole >= 3 && (0..<whole).allSatisfy { head[start + $0 * size + lead(ofPacketSize: size)] == sync }
    }

    /// Offset behind the last packet of the last five consecutive ones. In a file of fewer than five packets, offset
    /// behind the last packet. Nil when the last 64 MiB hold no packets.
    func lastPacketEnd(in bytes: FileBytes, _ stop: StopFlag) -> UInt64? {
        let size = UInt64(packetSize)
        let packets = (bytes.count - min(start, bytes.count)) / size
        var (upper, row, rowEnd) = (packets, 0, UInt64(0))
        let lowest = packets - min(packets, (64 << 20) / size)
        while upper > lowest, stop.reason == .none {
            let lower = upper - min(upper - lowest, 4096)
            let chunk = bytes.prefix(at: start + lower * size, count: Int(upper - lower) * packetSize)
            guard chunk.count == Int(upper - lower) * packetSize else { return nil }
            for index in stride(from: Int(upper - lower) - 1, through: 0, by: -1) {
                guard chunk[index * packetSize + lead] == Self.sync else {
                    row = 0
                    continue
                }
                if row == 0 { rowEnd = lower + UInt64(index) + 1 }
                row += 1
                if row == Self.provingPackets { return start + rowEnd * size }
            }
            upper = lower
        }
        return row > 0 && lowest == 0 ? start + rowEnd * size : nil
    }
}
