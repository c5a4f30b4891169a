internal import MediaFacts

extension ProvenanceStatements {
    /// Reads the labels of a Matroska or WebM file: tags called `AIGC` of the file, and of its tracks.
    ///
    /// Source: RFC 9559 §5.1.8 (Tags). libavformat keeps one tag of each name, which hides a contradiction.
    static func matroska(_ source: FileBytes) -> ProvenanceStatements {
        var found = ProvenanceStatements(searched: [.metadata, .streamMetadata])
        var left = 10_000
        guard let (segment, elements) = MatroskaTracks.heads(of: source, left: &left) else { return found }
        var places: Set<UInt64> = []
        for tags in elements where tags.id == EBMLElement.ID.tags && places.insert(tags.body).inserted {
            for tag in children(of: tags, segment, source, left: &left) where tag.id == TagID.tag {
                let fields = children(of: tag, segment, source, left: &left)
                let targets = fields.filter { $0.id == TagID.targets }
                let isOfTrack = targets.contains { target in
                    children(of: target, segment, source, left: &left).contains { $0.id == TagID.trackUID }
                }
                for field in fields where field.id == TagID.simpleTag {
                    let parts = children(of: field, segment, source, left: &left)
                    found.addLabel(label(parts, segment, source), at: isOfTrack ? .streamMetadata : .metadata)
                }
            }
        }
        return found
    }

    /// Identifiers of elements of Tags.
    private enum TagID {
        static let tag: UInt64 = 0x7373
        static let targets: UInt64 = 0x63c0
        static let trackUID: UInt64 = 0x63c5
        static let simpleTag: UInt64 = 0x67c8
        static let name: UInt64 = 0x45a3
        static let string: UInt64 = 0x4487
    }

    /// The value of a simple tag, if its name is that of a label.
    private static func label(
        _ parts: [EBMLElement], _ segment: Range<UInt64>, _ source: FileBytes
    ) -> BoundedValue? {
        guard let name = parts.first(where: { $0.id == TagID.name })?.text(in: source), isLabelKey(name.utf8),
            let content = parts.first(where: { $0.id == TagID.string })?.content(until: segment.upperBound)
        else { return nil }
        return BoundedValue(content, of: source, most: BoundedValue.labelBytes)
    }

    private static func children(
        of element: EBMLElement, _ segment: Range<UInt64>, _ source: FileBytes, left: inout Int
    ) -> [EBMLElement] {
        element.content(until: segment.upperBound).map { EBMLElement.list(in: $0, source, left: &left) } ?? []
    }
}
