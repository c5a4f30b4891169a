internal import ContestRules

/// The results of a run as one JSON array, indented for people.
public struct JSONRun: RunRendering {
    private var isEmpty = true

    /// Makes a renderer.
    public init() {}

    /// One file's JSON, after `[` or the comma that separates it from the one before.
    public mutating func piece(_ file: CheckedFile) -> String {
        defer { isEmpty = false }
        return (isEmpty ? "[\n" : ",\n") + WireJSON.text(file, isPretty: true)
    }

    /// The end of the array; the whole empty array when no file came before.
    public mutating func closing(_ summary: RunSummary) -> String { isEmpty ? "[]\n" : "\n]\n" }
}

/// The results of a run as JSON objects, one on each line.
public struct NDJSONRun: RunRendering {
    /// Makes a renderer.
    public init() {}

    /// One file's JSON, ending with LF.
    public mutating func piece(_ file: CheckedFile) -> String { WireJSON.text(file, isPretty: false) + "\n" }
}

extension WireJSON {
    fileprivate static func text(_ file: CheckedFile, isPretty: Bool) -> String {
        // Encoding strings and numbers into memory cannot fail.
        (try? data(file, isPretty: isPretty)).map { String(decoding: $0, as: UTF8.self) } ?? "null"
    }
}
