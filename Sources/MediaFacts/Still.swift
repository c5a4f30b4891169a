/// A picture of the film as a small JPEG: upright, unmirrored, in the shape that a viewer sees.
public struct Still: Sendable, Hashable {
    /// The time at which the picture is shown.
    public var at: Duration
    /// Width in pixels, at most `FactBounds.stillSide`.
    public var width: Int
    /// Height in pixels, at most `FactBounds.stillSide`.
    public var height: Int
    /// The JPEG file.
    public var jpeg: [UInt8]

    /// Makes a still.
    public init(at: Duration, width: Int, height: Int, jpeg: [UInt8]) {
        self.at = at
        self.width = width
        self.height = height
        self.jpeg = jpeg
    }

    /// Makes a still of a whole number of milliseconds.
    public init(atMilliseconds: Int64, width: Int, height: Int, jpeg: [UInt8]) {
        self.init(at: .milliseconds(atMilliseconds), width: width, height: height, jpeg: jpeg)
    }

    /// `at` in whole milliseconds; the store names the file of a still after it.
    public var atMilliseconds: Int64 { at.wholeMilliseconds }
}
