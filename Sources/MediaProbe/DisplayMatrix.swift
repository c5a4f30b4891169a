internal import CFFmpeg
internal import MediaFacts

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Darwin
#endif

extension PictureOrientation {
    /// Reads a display matrix (ISO/IEC 14496-12 §6.2.2, as libav hands it over: nine 16.16 and 2.30 fixed-point
    /// numbers). No matrix means upright; a matrix that is no rotation has nil degrees.
    ///
    /// libav's angle runs counter-clockwise and hides a mirroring, so both are read from the numbers themselves.
    init(displayMatrix matrix: UnsafePointer<Int32>?) {
        guard let matrix else {
            self = .upright
            return
        }
        // The matrix maps (x, y) of the stored picture to (a·x + c·y, b·x + d·y), y growing downwards.
        let (a, b, c, d) = (Double(matrix[0]), Double(matrix[1]), Double(matrix[3]), Double(matrix[4]))
        let determinant = a * d - b * c
        guard determinant != 0 else {
            self.init(clockwiseDegrees: nil)
            return
        }
        // A mirrored picture is read as: flipped top to bottom, then turned. ffprobe and MediaInfo give the same angle.
        let degrees = atan2(b, a) * 180 / .pi
        self.init(clockwiseDegrees: (degrees * 1000).rounded() / 1000, mirrored: determinant < 0)
    }
}
