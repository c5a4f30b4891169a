/// The first or the last picture of the film.
public struct EdgePicture: Sendable, Hashable, Codable {
    /// The time at which the picture appears.
    @Milliseconds public var at: Duration
    /// Average brightness, from 0 (black) to 1 (white).
    public var brightness: Double
    /// Whether the picture counts as black by the thresholds of `PictureContent.black`.
    public var isBlack: Bool

    private enum CodingKeys: String, CodingKey {
        case at = "atMilliseconds"
        case brightness, isBlack
    }

    /// Makes a picture; `brightness` is from 0 (black) to 1 (white).
    public init(at: Duration, brightness: Double, isBlack: Bool) {
        self.at = at
        self.brightness = brightness
        self.isBlack = isBlack
    }
}
