internal import MediaFacts

/// Whether a file reaches the end that its own structure promises.
enum PromisedEnd: Equatable {
    /// It does, or goes beyond.
    case reached
    /// It was cut.
    case missing
    /// The last top-level box is media data that is shorter than its length field; the index tells whether anything is
    /// missing (ISO base media only).
    case mediaDataShort
    /// The structure promises nothing.
    case unknown

    /// Reads the promise of `family`'s structure.
    init(of file: MediaFile, family: ContainerFamily) {
        let bytes = FileBytes(file: file)
        switch family {
        case .mp4, .mov, .threeGP: self = .isoBaseMedia(bytes)
        case .matroska, .webm: self = EBMLHead(bytes)?.promisedEnd(fileBytes: UInt64(file.bytes)) ?? .unknown
        case .avi: self = .riff(bytes)
        case .asf: self = .asf(bytes)
        case .flv: self = .flv(bytes)
        case .ogg: self = .ogg(bytes)
        case .mpegTS: self = .transportStream(bytes)
        case .mpegPS: self = .programStream(bytes)
        case .mxf: self = .mxf(bytes)
        default: self = .unknown
        }
    }

    /// `.reached` when `end` lies inside the file, else `.missing`.
    static func at(_ end: UInt64, of bytes: FileBytes) -> PromisedEnd {
        end <= UInt64(bytes.file.bytes) ? .reached : .missing
    }

    /// Walks the top-level boxes. Source: ISO/IEC 14496-12 §4.2.
    private static func isoBaseMedia(_ bytes: FileBytes) -> PromisedEnd {
        var offset: UInt64 = 0
        // A fragmented file of an hour has some ten thousand boxes; beyond that the walk is not worth its reads.
        for _ in 0..<100_000 {
            guard offset < UInt64(bytes.file.bytes) else { return .reached }
            guard let head = bytes.read(at: offset, count: 8) else { return .missing }
            let isMediaData = head[4...].elementsEqual("mdat".utf8)
            var size = head[..<4].bigEndian
            if size == 0 { return .reached }  // to the end of the file
            if size == 1 {
                guard let large = bytes.read(at: offset + 8, count: 8) else { return .missing }
                size = large.bigEndian
            }
            guard size >= 8 else { return .unknown }
            let (end, overflow) = offset.addingReportingOverflow(size)
            guard !overflow, end <= UInt64(bytes.file.bytes) else { return isMediaData ? .mediaDataShort : .missing }
            offset = end
        }
        return .unknown
    }

    /// Adds up the RIFF chunks: `AVI `, then any number of `AVIX`. Source: OpenDML AVI 1.02 §4.
    private static func riff(_ bytes: FileBytes) -> PromisedEnd {
        var offset: UInt64 = 0
        while let head = bytes.read(at: offset, count: 8), head[..<4].elementsEqual("RIFF".utf8) {
            let size = head[4...].littleEndian
            guard size > 0 else { return .missing }  // written when recording begins, filled in when it ends
            // The pad byte of an odd chunk may be absent at the very end.
            guard offset + 8 + size <= UInt64(bytes.file.bytes) else { return .missing }
            offset += 8 + size + size % 2
        }
        return offset > 0 ? .reached : .unknown
    }

    /// Compares with the size in the File Properties Object. Source: ASF specification 1.20.3 §3.2.
    private static func asf(_ bytes: FileBytes) -> PromisedEnd {
        let properties: [UInt8] = [
            0xa1, 0xdc, 0xab, 0x8c, 0x47, 0xa9, 0xcf, 0x11, 0x8e, 0xe4, 0x00, 0xc0, 0x0c, 0x20, 0x53, 0x65,
        ]
        var offset: UInt64 = 30  // behind the Header Object's own fields
        for _ in 0..<64 {
            guard let object = bytes.read(at: offset, count: 24) else { return .unknown }
            let size = object[16...].littleEndian
            if object.prefix(16).elementsEqual(properties) {
                guard let body = bytes.read(at: offset + 24, count: 68) else { return .unknown }
                let isBroadcast = body[64] & 1 != 0
                return isBroadcast ? .unknown : .at(body[16..<24].littleEndian, of: bytes)
            }
            guard size >= 24, size < 1 << 32 else { return .unknown }
            offset += size
        }
        return .unknown
    }

    /// Looks at the header partition's offset of the footer. Source: SMPTE ST 377-1 §7.1.
    private static func mxf(_ bytes: FileBytes) -> PromisedEnd {
        guard let key = bytes.read(at: 0, count: 17), key[4..<8].elementsEqual([0x02, 0x05, 0x01, 0x01]) else {
            return .unknown
        }
        let lengthBytes = key[16] & 0x80 == 0 ? 0 : Int(key[16] & 0x7f)
        guard lengthBytes <= 8, let pack = bytes.read(at: UInt64(17 + lengthBytes), count: 32) else { return .unknown }
        let footer = pack[24..<32].bigEndian
        guard footer > 0 else { return .unknown }
        return footer < UInt64(bytes.file.bytes) ? .reached : .missing
    }
}
