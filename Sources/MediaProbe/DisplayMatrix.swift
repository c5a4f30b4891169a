internal import Foundation
internal import MediaFacts

extension PictureOrientation {
    /// Reads libav's display matrix: nine numbers, or nil for an upright picture.
    init(displayMatrix matrix: UnsafePointer<Int32>?) {
        guard let matrix else {
            self = .upright
            return
        }
        self.init(matrix: Array(UnsafeBufferPointer(start: matrix, count: 9)))
    }

    /// Reads a display matrix (ISO/IEC 14496-12 §6.2.2): nine 16.16 and 2.30 fixed-point numbers, row by row.
    ///
    /// Degrees are nil when the matrix does not rotate the picture as a whole: it is all zeros, or a shear (the sides
    /// are more than 1 % off a right angle). A stretch is allowed, because QuickTime stores the pixel shape as one and
    /// libav reads it so. The angle and the mirroring are computed from the numbers, because libav's own angle runs
    /// counter-clockwise and hides a mirroring.
    init(matrix numbers: [Int32]) {
        guard numbers.count == 9 else {
            self.init(clockwiseDegrees: nil)
            return
        }
        // The matrix maps (x, y) of the stored picture to (a·x + c·y, b·x + d·y), y growing downwards.
        let (a, b, c, d) = (Double(numbers[0]), Double(numbers[1]), Double(numbers[3]), Double(numbers[4]))
        let determinant = a * d - b * c
        let (across, down) = (hypot(a, b), hypot(c, d))  // lengths of the sides of one sample after the turn
        let isTurn = determinant != 0 && abs(a * c + b * d) <= 0.01 * across * down
        guard isTurn else {
            self.init(clockwiseDegrees: nil)
            return
        }
        // A mirrored picture is described as flipped top to bottom, then turned. ffprobe and MediaInfo report the same
        // angle.
        let degrees = atan2(b, a) * 180 / .pi
        self.init(clockwiseDegrees: (degrees * 1000).rounded() / 1000, mirrored: determinant < 0)
    }
}
