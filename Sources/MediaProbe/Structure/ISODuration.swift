/// A length as an ISO base media file states it: a number of units of a time scale.
struct ISODuration: Sendable, Hashable {
    /// Number of units.
    let units: UInt64
    /// Units per second; one or more.
    let timescale: UInt32

    /// Makes a length; nil for a time scale of zero.
    init?(units: UInt64, timescale: UInt32) {
        guard timescale > 0 else { return nil }
        self.units = units
        self.timescale = timescale
    }

    /// The length as a time, rounded down to a nanosecond; at most 2⁶³ − 1 s.
    var duration: Duration {
        let (seconds, rest) = units.quotientAndRemainder(dividingBy: UInt64(timescale))
        let nanoseconds = rest * 1_000_000_000 / UInt64(timescale)  // rest is below 2³²
        return Duration(
            secondsComponent: Int64(clamping: seconds), attosecondsComponent: Int64(nanoseconds) * 1_000_000_000)
    }

    /// Reads a duration field; nil when all its bits are one, the value for "unknown".
    ///
    /// - Parameter bytes: The whole field: four bytes in version 0 of a box, eight in version 1.
    ///
    /// Source: ISO/IEC 14496-12 §8.2.2 (`mvhd`), §8.3.2 (`tkhd`), §8.4.2 (`mdhd`).
    static func units(_ bytes: some Collection<UInt8>) -> UInt64? {
        bytes.allSatisfy { $0 == 0xff } ? nil : bytes.bigEndian
    }
}
