/// Windows Media. Source: ASF specification 1.20.3 §3.1 (header), §3.2 (file properties).
extension FileEnd {
    private static let fileProperties: [UInt8] = [
        0xa1, 0xdc, 0xab, 0x8c, 0x47, 0xa9, 0xcf, 0x11, 0x8e, 0xe4, 0x00, 0xc0, 0x0c, 0x20, 0x53, 0x65,
    ]

    /// Compares the file's size with the one that its File Properties Object declares; a broadcast declares none.
    static func asf(_ bytes: FileBytes) -> FileEnd {
        var offset: UInt64 = 30  // behind the Header Object's own fields
        for _ in 0..<64 {
            guard let object = bytes.read(at: offset, count: 24) else { return .unknown }
            let size = object[16...].littleEndian
            if object.prefix(16).elementsEqual(fileProperties) {
                guard let body = bytes.read(at: offset + 24, count: 68) else { return .unknown }
                let isBroadcast = body[64] & 1 != 0
                let declared = body[16..<24].littleEndian
                return isBroadcast || declared == 0 ? .unknown : .end(at: declared, of: bytes)
            }
            guard size >= 24, size < 1 << 32 else { return .unknown }
            offset += size
        }
        return .unknown
    }
}
