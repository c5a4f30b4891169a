/// The origin of a figure; kinds of later versions are kept as text.
public struct FactSource: RawRepresentable, Sendable, Hashable, Codable {
    /// The name on the wire.
    public var rawValue: String
    /// Keeps any name, known or not.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// The container's or the codec's header: a claim.
    public static let header = FactSource(rawValue: "header")
    /// The coded stream itself, read by the codec's parser.
    public static let stream = FactSource(rawValue: "stream")
    /// Every packet of the file.
    public static let packets = FactSource(rawValue: "packets")
    /// A decoded picture.
    public static let picture = FactSource(rawValue: "picture")
}
