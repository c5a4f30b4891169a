internal import MediaFacts

/// The size of a still, and the turn that brings a stored picture upright.
struct StillShape: Hashable {
    /// Width of the still as stored, before the turn; even, 2 to `FactBounds.stillSide`.
    let storedWidth: Int
    /// Height of the still as stored, before the turn; even, 2 to `FactBounds.stillSide`.
    let storedHeight: Int
    /// Whether the stored picture is flipped top to bottom before the turn.
    let isMirrored: Bool
    /// Clockwise turns by 90°, 0 to 3.
    let quarterTurns: Int

    /// Width of the still as shown.
    var width: Int { quarterTurns % 2 == 1 ? storedHeight : storedWidth }
    /// Height of the still as shown.
    var height: Int { quarterTurns % 2 == 1 ? storedWidth : storedHeight }

    /// Computes the shape of a still. Pixels become square; no side becomes longer than the shown picture's.
    ///
    /// - Parameters:
    ///   - width: samples in a line of the stored picture; values below one count as one.
    ///   - height: lines of the stored picture; values below one count as one.
    ///   - geometry: pixel shape and orientation; nil means square pixels, upright.
    init(width: Int, height: Int, _ geometry: PictureGeometry?) {
        let shape = geometry?.sampleAspectRatio.value ?? 1
        let (shownWidth, shownHeight) = (Double(max(1, width)) * max(shape, 0), Double(max(1, height)))
        let scale = min(1, Double(FactBounds.stillSide) / max(shownWidth, shownHeight))
        storedWidth = Self.even(shownWidth * scale)
        storedHeight = Self.even(shownHeight * scale)
        isMirrored = geometry?.orientation.mirrored ?? false
        quarterTurns = (geometry?.orientation.quarterTurnDegrees ?? 0) / 90
    }

    /// The nearest even number within the limits of a side, the lower one of two. JPEG's colour planes have half as
    /// many samples, so sides are even.
    private static func even(_ side: Double) -> Int {
        guard side.isFinite else { return FactBounds.stillSide }
        return max(2, min(FactBounds.stillSide, Int((side / 2 - 0.5).rounded(.up)) * 2))
    }
}
