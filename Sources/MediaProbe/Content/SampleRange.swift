/// The values that 8-bit luma samples take from black to white.
enum SampleRange {
    /// Black is 0, white is 255. Source: ITU-T H.273, 8.3, `VideoFullRangeFlag` equal to 1.
    case full
    /// Black is 16, white is 235. Source: ITU-T H.273, 8.3, `VideoFullRangeFlag` equal to 0.
    case limited

    /// The sample that is black.
    var black: UInt8 { self == .full ? 0 : 16 }
    /// The sample that is white.
    var white: UInt8 { self == .full ? 255 : 235 }
}
