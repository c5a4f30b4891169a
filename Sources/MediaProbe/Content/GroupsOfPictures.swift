internal import MediaFacts

/// The packets of a video stream, group of pictures by group, and what their sizes give away: where nothing moves, or all
/// is black, packets are tiny.
struct GroupsOfPictures {
    private struct Packet {
        var group: Int32
        /// Bytes without padding.
        var size: Int32
        /// Whether an encoder had less to say than its bit rate asks for.
        var isPadded: Bool
        var isKey: Bool
    }

    private var packets: [Packet] = []
    private(set) var keyframes = 0
    /// What the keyframe of each group looks like; nil where it did not decode.
    private var glances: [PictureWatch.Glance?] = []
    private let usualMilliseconds: Int64
    private let samples: Int
    private let leniency: Double

    /// Share of what large packets have that makes one small, and what it may have in any case.
    private static let smallShare = 0.15
    private static let smallBytes = 100.0
    private static let smallBytesPerSample = 0.0002
    /// How long a row is, in milliseconds of video, and the share of small packets that makes it suspicious: an encoder that
    /// holds a fixed bit rate spends it on one picture in four.
    private static let suspiciousMilliseconds: Int64 = 480
    private static let suspiciousShare = 0.7
    /// Packets looked at before and after a row, so that what begins and ends a stretch is seen.
    private static let margin = 8
    /// A group longer than this is decoded whole: one keyframe says too little of it.
    private static let longestUnseen: Int64 = 12_000

    /// - Parameters:
    ///   - samples: in one picture.
    ///   - leniency: how much more than usual may be black or frozen; more packets are suspicious then.
    init(usualMilliseconds: Int64, samples: Int, leniency: Double) {
        self.usualMilliseconds = max(1, usualMilliseconds)
        self.samples = samples
        self.leniency = leniency
    }

    /// Number of groups, the first before the first keyframe if there are packets.
    var count: Int { glances.count }

    /// When the keyframe of each group is shown; nil where it did not decode.
    var times: [Int64?] { glances.map { $0?.time } }

    /// Notes a packet, in file order.
    ///
    /// - Parameter useful: its bytes without padding.
    mutating func add(size: Int, useful: Int, isKey: Bool) {
        if isKey || glances.isEmpty { glances.append(nil) }
        if isKey { keyframes += 1 }
        packets.append(
            Packet(
                group: Int32(glances.count - 1), size: Int32(clamping: useful),
                isPadded: (size - useful) * 10 > size, isKey: isKey))
    }

    /// Notes what the keyframe of the newest group looks like.
    mutating func note(_ glance: PictureWatch.Glance?) {
        guard let glance, !glances.isEmpty else { return }
        glances[glances.count - 1] = glance
    }

    /// For each group, its packets that must be looked at: none, those that are suspicious, or all.
    var suspicious: [Range<Int>] {
        let lengths = packets.reduce(into: [Int](repeating: 0, count: glances.count)) { $0[Int($1.group)] += 1 }
        guard keyframes > 0 else { return lengths.map { 0..<$0 } }
        var wanted = suspiciousBySize
        for (index, glance) in glances.enumerated() {
            let isLong = Int64(lengths[index]) * usualMilliseconds > Self.longestUnseen
            if isLong || glance == nil { wanted[index] = 0..<lengths[index] }
            guard let glance else { continue }
            if glance.isBlack {
                // How long it lasts is seen on the way.
                wanted[index] = 0..<max(wanted[index].upperBound, row)
            }
            guard index > 0, let before = glances[index - 1] else { continue }
            if areAlike(before, glance) { wanted[index - 1] = 0..<lengths[index - 1] }
            if glance.isBlack { wanted[index - 1] = wanted[index - 1].lowerBound..<lengths[index - 1] }
        }
        return zip(wanted, lengths).map { $0.clamped(to: 0..<$1) }
    }

    /// For each group, the packets from the first to the last row that consists mostly of small ones.
    private var suspiciousBySize: [Range<Int>] {
        var wanted = [Range<Int>](repeating: 0..<0, count: glances.count)
        let (limit, row) = (smallest, row)
        var (group, place, small) = (Int32(-1), 0, 0)
        for (index, packet) in packets.enumerated() {
            if packet.group != group { (group, place, small) = (packet.group, 0, 0) }
            place += 1
            if isSmall(packet, limit) { small += 1 }
            if place > row, isSmall(packets[index - row], limit) { small -= 1 }
            guard Double(small) >= Self.suspiciousShare * Double(row) else { continue }
            let known = wanted[Int(group)]
            let start = known.isEmpty ? max(0, place - row - Self.margin) : known.lowerBound
            wanted[Int(group)] = start..<place + Self.margin
        }
        return wanted
    }

    /// Packets in a row.
    private var row: Int { max(1, Int(Self.suspiciousMilliseconds / usualMilliseconds)) }

    private func isSmall(_ packet: Packet, _ limit: Double) -> Bool {
        !packet.isKey && (packet.isPadded || Double(packet.size) < limit)
    }

    /// Packets below this size are small.
    private var smallest: Double {
        let sizes = packets.filter { !$0.isKey }.map(\.size).sorted()
        let large = sizes.isEmpty ? 0 : Double(sizes[sizes.count * 3 / 4])
        return leniency * max(Self.smallShare * large, Self.smallBytes + Self.smallBytesPerSample * Double(samples))
    }

    /// Whether two keyframes show the same, as far as the brightness of their cells tells.
    private func areAlike(_ one: PictureWatch.Glance, _ other: PictureWatch.Glance) -> Bool {
        zip(one.cells, other.cells).allSatisfy { abs($0 - $1) <= 1.5 * Float(leniency) }
    }

    /// Bytes of a packet without the padding that keeps a fixed bit rate: H.264 and HEVC end in a row of 0xFF, MPEG-2 in a
    /// row of zeros. Source: ITU-T H.264, 7.3.2.7 (filler data), ISO/IEC 13818-2, 5.2.3 (zero_byte).
    static func usefulBytes(_ data: UnsafePointer<UInt8>?, _ size: Int) -> Int {
        guard let data, size > 8 else { return size }
        var end = size
        if data[end - 1] == 0x80 { end -= 1 }
        let pad = data[end - 1]
        guard pad == 0xff || pad == 0 else { return size }
        while end > 4, data[end - 1] == pad { end -= 1 }
        return end
    }
}

extension ContentThresholds {
    /// How much more than usual counts as black or frozen; 1 or more.
    var leniency: Double {
        let usual = Self.usual
        return max(
            1, freezeMovementPercent / usual.freezeMovementPercent, blackDarknessPercent / usual.blackDarknessPercent,
            (100 - blackAreaPercent) / (100 - usual.blackAreaPercent))
    }
}
