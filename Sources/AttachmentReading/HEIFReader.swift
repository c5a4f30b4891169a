internal import MediaFacts

/// Reads the size of the primary picture of a HEIF file. Source: ISO/IEC 23008-12 and 14496-12 §8.11.
enum HEIFReader {
    /// Most boxes on one level.
    private static let mostBoxes = 4096
    /// Largest `meta` box that is read.
    private static let largestMeta = 1 << 20

    /// A box in memory: its kind and its content.
    private struct Box {
        var kind: String
        var content: ByteView
    }

    /// The size that a viewer sees, after the declared rotation; nil when the primary picture has none.
    static func size(_ source: some ByteSource) throws(AttachmentReadingError) -> ImageReader.Size? {
        guard let meta = try meta(source) else { return nil }
        let boxes = children(meta, from: 4)
        guard let primary = boxes.first(where: { $0.kind == "pitm" }).flatMap({ primaryItem($0.content) }),
            let properties = boxes.first(where: { $0.kind == "iprp" }).map({ children($0.content, from: 0) }),
            let shared = properties.first(where: { $0.kind == "ipco" }).map({ children($0.content, from: 0) })
        else { return nil }
        let own = properties.filter { $0.kind == "ipma" }.flatMap { associations($0.content, of: primary) }
            .compactMap { shared.indices.contains($0 - 1) ? shared[$0 - 1] : nil }
        guard let extent = own.first(where: { $0.kind == "ispe" })?.content,
            let size = ImageReader.Size(extent.big(4, 4), extent.big(8, 4))
        else { return nil }
        let quarters = own.first { $0.kind == "irot" }?.content.byte(0) ?? 0
        return quarters & 1 == 1 ? size.turned : size
    }

    /// The content of the `meta` box on the top level.
    private static func meta(_ source: some ByteSource) throws(AttachmentReadingError) -> ByteView? {
        var offset: Int64 = 0
        for _ in 0..<mostBoxes {
            let header = try source.view(at: offset, count: 16)
            guard let short = header.big(0, 4), let kind = header.slice(4, 4) else { return nil }
            // The upper byte of a 64-bit size is zero in any file that exists.
            let size = short == 1 ? header.big(9, 7) : short == 0 ? Int(source.count - offset) : short
            let head = short == 1 ? 16 : 8
            guard let size, size >= head, header.byte(8) == 0 || short != 1 else { return nil }
            if kind.elementsEqual("meta".utf8) {
                guard size - head <= largestMeta else { return nil }
                return try source.view(at: offset + Int64(head), count: size - head)
            }
            let (next, overflows) = offset.addingReportingOverflow(Int64(size))
            guard !overflows else { return nil }
            offset = next
        }
        return nil
    }

    /// The boxes in `view` from `start` on, up to the first one that does not fit.
    private static func children(_ view: ByteView, from start: Int) -> [Box] {
        var boxes: [Box] = []
        var offset = start
        while boxes.count < mostBoxes, let size = view.big(offset, 4), size >= 8, let kind = view.slice(offset + 4, 4),
            let content = view.part(offset + 8, size - 8)
        {
            boxes.append(Box(kind: String(decoding: kind, as: UTF8.self), content: content))
            offset += size
        }
        return boxes
    }

    private static func primaryItem(_ content: ByteView) -> Int? {
        content.byte(0).flatMap { content.big(4, $0 == 0 ? 2 : 4) }
    }

    /// The numbers of the properties of an item, from 1.
    private static func associations(_ content: ByteView, of item: Int) -> [Int] {
        guard let version = content.byte(0), let flags = content.byte(3), let entries = content.big(4, 4) else {
            return []
        }
        let (idWidth, indexWidth) = (version == 0 ? 2 : 4, flags & 1 == 1 ? 2 : 1)
        var offset = 8
        for _ in 0..<min(entries, mostBoxes) {
            guard let id = content.big(offset, idWidth), let count = content.byte(offset + idWidth) else { return [] }
            let first = offset + idWidth + 1
            if id == item {
                // The highest bit says whether the property is essential.
                let mask = indexWidth == 2 ? 0x7FFF : 0x7F
                return (0..<count).compactMap { content.big(first + $0 * indexWidth, indexWidth).map { $0 & mask } }
            }
            offset = first + count * indexWidth
        }
        return []
    }
}
