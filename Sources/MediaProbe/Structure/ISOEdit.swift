/// One entry of an edit list: a part of the track's media, or a pause, in the order of the presentation.
///
/// Source: ISO/IEC 14496-12 §8.6.6 (`elst`).
struct ISOEdit: Sendable, Hashable {
    /// Length in the presentation, in units of the movie's time scale.
    let segmentDuration: UInt64
    /// First moment of the media that is shown, in units of the track's time scale; −1 for a pause.
    let mediaTime: Int64
    /// Speed of the media, a 16.16 fixed-point number: 65,536 is normal speed, 0 holds one picture.
    let mediaRate: Int32

    /// Whether the entry shows nothing. Negative times other than −1 are no valid media time and count as a pause.
    var isEmpty: Bool { mediaTime < 0 }

    /// Whether the entry shows media at a speed other than normal, which players treat differently.
    var changesRate: Bool { !isEmpty && mediaRate != 0x1_0000 }

    /// Reads the content of an `elst` box; nil when the table is cut short, longer than 100,000 entries or of a version
    /// above 1.
    static func list(_ content: Range<UInt64>, _ walk: inout ISOBoxWalk) -> [ISOEdit]? {
        guard let version = walk.source.read(0, into: content, count: 1)?.first, version <= 1 else { return nil }
        var edits: [ISOEdit] = []
        let isWhole = walk.readTable(content, width: version == 1 ? 20 : 12, limit: 100_000) { entry in
            edits.append(ISOEdit(entry, isWide: version == 1))
        }
        return isWhole ? edits : nil
    }
}

extension ISOEdit {
    fileprivate init(_ entry: ArraySlice<UInt8>, isWide: Bool) {
        let width = isWide ? 8 : 4
        segmentDuration = entry.prefix(width).bigEndian
        let time = entry.dropFirst(width)
        mediaTime = isWide ? Int64(bitPattern: time.prefix(8).bigEndian) : Int64(time.signed32)
        mediaRate = entry.suffix(4).signed32
    }
}
