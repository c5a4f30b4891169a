internal import MediaFacts

extension ProvenanceStatements {
    /// Reads the statements of an ISO base media file.
    ///
    /// Sources: QuickTime File Format, "Metadata" (`meta`, `keys`, `ilst`) and "User Data Atoms" (`udta`); XMP
    /// specification part 3, §1.1.4 (mp4) and §1.1.5 (QuickTime); C2PA specification 2.1, §A.5.
    static func iso(_ source: FileBytes) -> ProvenanceStatements {
        var reader = ISOStatementReader(source)
        reader.readFile()
        return reader.found
    }
}

/// A walk over the boxes that may hold statements: `uuid` at the top level, and metadata of the movie.
private struct ISOStatementReader {
    private(set) var found = ProvenanceStatements(searched: [.metadata, .userData, .xmp, .c2pa])
    private var walk: ISOBoxWalk
    private var hasMovie = false

    /// Most keys of one `keys` box that are read.
    private static let mostKeys: UInt64 = 1000
    /// Most boxes at the top level that are read; a file in fragments has two for each fragment.
    private static let mostTopLevel = 20_000

    init(_ source: FileBytes) { walk = ISOBoxWalk(source) }

    mutating func readFile() {
        let file = 0..<walk.source.count
        var offset: UInt64 = 0
        for _ in 0..<Self.mostTopLevel {
            guard let box = walk.box(at: offset, in: file) else { return }
            switch box.type {
            case "uuid": readExtension(box.content)
            case "moov" where !hasMovie:
                hasMovie = true
                readMovie(box.content)
            case "meta": readMetadata(box.content)
            default: break
            }
            offset = box.content.upperBound
        }
    }

    private mutating func readMovie(_ content: Range<UInt64>) {
        for box in walk.boxes(in: content) {
            switch box.type {
            case "udta": readUserData(box.content)
            case "meta": readMetadata(box.content)
            case "uuid": readExtension(box.content)
            default: break
            }
        }
    }

    private mutating func readUserData(_ content: Range<UInt64>) {
        for box in walk.boxes(in: content) {
            switch box.type {
            case "meta": readMetadata(box.content)
            case "XMP_": found.addPacket(BoundedValue(box.content, of: walk.source, most: BoundedValue.packetBytes))
            case "uuid": readExtension(box.content)
            case _ where ProvenanceStatements.isLabelKey(box.type.utf8): readText(box.content)
            default: break
            }
        }
    }

    /// Reads a text of the user data. Writers begin it with nothing, with two bytes of length and two of language
    /// (QuickTime), or with version, flags and language (3GPP).
    private mutating func readText(_ content: Range<UInt64>) {
        let value = BoundedValue(content, of: walk.source, most: BoundedValue.labelBytes)
        guard case .bytes(let bytes) = value, let start = bytes.prefix(8).firstIndex(of: UInt8(ascii: "{")) else {
            return found.addLabel(value, at: .userData)
        }
        found.addLabel(.bytes(Array(bytes[start...])), at: .userData)
    }

    /// Reads the label of a `meta` box: an item that `keys` calls `AIGC`, or one with this name of its own.
    private mutating func readMetadata(_ content: Range<UInt64>) {
        guard content.count > 8 else { return }
        let isQuickTime = walk.source.read(4, into: content, count: 4)?.fourCharacterCode == "hdlr"
        let boxes = walk.boxes(in: content.lowerBound + (isQuickTime ? 0 : 4)..<content.upperBound)
        let wanted = boxes.first { $0.type == "keys" }.map { labelKeys($0.content) } ?? []
        for list in boxes where list.type == "ilst" {
            for item in walk.boxes(in: list.content) where isLabel(item, wanted) { readItem(item.content) }
        }
    }

    /// The numbers of the keys that name an AI label; the first key is 1.
    private mutating func labelKeys(_ content: Range<UInt64>) -> Set<UInt64> {
        var (numbers, number): (Set<UInt64>, UInt64) = ([], 0)
        var offset = content.lowerBound + 8  // version, flags and count
        while number < Self.mostKeys, let key = walk.box(at: offset, in: content) {
            number += 1
            if key.content.count <= 64,
                let name = walk.source.read(at: key.content.lowerBound, count: key.content.count),
                ProvenanceStatements.isLabelKey(name)
            {
                numbers.insert(number)
            }
            offset = key.content.upperBound
        }
        return numbers
    }

    /// Whether an item of `ilst` holds a label: by the number of its key, by its type, or by the `name` of an item of
    /// type `----`.
    private mutating func isLabel(_ item: ISOBox, _ keys: Set<UInt64>) -> Bool {
        if !keys.isEmpty, let number = walk.source.number(at: item.content.lowerBound - 4, width: 4) {
            return keys.contains(number)  // the type of an item is the number of its key
        }
        if item.type == "----", let name = walk.first("name", in: item.content), name.count < 64 {
            return walk.source.read(4, into: name, count: max(0, name.count - 4)).map(ProvenanceStatements.isLabelKey)
                ?? false
        }
        return ProvenanceStatements.isLabelKey(item.type.utf8)
    }

    /// Reads the values (`data`) of an item: four bytes of type, four of locale, then the value.
    private mutating func readItem(_ content: Range<UInt64>) {
        for data in walk.boxes(in: content) where data.type == "data" && data.content.count >= 8 {
            let value = data.content.lowerBound + 8..<data.content.upperBound
            found.addLabel(BoundedValue(value, of: walk.source, most: BoundedValue.labelBytes), at: .metadata)
        }
    }

    /// Reads an XMP packet or Content Credentials, by the identifier of a `uuid` box.
    private mutating func readExtension(_ content: Range<UInt64>) {
        guard let identifier = walk.source.read(0, into: content, count: 16) else { return }
        let body = content.lowerBound + 16..<content.upperBound
        switch identifier {
        case Self.xmpIdentifier: found.addPacket(BoundedValue(body, of: walk.source, most: BoundedValue.packetBytes))
        case Self.credentialIdentifier: readCredentials(body)
        default: break
        }
    }

    /// Reads the store: version and flags, the purpose up to a zero byte, the place of Merkle trees in eight bytes, and
    /// the boxes. Boxes of hashes (purpose `merkle`) are no credentials of their own.
    private mutating func readCredentials(_ body: Range<UInt64>) {
        let head = walk.source.prefix(at: body.lowerBound, count: min(64, body.count))
        let purpose = head.dropFirst(4).prefix { $0 != 0 }
        guard !purpose.elementsEqual("merkle".utf8) else { return }
        let start = body.lowerBound + UInt64(4 + purpose.count + 1 + 8)
        let store = min(start, body.upperBound)..<body.upperBound
        found.addCredentials(BoundedValue(store, of: walk.source, most: BoundedValue.credentialBytes))
    }

    private static let xmpIdentifier: [UInt8] = [
        0xbe, 0x7a, 0xcf, 0xcb, 0x97, 0xa9, 0x42, 0xe8, 0x9c, 0x71, 0x99, 0x94, 0x91, 0xe3, 0xaf, 0xac,
    ]
    private static let credentialIdentifier: [UInt8] = [
        0xd8, 0xfe, 0xc3, 0xd6, 0x1b, 0x0e, 0x48, 0x3c, 0x92, 0x97, 0x58, 0x28, 0x87, 0x7e, 0xc4, 0x81,
    ]
}
