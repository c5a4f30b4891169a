/// Why a text is not JSON that can be signed.
public struct JSONFault: Error, Sendable, Hashable {
    /// The kind of fault.
    public var code: Code
    /// Offset in bytes from the start of the text; nil where the fault is about a value as a whole.
    public var offset: Int?

    /// A kind of fault.
    public enum Code: String, Sendable, Hashable, CaseIterable {
        /// A byte that the grammar does not allow there.
        case unexpectedByte = "unexpected-byte"
        /// The text ends inside of a value.
        case unexpectedEnd = "unexpected-end"
        /// Bytes follow the value.
        case trailingBytes = "trailing-bytes"
        /// An object has two members of one name.
        case duplicateName = "duplicate-name"
        /// A string has half of a surrogate pair.
        case loneSurrogate = "lone-surrogate"
        /// A string is not UTF-8.
        case invalidUTF8 = "invalid-utf8"
        /// Arrays and objects nest deeper than `CanonicalJSON.mostLevels`.
        case tooDeep = "too-deep"
        /// A number is beyond the range of a double.
        case numberOutOfRange = "number-out-of-range"
        /// A number has more digits than a double can tell apart.
        case numberInexact = "number-inexact"
    }
}
