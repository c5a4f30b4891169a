/// Counts frames whose alternate lines show two moments: interlaced video that was stored as if progressive.
struct CombDetector {
    /// Combed frames among `examined`.
    private(set) var combed = 0
    /// Frames examined.
    private(set) var examined = 0

    /// The detector examines one frame in so many.
    static let pause = 10
    /// A sample is a tooth of a comb when it differs by more than this from the samples above and below, of 256 steps.
    private static let tooth: Int32 = 24
    /// A frame with more than this share of teeth is combed.
    private static let share = 0.02
    /// Frames with fewer lines are not examined.
    private static let fewestLines = 17

    /// Examines an eighth of the lines of a frame.
    mutating func append(_ plane: LumaPlane) {
        guard plane.height >= Self.fewestLines, plane.width > 0 else { return }
        var (teeth, samples) = (0, 0)
        for line in Swift.stride(from: 4, to: plane.height - 4, by: 8) {
            teeth += Self.teeth(plane.line(line - 1), plane.line(line), plane.line(line + 1), plane.width)
            samples += plane.width
        }
        examined += 1
        if Double(teeth) > Self.share * Double(samples) { combed += 1 }
    }

    /// Samples of `line` that differ from both neighbours while these resemble each other.
    private static func teeth(
        _ above: UnsafePointer<UInt8>, _ line: UnsafePointer<UInt8>, _ below: UnsafePointer<UInt8>, _ width: Int
    ) -> Int {
        var count = Int32(0)
        for x in 0..<width {
            let (a, b, c) = (Int32(above[x]), Int32(line[x]), Int32(below[x]))
            let isTooth = min(abs(a &- b), abs(c &- b)) > tooth && abs(a &- c) < tooth / 2
            count &+= isTooth ? 1 : 0
        }
        return Int(count)
    }
}
