/// The luma of a whole frame in the decoder's memory, one byte a sample.
///
/// The memory belongs to the frame: a plane is valid only as long as its frame.
struct LumaPlane {
    /// The first sample of the first line.
    let samples: UnsafePointer<UInt8>
    /// Samples in a line.
    let width: Int
    /// Number of lines.
    let height: Int
    /// Bytes from one line to the next; at least `width`.
    let stride: Int

    /// The first sample of line `index`, 0..<`height`.
    func line(_ index: Int) -> UnsafePointer<UInt8> { samples + index * stride }
}
