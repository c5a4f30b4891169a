/// The part of the picture that black bars leave free during a time range, in pixels as a viewer sees them.
public struct ActivePicture: Sendable, Hashable, Codable {
    /// The time range.
    public var when: TimeRange
    /// Distance of the left edge from the left edge of the whole picture.
    public var x: Int
    /// Distance of the top edge from the top edge of the whole picture.
    public var y: Int
    /// Width; one or more.
    public var width: Int
    /// Height; one or more.
    public var height: Int

    /// Makes a part of the picture.
    public init(when: TimeRange, x: Int, y: Int, width: Int, height: Int) {
        self.when = when
        self.x = x
        self.y = y
        self.width = width
        self.height = height
    }
}
