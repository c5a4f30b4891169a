/// The luma of a whole frame where the decoder left it, one byte a sample.
///
/// The memory belongs to the frame: a plane is valid only while the frame is.
struct LumaPlane {
    /// The first sample of the first line.
    let samples: UnsafePointer<UInt8>
    /// Samples in a line.
    let width: Int
    /// Lines.
    let height: Int
    /// Bytes from one line to the next; at least `width`.
    let stride: Int

    /// The first sample of line `index`, 0..<`height`.
    func line(_ index: Int) -> UnsafePointer<UInt8> { samples + index * stride }
}
