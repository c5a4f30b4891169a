/// A picture as it is stored and as a viewer sees it. This type alone computes the shown size from pixel shape and
/// rotation.
public struct PictureGeometry: Sendable, Hashable {
    /// Width in samples, after the codec's own cropping, before pixel shape and rotation; one or more.
    public let codedWidth: Int
    /// Height in samples, after the codec's own cropping, before pixel shape and rotation; one or more.
    public let codedHeight: Int
    /// Width of one sample over its height.
    public let sampleAspectRatio: Ratio
    /// How the player must turn the picture.
    public let orientation: PictureOrientation

    /// Makes the geometry of a picture, or nil unless both sides are between 1 and 2²⁰ samples and the terms of the
    /// sample aspect ratio below 2³¹.
    public init?(codedWidth: Int, codedHeight: Int, sampleAspectRatio: Ratio, orientation: PictureOrientation) {
        let plausible = 1...(1 << 20)
        guard plausible.contains(codedWidth), plausible.contains(codedHeight),
            max(sampleAspectRatio.numerator, sampleAspectRatio.denominator) <= Int64(Int32.max)
        else { return nil }
        self.codedWidth = codedWidth
        self.codedHeight = codedHeight
        self.sampleAspectRatio = sampleAspectRatio
        self.orientation = orientation
    }

    /// Width that a viewer sees, in whole square pixels.
    public var displayWidth: Int { orientation.swapsSides ? codedHeight : stretchedWidth }

    /// Height that a viewer sees, in whole square pixels.
    public var displayHeight: Int { orientation.swapsSides ? stretchedWidth : codedHeight }

    /// Shape that a viewer sees: the common ratio within 0.5 %, else the exact one.
    public var displayAspectRatio: Ratio {
        let exact = exactDisplayAspectRatio
        return Self.commonShapes.first { exact.isWithin(Self.shapeTolerance, of: $0) } ?? exact
    }

    /// Shape that a viewer sees, not rounded to a common one.
    public var exactDisplayAspectRatio: Ratio {
        // Sides are at most 2²⁰ and ratio terms at most 2³¹ (AVRational), so the products fit 64 bits.
        let upright =
            Ratio(
                Int64(codedWidth) * sampleAspectRatio.numerator, Int64(codedHeight) * sampleAspectRatio.denominator)
            ?? .one
        return orientation.swapsSides ? upright.inverted : upright
    }

    private var stretchedWidth: Int {
        let exact = Double(codedWidth) * sampleAspectRatio.value
        return max(1, Int(min(exact.rounded(), Double(Int32.max))))
    }

    /// Relative tolerance that absorbs the rounding of sample aspect ratios (853:854, 5120:5121).
    private static let shapeTolerance = 0.005

    private static let commonShapes = [
        Ratio(16, 9), Ratio(9, 16), Ratio(4, 3), Ratio(3, 4), Ratio(1, 1), Ratio(21, 9),
    ].compactMap(\.self)
}

/// How a player must turn a stored picture to show it.
public struct PictureOrientation: Sendable, Hashable {
    /// Clockwise turn in degrees, 0 or more and below 360; nil when the file's matrix is broken.
    public let clockwiseDegrees: Double?
    /// Whether the picture is mirrored before it is turned.
    public let mirrored: Bool

    /// Makes an orientation; any angle is brought into 0..<360.
    public init(clockwiseDegrees: Double?, mirrored: Bool = false) {
        self.clockwiseDegrees = clockwiseDegrees.flatMap { angle in
            guard angle.isFinite else { return nil }
            let turn = angle.truncatingRemainder(dividingBy: 360)
            let positive = turn < 0 ? turn + 360 : turn
            let quarter = (positive / 90).rounded() * 90
            // The rounding of a matrix turns a quarter turn by at most half a degree.
            return (abs(positive - quarter) <= 0.5 ? quarter : positive).truncatingRemainder(dividingBy: 360)
        }
        self.mirrored = mirrored
    }

    /// The picture as stored.
    public static let upright = PictureOrientation(clockwiseDegrees: 0)

    /// The nearest of 0, 90, 180 and 270 degrees clockwise; nil when the matrix is broken.
    public var quarterTurnDegrees: Int? {
        clockwiseDegrees.map { Int(($0 / 90).rounded()) % 4 * 90 }
    }

    /// The exact angle when it is not a quarter turn (more than half a degree off), else nil.
    public var oddAngleDegrees: Double? {
        guard let angle = clockwiseDegrees, let turn = quarterTurnDegrees else { return nil }
        return angle == Double(turn) ? nil : angle
    }

    /// Whether the turn exchanges width and height: 90° or 270°.
    public var swapsSides: Bool { quarterTurnDegrees == 90 || quarterTurnDegrees == 270 }
}
