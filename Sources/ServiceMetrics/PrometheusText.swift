/// Writes metrics in the text format of Prometheus, version 0.0.4.
///
/// Source: prometheus.io, "Exposition formats".
struct PrometheusText {
    /// One line with a number.
    struct Sample {
        /// End of the name: `_bucket`, `_sum` or `_count` of a histogram, else empty.
        var suffix = ""
        /// Names and values of the labels, in the order in which they are written.
        var labels: [(String, String)] = []
        /// The number.
        var value: Double
    }

    /// The complete lines so far.
    private(set) var text = ""

    /// Adds a metric. A metric without samples is left out.
    ///
    /// - Parameter type: `counter`, `gauge` or `histogram`.
    mutating func add(_ name: String, _ type: String, _ help: String, _ samples: [Sample]) {
        guard !samples.isEmpty else { return }
        text += "# HELP \(name) \(Self.escaped(help, quotes: false))\n# TYPE \(name) \(type)\n"
        for sample in samples {
            text += name + sample.suffix
            if !sample.labels.isEmpty {
                let pairs = sample.labels.map { "\($0)=\"\(Self.escaped($1, quotes: true))\"" }
                text += "{" + pairs.joined(separator: ",") + "}"
            }
            text += " " + Self.number(sample.value) + "\n"
        }
    }

    /// A number as Prometheus reads it: whole numbers without a fraction, `+Inf`, `-Inf`, `NaN`.
    static func number(_ value: Double) -> String {
        if let whole = Int64(exactly: value) { return "\(whole)" }
        if value.isNaN { return "NaN" }
        guard value.isInfinite else { return "\(value)" }
        return value > 0 ? "+Inf" : "-Inf"
    }

    /// A backslash and a line feed are escaped everywhere, a quotation mark only in values of labels.
    private static func escaped(_ text: String, quotes: Bool) -> String {
        let text = text.replacing("\\", with: "\\\\").replacing("\n", with: "\\n")
        return quotes ? text.replacing("\"", with: "\\\"") : text
    }
}
