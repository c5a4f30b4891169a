import ArgumentParser
import TextDecoding

/// A path on the command line, kept byte by byte because a file name need not be UTF-8.
struct PathArgument: ExpressibleByArgument, Sendable, Hashable {
    /// The path without a closing zero.
    let bytes: [UInt8]

    init(argument: String) { bytes = RawArguments.process.bytes(of: argument) }

    /// The path as C functions take it, with its closing zero.
    var cString: [CChar] { bytes.map { CChar(bitPattern: $0) } + [0] }

    /// The path as readable text.
    var text: String { DecodedName(path: bytes).text }

    /// The bytes of the path, percent-encoded, when they are not UTF-8; nil when they are.
    var rawText: String? { DecodedName(path: bytes).encoding == .utf8 ? nil : bytes.percentEncodedPath }

    /// Text that identifies the path: the path itself when it is UTF-8, otherwise its percent-encoding.
    var key: String { rawText ?? text }
}
