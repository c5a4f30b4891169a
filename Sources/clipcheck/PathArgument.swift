import ArgumentParser
import TextDecoding

/// A path on the command line, byte by byte: names need not be UTF-8.
struct PathArgument: ExpressibleByArgument, Sendable, Hashable {
    /// The path without a closing zero.
    let bytes: [UInt8]

    init(argument: String) { bytes = RawArguments.process.bytes(of: argument) }

    /// The path as C functions take it, with its closing zero.
    var cString: [CChar] { bytes.map { CChar(bitPattern: $0) } + [0] }

    /// The path for people.
    var text: String { DecodedName(path: bytes).text }

    /// The bytes of a path that is not UTF-8, percent-encoded; nil for another path.
    var rawText: String? { DecodedName(path: bytes).encoding == .utf8 ? nil : bytes.percentEncodedPath }

    /// Text that no other path has: the path itself where it is UTF-8, else its percent-encoding.
    var key: String { rawText ?? text }
}
