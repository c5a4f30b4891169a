/// Whether a file reaches the end that its own structure promises. A name that only a later version knows is kept as
/// text.
public struct FileEndFact: RawRepresentable, Sendable, Hashable, Codable {
    /// The name on the wire.
    public var rawValue: String
    /// Accepts any name, also one that this version does not know.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// Everything that the structure promises lies inside the file.
    public static let reached = FileEndFact(rawValue: "reached")
    /// The file ends before the promised end: it was cut.
    public static let missing = FileEndFact(rawValue: "missing")
    /// The structure promises no end (live recordings, elementary streams).
    public static let unknown = FileEndFact(rawValue: "unknown")
}
