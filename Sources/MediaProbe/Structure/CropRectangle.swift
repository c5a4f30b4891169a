/// The part of a coded picture that a player shows, in whole samples.
struct CropRectangle: Sendable, Hashable {
    /// Samples left of the part.
    let left: Int
    /// Samples above the part.
    let top: Int
    /// Width of the part; one or more.
    let width: Int
    /// Height of the part; one or more.
    let height: Int

    /// Whether the part is a whole picture of `width` by `height` samples, so that nothing is cut off.
    func covers(width: Int, height: Int) -> Bool {
        left == 0 && top == 0 && self.width == width && self.height == height
    }
}
