/// Time scale and length of a `mvhd` or `mdhd` box, whose first fields are the same.
struct ISOTimeHeader: Sendable, Hashable {
    /// Units per second; one or more.
    let timescale: UInt32
    /// The stated length; nil when the field says "unknown".
    let duration: ISODuration?

    /// Reads the content of the box; nil when the box is cut short, has a version above 1 or a time scale of zero.
    init?(_ content: Range<UInt64>, _ source: FileBytes) {
        guard let version = source.read(0, into: content, count: 1)?.first, version <= 1 else { return nil }
        let wide = version == 1
        guard let fields = source.read(wide ? 20 : 12, into: content, count: wide ? 12 : 8) else { return nil }
        timescale = UInt32(truncatingIfNeeded: fields[..<4].bigEndian)
        guard timescale > 0 else { return nil }
        let scale = timescale
        duration = ISODuration.units(fields[4...]).flatMap { ISODuration(units: $0, timescale: scale) }
    }
}
