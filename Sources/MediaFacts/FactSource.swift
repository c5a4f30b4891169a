/// The origin of a figure. A name that only a later version knows is kept as text.
public struct FactSource: RawRepresentable, Sendable, Hashable, Codable {
    /// The name on the wire.
    public var rawValue: String
    /// Accepts any name, also one that this version does not know.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// The header of the container or of the codec; the figure is a claim.
    public static let header = FactSource(rawValue: "header")
    /// The coded stream itself, read by the codec's parser.
    public static let stream = FactSource(rawValue: "stream")
    /// The figure was computed from every packet of the file.
    public static let packets = FactSource(rawValue: "packets")
    /// The figure was read from a decoded picture.
    public static let picture = FactSource(rawValue: "picture")
}
