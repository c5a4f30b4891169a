/// Matroska and WebM. Source: RFC 8794 (EBML), RFC 9559 (Matroska).
extension FileEnd {
    static func ebml(_ bytes: FileBytes, _ stop: StopFlag) -> FileEnd {
        guard let head = EBMLHead(bytes), let body = head.segmentBody else { return .unknown }
        if let end = head.segmentEnd, end > bytes.count { return .missing }
        var walk = SegmentWalk(at: head.segmentEnd ?? body, isInsideSegment: head.segmentEnd == nil)
        return walk.run(bytes, stop)
    }

    /// A walk over whole elements. It begins behind a segment of known size, or at the first child of a segment of
    /// unknown size.
    private struct SegmentWalk {
        /// Offset behind the last whole element.
        private var offset: UInt64
        /// Whether the current segment states no size, so that nothing states where the file ends.
        private var isInsideSegment: Bool
        private var isLastElementFinal = false
        /// First byte of the content of each whole block, block group and cluster so far. In a simple block that byte
        /// holds the number of the block's track.
        private var tracks: Set<UInt8> = []

        /// The meaning of the element at `offset`.
        private enum Step {
            case next(UInt64)
            case cut, noElement
        }

        init(at offset: UInt64, isInsideSegment: Bool) {
            self.offset = offset
            self.isInsideSegment = isInsideSegment
        }

        mutating func run(_ bytes: FileBytes, _ stop: StopFlag) -> FileEnd {
            var budget = WalkBudget(200_000, stop)
            while offset < bytes.count {
                guard budget.allowsStep() else { return .unknown }
                switch step(bytes) {
                case .next(let next): offset = next
                case .cut: return .missing
                case .noElement: return .end(at: offset, of: bytes, state)
                }
            }
            return .end(at: offset, of: bytes, endsWithBlock ? .reached : state)
        }

        private var state: State { !isInsideSegment || isLastElementFinal ? .reached : .unknown }

        /// Whether any block, block group or cluster was read. A recording of unknown size that then ends with a whole
        /// element counts as complete: a cut falls exactly between two blocks once in thousands, and no block that
        /// exists is lost by it.
        private var endsWithBlock: Bool { !tracks.isEmpty }

        private mutating func step(_ bytes: FileBytes) -> Step {
            guard let element = EBMLElement(at: offset, in: bytes) else {
                return isInsideSegment && Self.beginsElement(bytes.prefix(at: offset, count: 12)) ? .cut : .noElement
            }
            guard isKnown(element, bytes) else { return .noElement }
            if element.id == EBMLElement.ID.segment {  // a further segment: recordings were joined
                isInsideSegment = element.end == nil
                return element.end.map { $0 <= bytes.count ? .next($0) : .cut } ?? .next(element.body)
            }
            guard let end = element.end else {
                guard element.id == EBMLElement.ID.cluster, isInsideSegment else { return .noElement }
                isLastElementFinal = false
                return .next(element.body)
            }
            // A Void element that reaches past the end of the file holds no data that could be missing.
            guard end <= bytes.count else { return element.id == EBMLElement.ID.void ? .noElement : .cut }
            note(element, bytes)
            return .next(end)
        }

        private mutating func note(_ element: EBMLElement, _ bytes: FileBytes) {
            switch element.id {
            case EBMLElement.ID.cues, EBMLElement.ID.tags: isLastElementFinal = !tracks.isEmpty
            case EBMLElement.ID.void, EBMLElement.ID.checksum: break
            case EBMLElement.ID.simpleBlock, EBMLElement.ID.blockGroup, EBMLElement.ID.cluster:
                isLastElementFinal = false
                tracks.insert(bytes.read(at: element.body, count: 1)?.first ?? 0)
            default: isLastElementFinal = false
            }
        }

        /// Whether the element is valid at its place. Bytes behind the segment must not be taken for elements, so a
        /// number must be short, and a block that reaches past the end of the file must carry a track number that was
        /// seen before.
        private func isKnown(_ element: EBMLElement, _ bytes: FileBytes) -> Bool {
            typealias ID = EBMLElement.ID
            let size = element.end.map { $0 - element.body }
            switch element.id {
            case ID.header: return size != nil
            case ID.segment, ID.cues, ID.tags, ID.void: return true
            case ID.checksum: return size == 4
            case _ where !isInsideSegment: return false
            case ID.cluster,
                _ where ID.descriptions.contains(element.id):
                return true
            case _ where ID.clusterNumbers.contains(element.id): return size.map { $0 <= 8 } ?? false
            case _ where ID.clusterRarities.contains(element.id): return size.map { $0 < 1 << 24 } ?? false
            case ID.simpleBlock:
                guard let size, size >= 4 else { return false }
                let isInside = element.body + size <= bytes.count
                return isInside || hasBlock(of: bytes.read(at: element.body, count: 1)?.first)
            case ID.blockGroup:
                // Block, BlockAdditions, BlockDuration, ReferenceBlock, DiscardPadding or a checksum comes first.
                guard size != nil, let first = bytes.read(at: element.body, count: 1)?.first else { return size != nil }
                return [0xa1, 0x75, 0x9b, 0xfb, 0xfa, 0xbf].contains(first)
            default: return false
            }
        }

        private func hasBlock(of track: UInt8?) -> Bool { track.map(tracks.contains) ?? true }

        /// Whether the file ends with fewer than 12 bytes that begin a cluster or a child of one (SimpleBlock,
        /// BlockGroup, Timestamp, PrevSize).
        private static func beginsElement(_ rest: [UInt8]) -> Bool {
            guard let first = rest.first, rest.count < 12 else { return false }
            if [0xa3, 0xa0, 0xe7, 0xab].contains(first) { return true }
            let cluster: [UInt8] = [0x1f, 0x43, 0xb6, 0x75]
            return cluster.prefix(rest.count).elementsEqual(rest.prefix(4))
        }
    }
}
