internal import MediaFacts

/// Size, crop and shape of the pictures of a Matroska track.
///
/// Source: RFC 9559 §5.1.4.1.28 (Video). A number above 2³¹ − 1 is read as 2³¹ − 1.
struct MatroskaPicture: Sendable, Hashable {
    /// PixelWidth; 0 when the element has none.
    var pixelWidth = 0
    /// PixelHeight; 0 when the element has none.
    var pixelHeight = 0
    /// PixelCropTop: samples to hide at the top.
    var cropTop = 0
    /// PixelCropBottom: samples to hide at the bottom.
    var cropBottom = 0
    /// PixelCropLeft: samples to hide on the left.
    var cropLeft = 0
    /// PixelCropRight: samples to hide on the right.
    var cropRight = 0
    /// DisplayWidth in `displayUnit`; nil when the element has none.
    var displayWidth: Int?
    /// DisplayHeight in `displayUnit`; nil when the element has none.
    var displayHeight: Int?
    /// DisplayUnit: 0 samples, 1 centimetres, 2 inches, 3 display aspect ratio, 4 unknown.
    var displayUnit = 0

    /// Whether a crop field is other than zero.
    var hasCrop: Bool { cropTop > 0 || cropBottom > 0 || cropLeft > 0 || cropRight > 0 }

    /// The part of the picture that PixelCrop leaves; nil when there is no crop, or the crop leaves nothing.
    var cropped: CropRectangle? {
        guard hasCrop, cropLeavesPicture else { return nil }
        return CropRectangle(left: cropLeft, top: cropTop, width: shownWidth, height: shownHeight)
    }

    /// Width of one sample over its height, by the display size of the *cropped* picture; nil when the display unit is
    /// neither samples nor an aspect ratio, the file states no display size, or a side is zero.
    ///
    /// In samples, a missing display side equals the cropped side (RFC 9559 §5.1.4.1.28.12). A crop that leaves nothing
    /// is ignored.
    var sampleAspectRatio: Ratio? {
        guard displayUnit == 0 || displayUnit == 3, displayWidth != nil || displayHeight != nil else { return nil }
        let (width, height) = cropLeavesPicture ? (shownWidth, shownHeight) : (pixelWidth, pixelHeight)
        let isInSamples = displayUnit == 0
        guard let wide = displayWidth ?? (isInSamples ? width : nil),
            let high = displayHeight ?? (isInSamples ? height : nil)
        else { return nil }
        return Ratio(Int64(wide) * Int64(height), Int64(high) * Int64(width))  // each factor is below 2³¹
    }

    private var shownWidth: Int { pixelWidth - cropLeft - cropRight }

    private var shownHeight: Int { pixelHeight - cropTop - cropBottom }

    private var cropLeavesPicture: Bool { shownWidth > 0 && shownHeight > 0 }
}
