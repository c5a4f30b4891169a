/// The tracks and the stated length of a Matroska or WebM file.
///
/// Source: RFC 9559 §5.1. The reader visits the elements before the first Cluster, and follows the SeekHead to Tracks
/// and Info elements behind that Cluster.
struct MatroskaTracks: Sendable, Hashable {
    /// The tracks in the order of their entries, at most 1,024; empty when the file has no readable Tracks element.
    private(set) var tracks: [MatroskaTrack] = []
    /// Nanoseconds of one unit of the file's times (TimestampScale); 1,000,000 when the file does not say.
    private(set) var timestampScale: UInt64 = 1_000_000
    /// Stated length in units of `timestampScale` (Info, Duration); nil when the file states none, or a value that is
    /// not finite or not above zero.
    private(set) var duration: Double?

    /// The stated length in seconds; nil when the file states none.
    var seconds: Double? { duration.map { $0 * Double(timestampScale) / 1_000_000_000 } }

    /// Reads the head of the file's first segment; nil when the source does not begin with an EBML header followed by a
    /// segment.
    init?(_ source: FileBytes) {
        var left = 100_000
        guard let (range, heads) = Self.heads(of: source, left: &left) else { return nil }
        if let tracks = heads.first(where: { $0.id == EBMLElement.ID.tracks }) {
            readTracks(tracks, range, source, left: &left)
        }
        if let info = heads.first(where: { $0.id == EBMLElement.ID.info }) {
            readInfo(info, range, source, left: &left)
        }
    }

    /// The extent of the file's first segment, and children of it: those before the first Cluster, and those
    /// that a SeekHead names. An element may be listed twice. Nil when the source does not begin with an EBML header
    /// followed by a segment.
    static func heads(
        of source: FileBytes, left: inout Int
    ) -> (segment: Range<UInt64>, elements: [EBMLElement])? {
        guard let header = EBMLElement(at: 0, in: source), header.id == EBMLElement.ID.header,
            let headerEnd = header.end, let segment = segment(from: headerEnd, source)
        else { return nil }
        let range = segment.body..<max(segment.body, min(segment.end ?? source.count, source.count))
        let heads = elementsBeforeClusters(range, source, left: &left)
        let seekHeads = heads.filter { $0.id == EBMLElement.ID.seekHead }
        return (range, heads + targets(of: seekHeads, range, source, left: &left))
    }

    /// The first Segment at or behind `offset`, at most 64 elements (Void, CRC-32) later.
    private static func segment(from offset: UInt64, _ source: FileBytes) -> EBMLElement? {
        var offset = offset
        for _ in 0..<64 {
            guard let element = EBMLElement(at: offset, in: source) else { return nil }
            if element.id == EBMLElement.ID.segment { return element }
            guard let end = element.end else { return nil }
            offset = end
        }
        return nil
    }

    /// The elements of the segment before its first Cluster.
    private static func elementsBeforeClusters(
        _ segment: Range<UInt64>, _ source: FileBytes, left: inout Int
    ) -> [EBMLElement] {
        var found: [EBMLElement] = []
        var offset = segment.lowerBound
        while left > 0, offset < segment.upperBound, let element = EBMLElement(at: offset, in: source),
            element.id != EBMLElement.ID.cluster
        {
            left -= 1
            found.append(element)
            guard let end = element.end else { break }
            offset = end
        }
        return found
    }

    /// The Tracks and Info elements that the first 16 SeekHeads name; SeekHeads that a SeekHead names are followed as
    /// well. Source: RFC 9559 §5.1.1, §6.3.
    private static func targets(
        of seekHeads: [EBMLElement], _ segment: Range<UInt64>, _ source: FileBytes, left: inout Int
    ) -> [EBMLElement] {
        var (pending, found) = (seekHeads, [EBMLElement]())
        var visited: Set<UInt64> = []
        while let seekHead = pending.popLast(), visited.count < 16 {
            guard visited.insert(seekHead.body).inserted, let content = seekHead.content(until: segment.upperBound)
            else { continue }
            for position in positions(content, source, left: &left) {
                let (offset, overflow) = segment.lowerBound.addingReportingOverflow(position)
                guard !overflow, segment.contains(offset), let target = EBMLElement(at: offset, in: source) else {
                    continue
                }
                if target.id == EBMLElement.ID.seekHead { pending.append(target) } else { found.append(target) }
            }
        }
        return found
    }

    /// SeekPosition of each Seek entry of a SeekHead. SeekID is not read, because the element at the position has its
    /// own id.
    private static func positions(_ seekHead: Range<UInt64>, _ source: FileBytes, left: inout Int) -> [UInt64] {
        var found: [UInt64] = []
        for seek in EBMLElement.list(in: seekHead, source, left: &left) where seek.id == 0x4dbb {
            guard found.count < 256, let content = seek.content(until: seekHead.upperBound) else { continue }
            let fields = EBMLElement.list(in: content, source, left: &left)
            let position = fields.first { $0.id == 0x53ac }?.unsigned(in: source)
            found += [position].compactMap(\.self)
        }
        return found
    }

    private mutating func readTracks(
        _ element: EBMLElement, _ segment: Range<UInt64>, _ source: FileBytes, left: inout Int
    ) {
        guard let content = element.content(until: segment.upperBound) else { return }
        for entry in EBMLElement.list(in: content, source, left: &left) where entry.id == 0xae {
            guard tracks.count < 1_024, let body = entry.content(until: content.upperBound) else { continue }
            tracks.append(MatroskaTrack(body, source, left: &left))
        }
    }

    /// Reads TimestampScale and Duration. Source: RFC 9559 §5.1.2 (Info).
    private mutating func readInfo(
        _ element: EBMLElement, _ segment: Range<UInt64>, _ source: FileBytes, left: inout Int
    ) {
        guard let content = element.content(until: segment.upperBound) else { return }
        for field in EBMLElement.list(in: content, source, left: &left) {
            switch field.id {
            case 0x2a_d7b1: timestampScale = field.unsigned(in: source).flatMap { $0 == 0 ? nil : $0 } ?? 1_000_000
            case 0x4489: duration = field.float(in: source).flatMap { $0.isFinite && $0 > 0 ? $0 : nil }
            default: break
            }
        }
    }
}
