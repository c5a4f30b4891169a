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

    /// Goes to the footer that the header partition names and steps through what follows: every item must be whole.
    /// Source: SMPTE ST 377-1 §7.1 (partition pack), ST 336 (key, length, value).
    private static func mxf(_ bytes: FileBytes) -> PromisedEnd {
        guard let header = keyLengthValue(at: 0, bytes), let pack = bytes.read(at: header.value, count: 32) else {
            return .unknown
        }
        var offset = pack[24..<32].bigEndian
        guard offset > 0 else { return .unknown }  // an open partition: the recording was never closed properly
        guard offset < UInt64(bytes.file.bytes) else { return .missing }
        for _ in 0..<10_000 where offset < UInt64(bytes.file.bytes) {
            guard let item = keyLengthValue(at: offset, bytes), item.end <= UInt64(bytes.file.bytes) else {
                return .missing
            }
            offset = item.end
        }
        return .reached
    }

    private static func keyLengthValue(at offset: UInt64, _ bytes: FileBytes) -> (value: UInt64, end: UInt64)? {
        guard let key = bytes.read(at: offset, count: 17), key.starts(with: [0x06, 0x0e, 0x2b, 0x34]) else {
            return nil
        }
        let lengthBytes = key[16] & 0x80 == 0 ? 0 : Int(key[16] & 0x7f)
        guard lengthBytes <= 8, let length = bytes.read(at: offset + 17, count: lengthBytes) else { return nil }
        let size = lengthBytes == 0 ? UInt64(key[16]) : length.bigEndian
        let value = offset + 17 + UInt64(lengthBytes)
        let (end, overflow) = value.addingReportingOverflow(size)
        return overflow ? nil : (value, end)
    }
}
