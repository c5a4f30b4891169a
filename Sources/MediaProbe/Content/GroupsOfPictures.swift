internal import MediaFacts

/// The packets of a video stream by group of pictures, and which of them may belong to black or frozen pictures.
///
/// Packets are tiny where nothing moves or all is black. Where one picture is held for long, the next packet is late.
struct GroupsOfPictures {
    private struct Packet {
        var group: Int32
        /// Size in bytes without padding.
        var size: Int32
        /// Whether more than a tenth of the packet is padding: the picture needed less than the fixed bit rate.
        var isPadded: Bool
        var isKey: Bool
    }

    private var packets: [Packet] = []
    private var counter = GroupCounter()
    private(set) var keyframes = 0
    /// Appearance of each group's keyframe; nil where it did not decode.
    private var looks: [PictureInspector.KeyframeLook?] = []
    /// By group, the range from the first to the last packet whose picture is held for long or ends such a picture.
    private var held: [Int: Range<Int>] = [:]
    /// The picture with the latest time so far, and the place of its packet.
    private var newest: (time: Duration, group: Int, place: Int)?
    private let usualInterval: Duration
    private let samples: Int
    private let leniency: Double

    /// Share of the size of large packets below which a packet is small, and sizes below which a packet is small in any
    /// case.
    private static let smallShare = 0.15
    private static let smallBytes = 100.0
    private static let smallBytesPerSample = 0.0002
    /// Duration of a row of packets, and the share of small packets that makes the row suspicious. An encoder with a
    /// fixed bit rate spends it on one picture in four.
    private static let suspiciousRow = Duration.milliseconds(480)
    private static let suspiciousShare = 0.7
    /// Packets that are decoded before and after a row, so that the start and the end of a range are found.
    private static let margin = 8
    /// A group longer than this is decoded whole, because one keyframe does not represent it.
    private static let longestUnseen = Duration.seconds(12)
    /// A picture that is shown this long is decoded. Standard depth promises to find frozen ranges of two seconds or
    /// more; a lower limit would decode all of a film with one picture a second.
    private static let longHold = Duration.milliseconds(1900)

    /// - Parameters:
    ///   - usualInterval: usual time from one picture to the next.
    ///   - samples: number of samples in one picture.
    ///   - leniency: 1, or more when thresholds accept more as black or frozen than the default ones; more packets are
    ///     suspicious then.
    init(usualInterval: Duration, samples: Int, leniency: Double) {
        self.usualInterval = max(.milliseconds(1), usualInterval)
        self.samples = samples
        self.leniency = leniency
    }

    /// Number of groups. Packets before the first keyframe are a group of their own.
    var count: Int { looks.count }

    /// Time of each group's keyframe; nil where it did not decode.
    var times: [Duration?] { looks.map { $0?.time } }

    /// Adds a packet, in file order.
    ///
    /// - Parameters:
    ///   - useful: size in bytes without padding.
    ///   - time: time at which its picture is shown.
    mutating func add(size: Int, useful: Int, isKey: Bool, at time: Duration?) {
        counter.accept(isKey: isKey)
        if counter.group == looks.count { looks.append(nil) }
        if isKey { keyframes += 1 }
        packets.append(
            Packet(
                group: Int32(counter.group), size: Int32(clamping: useful),
                isPadded: (size - useful) * 10 > size, isKey: isKey))
        noteHold(before: time)
    }

    /// Marks a picture that is held until `time`, and the packet that ends it, if the picture is held for long.
    private mutating func noteHold(before time: Duration?) {
        guard let time else { return }
        if let newest, time - newest.time >= Self.longHold {
            mark(newest.group, newest.place)
            mark(counter.group, counter.place)
        }
        if newest.map({ time >= $0.time }) ?? true { newest = (time, counter.group, counter.place) }
    }

    /// Ends the film at `end`, the end of the last picture.
    mutating func finish(at end: Duration) {
        if let newest, end - newest.time >= Self.longHold { mark(newest.group, newest.place) }
    }

    private mutating func mark(_ group: Int, _ place: Int) {
        let known = held[group] ?? place..<place + 1
        held[group] = min(known.lowerBound, place)..<max(known.upperBound, place + 1)
    }

    /// Records the appearance of the newest group's keyframe.
    mutating func note(_ look: PictureInspector.KeyframeLook?) {
        guard let look, !looks.isEmpty else { return }
        looks[looks.count - 1] = look
    }

    /// Number of packets in each group.
    var lengths: [Int] {
        packets.reduce(into: [Int](repeating: 0, count: looks.count)) { $0[Int($1.group)] += 1 }
    }

    /// For each group, the range of its packets that must be decoded and measured: empty, the suspicious ones, or all.
    var suspicious: [Range<Int>] {
        let lengths = lengths
        guard keyframes > 0 else { return lengths.map { 0..<$0 } }
        var wanted = suspiciousBySize
        for (group, range) in held where wanted.indices.contains(group) {
            wanted[group] =
                wanted[group].isEmpty
                ? range
                : min(wanted[group].lowerBound, range.lowerBound)..<max(wanted[group].upperBound, range.upperBound)
        }
        for (index, look) in looks.enumerated() {
            let isLong = usualInterval * lengths[index] > Self.longestUnseen
            if isLong || look == nil { wanted[index] = 0..<lengths[index] }
            guard let look else { continue }
            if look.isBlack {
                // Decoding continues from here for as long as the pictures are black.
                wanted[index] = 0..<max(wanted[index].upperBound, row)
            }
            guard index > 0, let before = looks[index - 1] else { continue }
            if areAlike(before, look) { wanted[index - 1] = 0..<lengths[index - 1] }
            if look.isBlack { wanted[index - 1] = wanted[index - 1].lowerBound..<lengths[index - 1] }
        }
        return zip(wanted, lengths).map { $0.clamped(to: 0..<$1) }
    }

    /// For each group, the range from the first to the last row of packets that are mostly small.
    private var suspiciousBySize: [Range<Int>] {
        var wanted = [Range<Int>](repeating: 0..<0, count: looks.count)
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

    /// Number of packets in a row.
    private var row: Int { max(1, Int(Self.suspiciousRow / usualInterval)) }

    private func isSmall(_ packet: Packet, _ limit: Double) -> Bool {
        !packet.isKey && (packet.isPadded || Double(packet.size) < limit)
    }

    /// Size in bytes below which a packet is small.
    private var smallest: Double {
        let sizes = packets.filter { !$0.isKey }.map(\.size).sorted()
        let large = sizes.isEmpty ? 0 : Double(sizes[sizes.count * 3 / 4])
        return leniency * max(Self.smallShare * large, Self.smallBytes + Self.smallBytesPerSample * Double(samples))
    }

    /// Whether two keyframes look alike, judged by the average brightness of their cells.
    private func areAlike(_ one: PictureInspector.KeyframeLook, _ other: PictureInspector.KeyframeLook) -> Bool {
        zip(one.cells, other.cells).allSatisfy { abs($0 - $1) <= 1.5 * Float(leniency) }
    }

    /// Size of a packet in bytes without the padding that keeps a fixed bit rate: H.264 and HEVC pad the end with
    /// bytes 0xFF, MPEG-2 with zeros. Source: ITU-T H.264, 7.3.2.7 (filler data), ISO/IEC 13818-2, 5.2.3 (zero_byte).
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
    /// Factor by which the thresholds accept more as black or frozen than the default ones; 1 or more.
    var leniency: Double {
        let usual = Self.usual
        return max(
            1, freezeMovementPercent / usual.freezeMovementPercent, blackDarknessPercent / usual.blackDarknessPercent,
            (100 - blackAreaPercent) / (100 - usual.blackAreaPercent))
    }
}
