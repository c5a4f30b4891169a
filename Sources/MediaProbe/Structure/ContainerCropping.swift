internal import MediaFacts

/// The part of the coded picture that the container tells players to show.
struct ContainerCropping {
    /// The part, in samples of the coded picture.
    var rectangle: CropRectangle
    /// Width of a sample over its height inside the part; nil where cropping does not change the shape of samples.
    var sampleAspectRatio: Ratio?

    /// The picture as players show it that apply the crop; nil when the part does not lie inside the picture, or is all
    /// of it.
    func picture(of whole: PictureGeometry?) -> PictureGeometry? {
        guard let whole, rectangle.width > 0, rectangle.height > 0,
            rectangle.left + rectangle.width <= whole.codedWidth, rectangle.top + rectangle.height <= whole.codedHeight,
            !rectangle.covers(width: whole.codedWidth, height: whole.codedHeight)
        else { return nil }
        return PictureGeometry(
            codedWidth: rectangle.width, codedHeight: rectangle.height,
            sampleAspectRatio: sampleAspectRatio ?? whole.sampleAspectRatio, orientation: whole.orientation)
    }
}
