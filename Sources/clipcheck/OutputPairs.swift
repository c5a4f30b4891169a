import Foundation

/// Which format goes where: `--format html --output a.html --format junit --output b.xml`.
///
/// As many outputs as formats go together in their order. With fewer, an `--output` belongs to the nearest `--format`
/// before it, and the formats without one go to standard output. The order of the two flags is only in the raw arguments:
/// the parser gathers each flag in a list of its own.
struct OutputPairs: Equatable {
    /// A format with its file.
    struct Pair: Equatable {
        /// Nil for the default format.
        var format: String?
        /// Nil for standard output.
        var output: String?
    }

    /// In the order of the formats.
    var pairs: [Pair]
    /// Outputs that no format is left for.
    var surplus: [String]

    /// Reads the arguments, which the parser has accepted already.
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
