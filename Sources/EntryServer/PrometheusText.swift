/// Writes metrics in the text format of Prometheus, version 0.0.4. The samples of one metric are sorted, so that the
/// order is always the same.
///
/// Source: prometheus.io, "Exposition formats".
struct PrometheusText {
    /// The type of a metric, as `# TYPE` names it.
    enum Kind: String {
        case counter
        case gauge
    }

    /// The complete lines so far.
    private(set) var text = ""

    /// Adds a metric with its samples. A metric without samples is left out.
    mutating func add(_ name: String, _ kind: Kind, _ help: String, _ samples: [(labels: [(String, String)], Double)]) {
        guard !samples.isEmpty else { return }
        text += "# HELP \(name) \(help)\n# TYPE \(name) \(kind.rawValue)\n"
        let lines = samples.map { labels, value in
            let pairs = labels.map { "\($0)=\"\(Self.escaped($1))\"" }.joined(separator: ",")
            return name + (pairs.isEmpty ? "" : "{\(pairs)}") + " " + Self.number(value)
        }
        text += lines.sorted().map { $0 + "\n" }.joined()
    }

    private static func escaped(_ text: String) -> String {
        text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n")
    }

    /// A whole number without a fraction, any other as Swift writes it.
    private static func number(_ value: Double) -> String {
        Int64(exactly: value).map { "\($0)" } ?? "\(value)"
    }
}
