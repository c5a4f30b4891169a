/// MPEG program streams. Source: ISO/IEC 13818-1 §2.5.3 (packs), 11172-1 §2.4.3 (packs of MPEG-1).
extension FileEnd {
    /// Requires that the packets near the end are whole. The end is reached if the program end code is there, or if the
    /// last pack shows that its writer had no data left. Otherwise a cut between two packets looks like the end.
    static func programStream(_ bytes: FileBytes, _ stop: StopFlag) -> FileEnd {
        let pack: [UInt8] = [0, 0, 1, 0xba]
        guard let (window, start) = bytes.window(endingWith: pack, before: 1 << 18, stop) else { return .unknown }
        var packets = ProgramPackets()
        packets.walk(window)
        guard !packets.isCut else { return .missing }
        let state: State = packets.hasEndCode || packets.endsFlushed ? .reached : .unknown
        return .end(at: start + UInt64(packets.end), of: bytes, state)
    }
}

/// The packs and packets at the end of a program stream. The bytes may begin inside a packet.
struct ProgramPackets {
    /// Position behind the last whole packet.
    private(set) var end = 0
    /// Whether the last packet reaches past the end of the file.
    private(set) var isCut = false
    /// Whether the last packet is the program end code.
    private(set) var hasEndCode = false
    private var packStart = 0
    private var packHoldsPackets = false
    /// Number of packs of each size in bytes.
    private var packSizes: [Int: Int] = [:]
    private var endsWithPadding = false
    private var endsWithSound = false
    private var audio: [UInt8: MPEGAudioFrames] = [:]

    /// Walks all packs of `bytes`.
    mutating func walk(_ bytes: [UInt8]) {
        var next = bytes.position(of: [0, 0, 1, 0xba], from: 0)
        while let at = next {
            guard let size = Self.packetSize(bytes, at: at) else {
                isCut = true
                return
            }
            guard size > 0 else {
                next = bytes.position(of: [0, 0, 1, 0xba], from: at)
                continue
            }
            guard at + size <= bytes.count else {
                isCut = true
                return
            }
            note(bytes, at, size)
            end = at + size
            next = Self.nextStartCode(bytes, end)
        }
        isCut = bytes[end...].elementsEqual([0, 0, 1])
    }

    /// Whether the writer had no data left for the last pack: the pack is padded or shorter than the most frequent
    /// size, or it ends with sound whose last frame is whole.
    var endsFlushed: Bool {
        if endsWithPadding { return true }
        let usual = packSizes.max { ($0.value, $0.key) < ($1.value, $1.key) }?.key
        if let usual, packHoldsPackets, end - packStart < usual { return true }
        return endsWithSound && audio.values.allSatisfy(\.endsWithWholeFrame)
    }

    private mutating func note(_ bytes: [UInt8], _ at: Int, _ size: Int) {
        let code = bytes[at + 3]
        hasEndCode = code == 0xb9
        endsWithPadding = code == 0xbe
        endsWithSound = 0xc0...0xdf ~= code
        packHoldsPackets = code != 0xba
        switch code {
        case 0xba:
            if end > packStart { packSizes[at - packStart, default: 0] += 1 }
            packStart = at
        case 0xc0...0xdf:
            let body = Self.payload(bytes[at..<(at + size)])
            audio[code, default: MPEGAudioFrames()].append(body)
        default: break
        }
    }

    /// Number of bytes of the packet at `at`; 0 when no packet begins there, nil when its header is cut off.
    private static func packetSize(_ bytes: [UInt8], at: Int) -> Int? {
        guard at + 4 <= bytes.count, bytes[at..<(at + 3)].elementsEqual([0, 0, 1]) else { return 0 }
        switch bytes[at + 3] {
        case 0xb9: return 4
        case 0xba:
            guard at + 5 <= bytes.count else { return nil }
            guard bytes[at + 4] >> 6 == 1 else { return 12 }
            return at + 14 <= bytes.count ? 14 + Int(bytes[at + 13] & 7) : nil
        case 0xbb...: return at + 6 <= bytes.count ? 6 + Int(bytes[at + 4]) << 8 + Int(bytes[at + 5]) : nil
        default: return 0
        }
    }

    /// Position of the next start code at `at`, or behind zero bytes (sectors of Video CD end with them). If other
    /// bytes follow, the position of the next pack; nil when nothing follows.
    private static func nextStartCode(_ bytes: [UInt8], _ at: Int) -> Int? {
        guard let place = bytes[at...].firstIndex(where: { $0 != 0 }) else { return nil }
        if place - at >= 2, bytes[place] == 1, place + 1 < bytes.count, bytes[place + 1] >= 0xb9 { return place - 2 }
        return bytes.position(of: [0, 0, 1, 0xba], from: at)
    }

    /// The payload of a PES packet, behind its header fields. Source: ISO/IEC 13818-1 §2.4.3.6, 11172-1 §2.4.3.3.
    private static func payload(_ packet: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var rest = packet.dropFirst(6)
        if let first = rest.first, first >> 6 == 2 { return rest.dropFirst(3 + Int(rest.dropFirst(2).first ?? 0)) }
        rest = rest.drop { $0 == 0xff }
        if let first = rest.first, first >> 6 == 1 { rest = rest.dropFirst(2) }
        switch rest.first.map({ $0 >> 4 }) {
        case 2: return rest.dropFirst(5)
        case 3: return rest.dropFirst(10)
        default: return rest.dropFirst(1)
        }
    }
}
