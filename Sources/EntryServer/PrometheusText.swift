/// Writes metrics in the text format of Prometheus, version 0.0.4: the lines of one metric together, in a fixed order.
///
/// Source: prometheus.io, "Exposition formats".
struct PrometheusText {
    /// Kind of a metric.
    enum Kind: String {
        case counter
        case gauge
    }

    /// The lines so far, the last one ended.
    private(set) var text = ""

    /// Adds a metric with its samples; one without samples is left out.
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
