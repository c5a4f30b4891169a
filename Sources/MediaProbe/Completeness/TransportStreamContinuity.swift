/// Counts the breaks in the packet counters of a transport stream, and separates their causes: packets were lost, or
/// another recording begins.
///
/// Source: ISO/IEC 13818-1 §2.4.3.3 (continuity_counter: packets without payload do not count, a packet may be sent
/// twice), §2.4.3.5 (discontinuity_indicator).
struct TransportStreamContinuity {
    /// Number of breaks at which packets of video or sound are missing, plus packets that the sender marked as damaged.
    private(set) var losses = 0
    /// Number of breaks at which a new PES packet begins and nothing is missing: two recordings were joined.
    private(set) var splices = 0
    /// Number of packets with scrambled payload, by PID.
    private(set) var scrambledPackets: [Int: Int] = [:]

    private var streams: [Int: Stream] = [:]
    /// The newest program association table; nil before the first.
    private var table: Table?
    private var packets = 0

    /// The last program association table (PID 0), and whether its counter breaks or the sender announces a break.
    private struct Table {
        var counter: UInt8
        var packet: Int
        var isBreak = false
        var isAnnounced = false
    }

    /// A hash of a packet's content, to recognise a packet that is sent twice.
    private struct Content: Equatable {
        private let beginsUnit: Bool
        private let bytes: Int
        private let mark: UInt64

        init(_ packet: TransportPacket, _ all: [UInt8]) {
            beginsUnit = packet.beginsUnit
            bytes = packet.payload.count
            let payload = all[packet.payload]
            // The first 19 bytes of a PES packet hold its times.
            mark = (payload.prefix(19) + payload.suffix(13)).reduce(0) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
        }
    }

    /// The state of one stream during the scan.
    private struct Stream {
        var counter: UInt8
        var packet: Int
        /// Content of the last packet; a repeated packet has the same content.
        var content: Content
        var wasRepeated = false
        var unit: PESProgress?
        var lastTime: Int64?
        /// Longest step between two PES packets without a break between them, in ticks; nil before the second packet.
        var longestStep: Int64?

        /// Begins the next PES packet. A step across a break does not count for `longestStep`.
        mutating func begin(_ next: PESProgress?, isBreak: Bool) {
            unit = next
            guard let time = next?.time else { return }
            if let before = lastTime, !isBreak {
                let step = TransportStreamContinuity.step(from: before, to: time)
                longestStep = max(longestStep ?? 0, step)
            }
            lastTime = time
        }
    }

    /// Most bytes of one read.
    private static let chunkBytes = 1 << 20
    private static let ticksPerSecond: Int64 = 90_000

    /// Whether any packet of `pid` is scrambled.
    func isScrambled(_ pid: Int) -> Bool { scrambledPackets[pid, default: 0] > 0 }

    /// Number of places at which packets are missing; nil when the file is no transport stream or `stop` is raised.
    /// Reads the whole file. `packetSize` is 188, 192 or 204; nil detects it.
    static func losses(in bytes: FileBytes, packetSize: Int? = nil, stop: StopFlag) -> Int? {
        scan(bytes, packetSize: packetSize, stop: stop)?.losses
    }

    /// Reads all packets; nil when the file is no transport stream or `stop` is raised.
    static func scan(_ bytes: FileBytes, packetSize: Int? = nil, stop: StopFlag) -> TransportStreamContinuity? {
        guard let grid = TransportStreamGrid.find(in: bytes) else { return nil }
        let size = packetSize ?? grid.packetSize
        guard [188, 192, 204].contains(size) else { return nil }
        let lead = TransportStreamGrid.lead(ofPacketSize: size)
        var continuity = TransportStreamContinuity()
        var offset = grid.start
        while offset < bytes.count {
            guard stop.reason == .none else { return nil }
            let chunk = bytes.prefix(at: offset, count: chunkBytes / size * size)
            guard !chunk.isEmpty else { return nil }
            let used = continuity.accept(chunk, size, lead)
            guard used > 0 else { break }
            offset += UInt64(used)
        }
        return continuity
    }

    /// Reads the packets of `chunk` and returns how many of its bytes are consumed; 0 when no packet is left.
    private mutating func accept(_ chunk: [UInt8], _ size: Int, _ lead: Int) -> Int {
        var at = 0
        while at + lead + TransportPacket.size <= chunk.count {
            if let packet = TransportPacket(chunk, at: at + lead) {
                accept(packet, chunk)
                at += size
            } else {
                // Other bytes lie between packets: continue at the next place where three packets follow each other.
                guard let next = Self.nextPackets(chunk, at + 1, size, lead) else {
                    return chunk.count < Self.chunkBytes / size * size ? 0 : max(at, chunk.count - 3 * size)
                }
                at = next
            }
        }
        return at
    }

    private static func nextPackets(_ chunk: [UInt8], _ start: Int, _ size: Int, _ lead: Int) -> Int? {
        guard start + lead + 2 * size < chunk.count else { return nil }
        return (start..<(chunk.count - lead - 2 * size)).first { at in
            (0..<3).allSatisfy { chunk[at + lead + $0 * size] == TransportStreamGrid.sync }
        }
    }

    private mutating func accept(_ packet: TransportPacket, _ bytes: [UInt8]) {
        packets += 1
        guard packet.pid != 0x1fff else { return }  // null packets
        if packet.isDamaged { losses += 1 }
        guard !packet.payload.isEmpty else { return }
        if packet.isScrambled { scrambledPackets[packet.pid, default: 0] += 1 }
        if packet.pid == 0 { return acceptTable(packet) }
        let content = Content(packet, bytes)
        guard var stream = streams[packet.pid] else {
            streams[packet.pid] = begin(packet, content, bytes)
            return
        }
        if packet.counter == stream.counter, content == stream.content, !stream.wasRepeated, !packet.isDiscontinuous {
            streams[packet.pid]?.wasRepeated = true
            return
        }
        let isBreak = packet.counter != (stream.counter + 1) & 15
        let unit = packet.beginsUnit ? PESProgress(bytes, packet) : nil
        if isBreak || packet.isDiscontinuous { judge(packet, stream, unit, isBreak: isBreak) }
        if packet.beginsUnit {
            stream.begin(unit, isBreak: isBreak || packet.isDiscontinuous)
        } else {
            stream.unit?.append(packet)
        }
        (stream.counter, stream.packet, stream.content) = (packet.counter, packets, content)
        stream.wasRepeated = false
        streams[packet.pid] = stream
    }

    private func begin(_ packet: TransportPacket, _ content: Content, _ bytes: [UInt8]) -> Stream {
        let unit = packet.beginsUnit ? PESProgress(bytes, packet) : nil
        return Stream(
            counter: packet.counter, packet: packets, content: content, unit: unit, lastTime: unit?.time)
    }

    private mutating func acceptTable(_ packet: TransportPacket) {
        let isBreak = table.map { packet.counter != ($0.counter + 1) & 15 && packet.counter != $0.counter } ?? false
        table = Table(
            counter: packet.counter, packet: packets, isBreak: isBreak, isAnnounced: packet.isDiscontinuous)
    }

    /// Counts a break in the counters of a stream of PES packets as a loss or as a splice. Streams of tables do not
    /// count, because tables are repeated.
    private mutating func judge(_ packet: TransportPacket, _ stream: Stream, _ unit: PESProgress?, isBreak: Bool) {
        guard stream.unit != nil || unit != nil else { return }
        guard let last = stream.unit, packet.beginsUnit else {
            // Inside a PES packet any break of the counters means that data is missing; an announced break may concern
            // the times only.
            if isBreak { losses += 1 }
            return
        }
        if last.completeness != .short, isSplice(packet, stream, last, unit) {
            if isBreak { splices += 1 }
        } else if isBreak {
            losses += 1
        }
    }

    /// Whether nothing is missing between two PES packets that have a break between them.
    private func isSplice(
        _ packet: TransportPacket, _ stream: Stream, _ last: PESProgress, _ unit: PESProgress?
    ) -> Bool {
        if packet.isDiscontinuous { return true }
        let newTable = table.flatMap { $0.packet > stream.packet ? $0 : nil }
        if let newTable, newTable.isAnnounced || (newTable.counter == 0 && packet.counter == 0) { return true }
        guard let before = stream.lastTime, let time = unit?.time else { return newTable?.isBreak ?? false }
        let step = Self.step(from: before, to: time)
        // Lost packets move the time forward, never back.
        if step < -Self.ticksPerSecond { return true }
        guard let longest = stream.longestStep else {
            return newTable.map { $0.isBreak && step <= Self.ticksPerSecond } ?? false
        }
        // A loss that hides a table and ends before the next one lasts longer than two steps.
        if let newTable, newTable.isBreak, step <= longest * 2 { return true }
        guard last.completeness == .whole else { return false }
        return step <= longest + longest / 2
    }

    /// Ticks from `a` to `b`, in the direction in which the 33-bit clock has the shorter way.
    private static func step(from a: Int64, to b: Int64) -> Int64 {
        let difference = (b - a) & (1 << 33 - 1)
        return difference >= 1 << 32 ? difference - 1 << 33 : difference
    }
}
