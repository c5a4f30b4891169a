/// Removes control characters, which could drive a terminal, break a line or make a document invalid. Every output format
/// uses this function and adds the rules of its own syntax.
enum ControlCharacters {
    /// `text` with `substitute` for each control character: U+0000 to U+001F and U+007F to U+009F, the general category
    /// Cc of Unicode.
    ///
    /// The loop goes by scalar, not by character: `<` and a combining mark are one `Character`, but still begin a tag,
    /// and CR LF is one `Character`, too.
    ///
    /// - Parameters:
    ///   - substitute: replaces a control character; empty leaves it out.
    ///   - rule: the text that the format writes for a scalar, given with the scalar before it; nil for a scalar that
    ///     the format has no rule for.
    static func replaced(
        in text: String, by substitute: String = "\u{fffd}",
        _ rule: (_ scalar: Unicode.Scalar, _ previous: Unicode.Scalar?) -> String? = { _, _ in nil }
    ) -> String {
        var result = ""
        result.reserveCapacity(text.utf8.count)
        var previous: Unicode.Scalar?
        for scalar in text.unicodeScalars {
            if let written = rule(scalar, previous) {
                result += written
            } else if scalar.properties.generalCategory == .control {
                result += substitute
            } else {
                result.unicodeScalars.append(scalar)
            }
            previous = scalar
        }
        return result
    }
}
