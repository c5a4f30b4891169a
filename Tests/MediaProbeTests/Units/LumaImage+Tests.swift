@testable import MediaProbe

extension LumaImage {
    /// Makes an image in which each sample is a function of its column and line in the picture.
    convenience init(width: Int, height: Int, _ sample: (_ x: Int, _ y: Int) -> UInt8) {
        self.init(width: width, height: height)
        for row in 0..<rows {
            for x in 0..<width { line(row)[x] = sample(x, row * step) }
        }
    }
}
