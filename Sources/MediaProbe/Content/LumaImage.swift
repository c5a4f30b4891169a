/// Luma of every eighth line or so of a picture, one byte a sample, in the sample range of its source.
///
/// A class because the current image and the reference change places at most pictures, and one holds 260 KB at 1080p.
final class LumaImage {
    /// Samples in a line.
    let width: Int
    /// Lines kept.
    let rows: Int
    /// Lines of the picture for each line kept; 1 or more.
    let step: Int
    /// Lines of the picture.
    let height: Int
    /// The kept lines, `width * rows` samples.
    let samples: UnsafeMutablePointer<UInt8>

    /// Lines kept of a tall picture: movement and bars show in 135 lines as well as in 1080.
    private static let usualRows = 135

    /// - Parameters:
    ///   - width: of the picture, 1 or more.
    ///   - height: of the picture, 1 or more.
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
