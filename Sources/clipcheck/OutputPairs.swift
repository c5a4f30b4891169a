import Foundation

/// Joins every `--format` of a command line to its `--output`, as in `--format html --output a.html --format junit
/// --output b.xml`.
///
/// With as many outputs as formats, the two lists are joined in their order. With fewer outputs, an `--output` belongs
/// to the nearest `--format` before it, and formats without one go to standard output. Only the raw arguments tell the
/// order of the two flags, because the parser gathers each flag in a list of its own.
struct OutputPairs: Equatable {
    /// A format and its file.
    struct Pair: Equatable {
        /// Name of the format; nil for the default one, text.
        var format: String?
        /// Path of the file; nil for standard output.
        var output: String?
    }

    /// The pairs, in the order of the formats.
    var pairs: [Pair]
    /// Outputs that no format is left for, which is a usage error.
    var surplus: [String]

    /// Reads raw arguments that the parser has already accepted.
    init(_ arguments: [String]) {
        let flags = Self.flags(arguments)
        let (formats, outputs) = (flags.filter(\.isFormat), flags.filter { !$0.isFormat })
        surplus = []
        if formats.count <= outputs.count {
            let named = formats.isEmpty ? [nil] : formats.map { Optional($0.value) }
            pairs = zip(named, outputs).map { Pair(format: $0, output: $1.value) }
            surplus = outputs.dropFirst(named.count).map(\.value)
            if outputs.isEmpty { pairs = [Pair(format: nil, output: nil)] }
            return
        }
        pairs = []
        var waiting: [String] = []
        for flag in flags {
            if flag.isFormat {
                pairs.append(Pair(format: flag.value, output: waiting.isEmpty ? nil : waiting.removeFirst()))
            } else if let open = pairs.lastIndex(where: { $0.output == nil }) {
                pairs[open].output = flag.value
            } else {
                waiting.append(flag.value)
            }
        }
    }

    private static func flags(_ arguments: [String]) -> [(isFormat: Bool, value: String)] {
        var flags: [(Bool, String)] = []
        var rest = arguments[...]
        while let argument = rest.popFirst(), argument != "--" {
            let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            guard parts[0] == "--format" || parts[0] == "--output" else { continue }
            guard let value = parts.count > 1 ? parts[1] : rest.popFirst() else { break }
            flags.append((parts[0] == "--format", value))
        }
        return flags
    }
}
