/// A `Duration` that JSON writes as a whole number of milliseconds.
///
/// Facts are `Duration` in code; in the wire form the key names the unit (`fromMilliseconds`). A number of milliseconds
/// beyond 64 bits does not occur, because `FactBounds` limits every time where it is read.
@propertyWrapper
public struct Milliseconds: Sendable, Hashable, Codable {
    /// The time, at whatever precision it was measured.
    public var wrappedValue: Duration

    /// Wraps a time.
    public init(wrappedValue: Duration) { self.wrappedValue = wrappedValue }

    /// Reads a whole number of milliseconds.
    public init(from decoder: any Decoder) throws {
        wrappedValue = .milliseconds(try decoder.singleValueContainer().decode(Int64.self))
    }

    /// Writes whole milliseconds, rounded half away from zero.
    public func encode(to encoder: any Encoder) throws {
        var value = encoder.singleValueContainer()
        try value.encode(wrappedValue.wholeMilliseconds)
    }
}
