extension ActivePictureDetector {
    /// A rectangle of the stored picture in samples; right and bottom are exclusive.
    struct Box: Equatable {
        var left: Int
        var top: Int
        var right: Int
        var bottom: Int

        var width: Int { right - left }
        var height: Int { bottom - top }

        /// The smallest box that contains both.
        func united(with other: Box) -> Box {
            Box(
                left: min(left, other.left), top: min(top, other.top), right: max(right, other.right),
                bottom: max(bottom, other.bottom))
        }

        /// Whether every edge lies within a margin of the same edge of `other`.
        ///
        /// - Parameter margin: samples across and lines down.
        func isNear(_ other: Box, _ margin: (across: Int, down: Int)) -> Bool {
            abs(left - other.left) <= margin.across && abs(right - other.right) <= margin.across
                && abs(top - other.top) <= margin.down && abs(bottom - other.bottom) <= margin.down
        }
    }
}
