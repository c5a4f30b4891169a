internal import MediaFacts

extension ActivePicture {
    /// Converts a part of the stored picture to pixels as a viewer sees them: mirrored, turned and stretched as the
    /// container says.
    ///
    /// - Parameters:
    ///   - size: size of the stored picture, in samples.
    ///   - geometry: pixel shape and orientation; nil when the picture is shown as stored.
    init(
        _ box: ActivePictureDetector.Box, when: TimeRange, of size: (width: Int, height: Int),
        _ geometry: PictureGeometry?
    ) {
        var (left, right) = (Double(box.left), Double(box.right))
        var (top, bottom) = (Double(box.top), Double(box.bottom))
        var (width, height) = (Double(size.width), Double(size.height))
        if geometry?.orientation.mirrored ?? false { (top, bottom) = (height - bottom, height - top) }
        switch geometry?.orientation.quarterTurnDegrees {
        case 90:
            (left, right, top, bottom) = (height - bottom, height - top, left, right)
            (width, height) = (height, width)
        case 180: (left, right, top, bottom) = (width - right, width - left, height - bottom, height - top)
        case 270:
            (left, right, top, bottom) = (top, bottom, width - right, width - left)
            (width, height) = (height, width)
        default: break
        }
        let across = Double(geometry?.displayWidth ?? size.width) / max(1, width)
        let down = Double(geometry?.displayHeight ?? size.height) / max(1, height)
        self.init(
            when: when, x: Int((left * across).rounded()), y: Int((top * down).rounded()),
            width: max(1, Int(((right - left) * across).rounded())),
            height: max(1, Int(((bottom - top) * down).rounded())))
    }
}
