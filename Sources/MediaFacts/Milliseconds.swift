/// A `Duration` that JSON writes as a whole number of milliseconds.
///
/// Values of facts are `Duration` in code; the wire form names the unit in the key (`fromMilliseconds`). A number beyond
/// 64 bits of milliseconds does not occur: `FactBounds` limits every time where it is read.
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
