public import Foundation

/// The one way in which clipcheck writes JSON: keys in alphabetical order, so that equal values are equal text.
public enum WireJSON {
    /// The encoder. `isPretty` breaks lines and indents, for people.
    public static func encoder(isPretty: Bool = false) -> JSONEncoder {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        if isPretty { encoder.outputFormatting.insert(.prettyPrinted) }
        return encoder
    }

    /// `value` as UTF-8 text.
    public static func data(_ value: some Encodable, isPretty: Bool = false) throws -> Data {
        try encoder(isPretty: isPretty).encode(value)
    }
}
