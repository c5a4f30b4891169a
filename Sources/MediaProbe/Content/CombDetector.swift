/// Counts combed frames, whose odd and even lines show two moments: interlaced video that was stored as progressive.
struct CombDetector {
    /// Number of combed frames among `examined`.
    private(set) var combed = 0
    /// Number of frames examined.
    private(set) var examined = 0

    /// The caller passes one decoded frame in this many to `append(_:)`.
    static let pause = 10
    /// A sample counts as a tooth of a comb when it differs by more than this, of 256 steps, from the samples above and
    /// below.
    private static let tooth: Int32 = 24
    /// A frame is combed when more than this share of its examined samples are teeth.
    private static let share = 0.02
    /// Least number of lines of a frame that is examined.
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

    /// Number of samples of `line` that differ from the samples above and below while these two are alike.
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
