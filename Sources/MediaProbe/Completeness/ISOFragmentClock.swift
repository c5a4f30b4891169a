/// Compares the length that a fragmented film declares in `mehd` with the time at which its last samples end.
///
/// Source: ISO/IEC 14496-12 §8.8.2 (`mehd`), §8.8.3 (`trex`), §8.8.7 (`tfhd`), §8.8.8 (`trun`), §8.8.12 (`tfdt`).
struct ISOFragmentClock {
    /// The times of one track, in ticks of its time scale.
    private struct Track {
        var ticksPerSecond: UInt64 = 0
        var defaultSampleTicks: UInt64 = 0
        var end: UInt64 = 0
    }

    /// Whether `moov` has an `mvex` box, which announces that fragments may follow.
    private(set) var announcesFragments = false
    private var declaredSeconds: Double?
    private var tracks: [UInt64: Track] = [:]
    private var isReadable = true

    /// Most seconds by which the samples may end before the declared length. Writers round and count edits differently;
    /// a missing fragment makes a larger difference, because writers make longer fragments.
    private static let toleratedSeconds = 0.25

    /// Whether the samples reach the length that `mehd` declares; nil when there is no declaration or the times are not
    /// readable.
    var reachesDeclaredDuration: Bool? {
        guard isReadable, let declaredSeconds else { return nil }
        let ends = tracks.values.map { $0.ticksPerSecond > 0 ? Double($0.end) / Double($0.ticksPerSecond) : 0 }
        return (ends.max() ?? 0) + Self.toleratedSeconds >= declaredSeconds
    }

    /// Reads the time scales, the defaults and the declared length from `moov`.
    mutating func readMovie(_ movie: ISOBoxHeader, _ bytes: FileBytes) {
        let children = movie.children(in: bytes)
        guard let extends = children.first(where: { $0.type == "mvex" }) else { return }
        announcesFragments = true
        for track in children where track.type == "trak" { readTrack(track, bytes) }
        let scale = children.first { $0.type == "mvhd" }.flatMap { Self.timeScale($0, bytes) } ?? 0
        for box in extends.children(in: bytes) {
            guard let fields = bytes.read(at: box.body, count: 8) else { continue }
            if box.type == "mehd" {
                let isLong = fields[0] != 0
                let ticks = isLong ? bytes.read(at: box.body + 4, count: 8)?.bigEndian : fields[4...].bigEndian
                guard let ticks, ticks > 0, ticks != (isLong ? .max : 0xffff_ffff), scale > 0 else { continue }
                declaredSeconds = Double(ticks) / Double(scale)
            } else if box.type == "trex", let defaults = bytes.read(at: box.body, count: 16) {
                tracks[defaults[4..<8].bigEndian, default: Track()].defaultSampleTicks = defaults[12...].bigEndian
            }
        }
    }

    private mutating func readTrack(_ track: ISOBoxHeader, _ bytes: FileBytes) {
        let children = track.children(in: bytes)
        guard let header = children.first(where: { $0.type == "tkhd" }),
            let media = children.first(where: { $0.type == "mdia" }),
            let mediaHeader = media.children(in: bytes).first(where: { $0.type == "mdhd" }),
            let fields = bytes.read(at: header.body, count: 24)
        else { return }
        let id = fields[0] == 0 ? fields[12..<16].bigEndian : fields[20..<24].bigEndian
        tracks[id, default: Track()].ticksPerSecond = Self.timeScale(mediaHeader, bytes) ?? 0
    }

    /// The time scale of an `mvhd` or `mdhd` box; both boxes hold it in the same place.
    private static func timeScale(_ box: ISOBoxHeader, _ bytes: FileBytes) -> UInt64? {
        guard let fields = bytes.read(at: box.body, count: 24) else { return nil }
        return fields[0] == 0 ? fields[12..<16].bigEndian : fields[20..<24].bigEndian
    }

    /// Reads the end of every track in one `moof`. Does nothing when no length is declared.
    mutating func readFragment(_ fragment: ISOBoxHeader, _ bytes: FileBytes) {
        guard declaredSeconds != nil, isReadable else { return }
        for part in fragment.children(in: bytes) where part.type == "traf" {
            isReadable = readTrackFragment(part.children(in: bytes), bytes) && isReadable
        }
    }

    private mutating func readTrackFragment(_ boxes: [ISOBoxHeader], _ bytes: FileBytes) -> Bool {
        guard let header = boxes.first(where: { $0.type == "tfhd" }),
            let fields = bytes.read(at: header.body, count: 8),
            let base = boxes.first(where: { $0.type == "tfdt" }).flatMap({ Self.decodeTime($0, bytes) })
        else { return false }
        let id = fields[4...].bigEndian
        var track = tracks[id] ?? Track()
        let sampleTicks = Self.sampleTicks(header, flags: fields[1..<4].bigEndian, bytes) ?? track.defaultSampleTicks
        var end = base
        for run in boxes where run.type == "trun" {
            guard let ticks = Self.ticks(of: run, each: sampleTicks, bytes) else { return false }
            end = end &+ ticks
        }
        track.end = max(track.end, end)
        tracks[id] = track
        return true
    }

    private static func decodeTime(_ box: ISOBoxHeader, _ bytes: FileBytes) -> UInt64? {
        guard let version = bytes.read(at: box.body, count: 1) else { return nil }
        return bytes.read(at: box.body + 4, count: version[0] == 0 ? 4 : 8)?.bigEndian
    }

    /// The default sample duration of a `tfhd` box, nil when the box has none.
    private static func sampleTicks(_ box: ISOBoxHeader, flags: UInt64, _ bytes: FileBytes) -> UInt64? {
        guard flags & 0x08 != 0 else { return nil }
        let place = 8 + (flags & 0x01 != 0 ? 8 : 0) + (flags & 0x02 != 0 ? 4 : 0)
        return bytes.read(at: box.body + UInt64(place), count: 4)?.bigEndian
    }

    /// The sum of the sample durations of a `trun` box; nil when the box is shorter than its own count.
    private static func ticks(of run: ISOBoxHeader, each sampleTicks: UInt64, _ bytes: FileBytes) -> UInt64? {
        guard let end = run.end, let head = bytes.read(at: run.body, count: 8) else { return nil }
        let (flags, samples) = (head[1..<4].bigEndian, head[4...].bigEndian)
        guard flags & 0x100 != 0 else { return samples.multipliedReportingOverflow(by: sampleTicks).partialValue }
        let first = run.body + 8 + (flags & 0x01 != 0 ? 4 : 0) + (flags & 0x04 != 0 ? 4 : 0)
        let step = [0x100, 0x200, 0x400, 0x800].reduce(UInt64(0)) { $0 + (flags & $1 != 0 ? 4 : 0) }
        guard samples <= 1_000_000, first + samples * step <= end,
            let list = bytes.read(at: first, count: Int(samples * step))
        else { return nil }
        return stride(from: 0, to: list.count, by: Int(step)).reduce(UInt64(0)) {
            $0 + list[$1..<($1 + 4)].bigEndian
        }
    }
}
