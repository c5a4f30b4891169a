/// Luma of evenly spaced lines of a picture (every eighth at 1080p), one byte a sample, in the sample range of its
/// source.
///
/// A class, because the current image and the reference are exchanged at most pictures, and one image holds 260 KB at
/// 1080p.
final class LumaImage {
    /// Samples in a line.
    let width: Int
    /// Number of kept lines.
    let rows: Int
    /// Number of the picture's lines for each kept line; 1 or more.
    let step: Int
    /// Number of the picture's lines.
    let height: Int
    /// The kept lines, `width * rows` samples.
    let samples: UnsafeMutablePointer<UInt8>

    /// Number of lines that are kept of a tall picture: movement and bars show in 135 lines as well as in 1080.
    private static let usualRows = 135

    /// Makes a black image.
    ///
    /// - Parameters:
    ///   - width: width of the picture, 1 or more.
    ///   - height: height of the picture, 1 or more.
    init(width: Int, height: Int) {
        self.width = width
        self.height = height
        step = max(1, height / Self.usualRows)
        rows = (height + step - 1) / step
        samples = .allocate(capacity: max(1, width * rows))
        samples.initialize(repeating: 0, count: max(1, width * rows))
    }

    deinit { samples.deallocate() }

    /// The kept line `row`, 0..<`rows`; line `row * step` of the picture.
    func line(_ row: Int) -> UnsafeMutablePointer<UInt8> { samples + row * width }
}
