internal import MediaFacts

/// One stream header (`strh`) of an AVI file.
struct AVIStreamHeader: Sendable, Hashable {
    /// Kind of the stream (fccType): `vids`, `auds`, `txts`, `mids`.
    let type: String
    /// Codec of the stream as the writer names it (fccHandler).
    let codec: String
    /// Units of `rate` that one sample or frame lasts (dwScale).
    let scale: UInt32
    /// Units per second (dwRate); `rate / scale` is the number of frames per second.
    let rate: UInt32
    /// Frames before the stream begins (dwStart).
    let start: UInt32
    /// Number of frames, null frames included (dwLength).
    let length: UInt32

    /// Frames per second; nil when a term is zero.
    var frameRate: Ratio? { Ratio(Int64(rate), Int64(scale)) }

    /// Stated length of the stream, without the time before its start; nil when the rate or the scale is zero.
    var duration: Duration? {
        guard rate > 0, scale > 0 else { return nil }
        return ISODuration(units: UInt64(length) * UInt64(scale), timescale: rate)?.duration
    }

    /// Reads the content of a `strh` chunk; nil when the chunk ends before dwLength.
    init?(_ content: Range<UInt64>, _ source: FileBytes) {
        guard let fields = source.read(0, into: content, count: 36) else { return nil }
        func number(_ offset: Int) -> UInt32 { UInt32(truncatingIfNeeded: fields[offset..<offset + 4].littleEndian) }
        type = fields[..<4].fourCharacterCode
        codec = fields[4..<8].fourCharacterCode
        (scale, rate, start, length) = (number(20), number(24), number(28), number(32))
    }
}
