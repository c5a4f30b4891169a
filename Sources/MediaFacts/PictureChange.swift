/// A moment at which the film's picture takes another size, pixel shape or orientation.
public struct PictureChange: Sendable, Hashable {
    /// The time of the first picture in the new shape.
    public var at: Duration
    /// The picture from then on.
    public var picture: PictureGeometry

    /// Makes a change to the whole geometry `picture` at the time `at`.
    public init(at: Duration, picture: PictureGeometry) {
        self.at = at
        self.picture = picture
    }
}

extension PictureChange: Codable {
    private enum CodingKeys: String, CodingKey { case at = "atMilliseconds" }

    /// Reads the wire form.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        guard let picture = try PictureGeometry.decodeIfPresent(from: decoder) else {
            throw DecodingError.dataCorruptedError(forKey: .at, in: values, debugDescription: "no picture size")
        }
        self.init(at: .milliseconds(try values.decode(Int64.self, forKey: .at)), picture: picture)
    }

    /// Writes the wire form: the time, and the keys of a picture beside it.
    public func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(at.wholeMilliseconds, forKey: .at)
        try PictureGeometry.encode(picture, to: encoder)
    }
}
