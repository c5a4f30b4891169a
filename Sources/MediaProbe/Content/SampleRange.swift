/// The values that 8-bit luma samples take from black to white.
enum SampleRange {
    /// Black is 0, white is 255. Source: ITU-T H.273, 8.3, `VideoFullRangeFlag` equal to 1.
    case full
    /// Black is 16, white is 235. Source: ITU-T H.273, 8.3, `VideoFullRangeFlag` equal to 0.
    case limited

    /// The value of a black sample.
    var black: UInt8 { self == .full ? 0 : 16 }
    /// The value of a white sample.
    var white: UInt8 { self == .full ? 255 : 235 }
}
