/// The clean aperture of a video sample entry: the part of the coded picture that a player shows.
///
/// Source: ISO/IEC 14496-12 §12.1.4 (`clap`).
struct ISOCleanAperture: Sendable, Hashable {
    /// Width in samples, not rounded; above zero.
    let width: Double
    /// Height in samples, not rounded; above zero.
    let height: Double
    /// Samples left of the aperture, not rounded.
    let left: Double
    /// Samples above the aperture, not rounded.
    let top: Double

    /// Reads the eight numbers of the box; nil when a denominator is zero, the aperture is empty, or more than half a
    /// sample of the aperture lies outside the coded picture.
    ///
    /// - Parameters:
    ///   - bytes: Content of the box, 32 bytes: width, height, horizontal and vertical offset of the centre, each a
    ///     numerator (signed for the offsets) and a denominator.
    ///   - codedWidth: Width of the sample entry.
    ///   - codedHeight: Height of the sample entry.
    init?(_ bytes: [UInt8], codedWidth: Int, codedHeight: Int) {
        guard bytes.count >= 32 else { return nil }
        let numbers = (0..<8).map { UInt32(truncatingIfNeeded: bytes[$0 * 4..<$0 * 4 + 4].bigEndian) }
        func fraction(_ index: Int, isSigned: Bool) -> Double? {
            guard numbers[index + 1] > 0 else { return nil }
            let numerator = isSigned ? Double(Int32(bitPattern: numbers[index])) : Double(numbers[index])
            return numerator / Double(numbers[index + 1])
        }
        guard let width = fraction(0, isSigned: false), let height = fraction(2, isSigned: false),
            let right = fraction(4, isSigned: true), let down = fraction(6, isSigned: true), width > 0, height > 0
        else { return nil }
        self.width = width
        self.height = height
        left = (Double(codedWidth) - width) / 2 + right
        top = (Double(codedHeight) - height) / 2 + down
        guard left >= -0.5, top >= -0.5, left + width <= Double(codedWidth) + 0.5,
            top + height <= Double(codedHeight) + 0.5
        else { return nil }
    }

    /// The aperture in whole samples inside a coded picture; nil when nothing is cut off, or nothing is left.
    func rectangle(codedWidth: Int, codedHeight: Int) -> CropRectangle? {
        let (width, height) = (min(Int(width.rounded()), codedWidth), min(Int(height.rounded()), codedHeight))
        guard width > 0, height > 0 else { return nil }
        let part = CropRectangle(
            left: min(max(Int(left.rounded()), 0), codedWidth - width),
            top: min(max(Int(top.rounded()), 0), codedHeight - height), width: width, height: height)
        return part.covers(width: codedWidth, height: codedHeight) ? nil : part
    }
}
