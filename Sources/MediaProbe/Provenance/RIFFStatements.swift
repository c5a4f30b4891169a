internal import MediaFacts

extension ProvenanceStatements {
    /// Reads the statements of an AVI file: chunk `AIGC` of an INFO list, and the XMP packet in chunk `_PMX`.
    ///
    /// Sources: Microsoft, "Multimedia Programming Interface and Data Specifications 1.0", INFO list; XMP specification
    /// part 3, §1.1.2 (AVI).
    static func riff(_ source: FileBytes) -> ProvenanceStatements {
        var found = ProvenanceStatements(searched: [.metadata, .xmp])
        guard source.count > 12 else { return found }
        var left = 10_000
        for chunk in RIFFChunk.list(in: 12..<source.count, source, left: &left) {
            if chunk.type == "_PMX" {
                found.addPacket(BoundedValue(chunk.content, of: source, most: BoundedValue.packetBytes))
            }
            guard chunk.listType == "INFO" else { continue }
            for item in RIFFChunk.list(in: chunk.content, source, left: &left) where isLabelKey(item.type.utf8) {
                found.addLabel(
                    BoundedValue(item.content, of: source, most: BoundedValue.labelBytes), at: .metadata)
            }
        }
        return found
    }
}
