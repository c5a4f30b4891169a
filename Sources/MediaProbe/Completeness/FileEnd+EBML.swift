/// Matroska and WebM. Source: RFC 8794 (EBML), RFC 9559 (Matroska).
extension FileEnd {
    static func ebml(_ bytes: FileBytes, _ stop: StopFlag) -> FileEnd {
        guard let head = EBMLHead(bytes), let body = head.segmentBody else { return .unknown }
        if let end = head.segmentEnd, end > bytes.count { return .missing }
        var walk = SegmentWalk(at: head.segmentEnd ?? body, isInsideSegment: head.segmentEnd == nil)
        return walk.run(bytes, stop)
    }

    /// Walks elements from the end of a segment of known size, or from the beginning of one of unknown size, as far as
    /// they are whole.
    private struct SegmentWalk {
        /// Offset behind the last whole element.
        private var offset: UInt64
        /// Whether the segment has no size, so that nothing promises its end.
        private var isInsideSegment: Bool
        private var isLastElementFinal = false
        /// First bytes of blocks, which hold the track's number, of tracks that have a block already.
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

        /// A recording without a promised end was walked to its last block, which is whole. A cut hits the border of two
        /// blocks once in thousands, and then a viewer misses nothing of what is there.
        private var endsWithBlock: Bool { !tracks.isEmpty }

        private mutating func step(_ bytes: FileBytes) -> Step {
            guard let element = EBMLElement(at: offset, in: bytes) else {
                return isInsideSegment && Self.beginsElement(bytes.prefix(at: offset, count: 12)) ? .cut : .noElement
            }
            guard isKnown(element, bytes) else { return .noElement }
            if element.id == EBMLElement.ID.segment {  // recordings that were joined
                isInsideSegment = element.end == nil
                return element.end.map { $0 <= bytes.count ? .next($0) : .cut } ?? .next(element.body)
            }
            guard let end = element.end else {
                guard element.id == EBMLElement.ID.cluster, isInsideSegment else { return .noElement }
                isLastElementFinal = false
                return .next(element.body)
            }
            // A Void that reaches out of the file holds nothing that could be missing.
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

        /// Whether the element belongs where it stands. A block must have the number of a track that had one before
        /// and numbers must be short, so that bytes appended to the file are not taken for elements.
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

        /// Whether bytes that are fewer than an element's header begin with an identifier of a segment or cluster.
        private static func beginsElement(_ rest: [UInt8]) -> Bool {
            guard let first = rest.first, rest.count < 12 else { return false }
            if [0xa3, 0xa0, 0xe7, 0xab].contains(first) { return true }
            let cluster: [UInt8] = [0x1f, 0x43, 0xb6, 0x75]
            return cluster.prefix(rest.count).elementsEqual(rest.prefix(4))
        }
    }
}
