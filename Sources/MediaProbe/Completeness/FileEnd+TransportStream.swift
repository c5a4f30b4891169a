/// MPEG transport streams. Source: ISO/IEC 13818-1 §2.4.3.
extension FileEnd {
    /// Most bytes at the end of the packets that are searched for the last PES packet of each stream.
    private static let searchedTail: UInt64 = 8 << 20

    /// Requires that the last transport packet and the last PES packet of each stream are whole.
    ///
    /// The structure states no end. A PES packet with fewer bytes than it announces proves a cut. One that announces no
    /// length and fills its last transport packet is probably not whole, so the state is `.unknown` then.
    static func transportStream(_ bytes: FileBytes, _ stop: StopFlag) -> FileEnd {
        guard let grid = TransportStreamGrid.find(in: bytes), let end = grid.lastPacketEnd(in: bytes, stop) else {
            return .unknown
        }
        let size = UInt64(grid.packetSize)
        let packets = min((end - grid.start) / size, searchedTail / size)
        let tail = bytes.prefix(at: end - packets * size, count: Int(packets) * grid.packetSize)
        guard let streams = lastUnits(tail, grid) else { return .unknown }
        let rest = bytes.prefix(at: end, count: grid.packetSize)
        if rest.count < grid.packetSize, isCutPacket(rest.dropFirst(grid.lead), streams) { return .missing }
        let units = streams.values.compactMap { $0 }
        if units.contains(where: { $0.completeness == .short }) { return .missing }
        return .end(at: end, of: bytes, units.contains { $0.completeness == .open } ? .unknown : .reached)
    }

    /// The last PES packet of each stream by PID. The value is nil for streams of sections, for scrambled streams, and
    /// for streams of which no PES packet begins in `tail`.
    private static func lastUnits(_ tail: [UInt8], _ grid: TransportStreamGrid) -> [Int: PESProgress?]? {
        guard !tail.isEmpty else { return nil }
        var units: [Int: PESProgress?] = [:]
        var counters: [Int: UInt8] = [:]
        for start in stride(from: grid.lead, to: tail.count, by: grid.packetSize) {
            guard let packet = TransportPacket(tail, at: start) else { continue }
            guard !packet.payload.isEmpty, !packet.isScrambled else {
                if units[packet.pid] == nil { units[packet.pid] = .some(nil) }
                continue
            }
            let isRepeated = counters.updateValue(packet.counter, forKey: packet.pid) == packet.counter
            if packet.beginsUnit {
                units[packet.pid] = .some(PESProgress(tail, packet))
            } else if !isRepeated, case .some(.some(var unit)) = units[packet.pid] {
                unit.append(packet)
                units[packet.pid] = .some(unit)
            }
        }
        return units
    }

    /// Whether the incomplete packet at the end of the file belongs to a known stream or is a null packet.
    private static func isCutPacket(_ rest: ArraySlice<UInt8>, _ streams: [Int: PESProgress?]) -> Bool {
        guard rest.first == TransportStreamGrid.sync else { return false }
        guard rest.count >= 3 else { return true }
        let at = rest.startIndex
        let pid = Int(rest[at + 1] & 0x1f) << 8 | Int(rest[at + 2])
        return pid == 0x1fff || streams.keys.contains(pid)
    }
}
