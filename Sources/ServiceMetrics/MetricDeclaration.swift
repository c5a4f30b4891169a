/// What one metric is called, means and measures. A metric that is not declared is not kept.
public struct MetricDeclaration: Sendable {
    /// The type of a metric.
    public enum Kind: Sendable, Hashable {
        /// A number that only grows.
        case counter
        /// A number of the moment. A gauge that was never set, or was set to NaN, has no sample.
        case gauge
        /// Counts of values by size, and their sum.
        ///
        /// - Parameter bounds: upper bounds of the buckets, each included, in ascending order, without infinity.
        case histogram(bounds: [Double])
    }

    /// Name of the metric, with its unit: `_seconds`, `_bytes`; counters end with `_total`.
    public let name: String
    /// A sentence for the reader of the metrics.
    public let help: String
    /// The type.
    public let kind: Kind
    /// The labels, in the order in which they are written.
    public let labels: [MetricLabel]

    /// Declares a metric.
    ///
    /// A name outside `[a-zA-Z_:][a-zA-Z0-9_:]*`, a label outside `[a-zA-Z_][a-zA-Z0-9_]*`, the label `le`, and bounds
    /// that do not ascend end the process: they are mistakes of the program. Source: prometheus.io, "Data model".
    public init(_ name: String, _ kind: Kind, _ help: String, labels: [MetricLabel] = []) {
        precondition(Self.isName(name, with: ":"), "\(name) is no name of a metric")
        precondition(labels.allSatisfy { Self.isName($0.name) && $0.name != "le" }, "\(name) has a bad label")
        if case .histogram(let bounds) = kind {
            precondition(zip(bounds, bounds.dropFirst()).allSatisfy { $0 < $1 }, "bounds of \(name) do not ascend")
            precondition(bounds.allSatisfy(\.isFinite), "\(name) has a bound that is not finite")
        }
        (self.name, self.help, self.kind, self.labels) = (name, help, kind, labels)
    }

    private static func isName(_ text: String, with extra: String = "") -> Bool {
        let letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_" + extra
        return text.first.map(letters.contains) == true
            && text.allSatisfy { letters.contains($0) || "0123456789".contains($0) }
    }

    /// Whether the metric is a histogram.
    var isHistogram: Bool {
        if case .histogram = kind { true } else { false }
    }

    /// Label values of the series that begin at zero: every combination of the listed values; none when a label has no
    /// list.
    var initialSeries: [[String]] {
        guard kind == .counter else { return [] }
        return labels.reduce([[]]) { series, label in
            series.flatMap { values in (label.listed ?? []).map { values + [$0] } }
        }
    }
}
