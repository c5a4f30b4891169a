internal import Synchronization

/// One declared metric with all its series.
final class MetricFamily: Sendable {
    /// The declaration.
    let declaration: MetricDeclaration
    private let series: Mutex<[[String]: Series]>

    /// The numbers of one series.
    enum Series: Sendable {
        case number(NumberSeries)
        case histogram(HistogramSeries)
    }

    init(_ declaration: MetricDeclaration) {
        self.declaration = declaration
        series = Mutex(
            Dictionary(
                uniqueKeysWithValues: declaration.initialSeries.map { ($0, Self.newSeries(declaration.kind)) }))
    }

    private static func newSeries(_ kind: MetricDeclaration.Kind) -> Series {
        switch kind {
        case .counter: .number(NumberSeries(0))
        case .gauge: .number(NumberSeries(.nan))
        case .histogram(let bounds): .histogram(HistogramSeries(bounds: bounds))
        }
    }

    /// The series with these labels, made when missing. A label that the declaration does not name is dropped; a label
    /// that is missing, or has a value outside its set, is `other`.
    func series(_ dimensions: [(String, String)]) -> Series {
        let values = declaration.labels.map { label in
            label.closed(dimensions.first { $0.0 == label.name }?.1 ?? MetricLabel.other)
        }
        return series.withLock { series in
            if let known = series[values] { return known }
            let new = Self.newSeries(declaration.kind)
            series[values] = new
            return new
        }
    }

    /// Adds the samples of every series to `text`, in the order of their labels.
    func write(to text: inout PrometheusText) {
        let series = series.withLock { $0 }.sorted { $0.key.lexicographicallyPrecedes($1.key) }
        var samples: [PrometheusText.Sample] = []
        for (values, series) in series {
            let labels = Array(zip(declaration.labels.map(\.name), values))
            switch series {
            case .number(let number) where number.value.isNaN: continue
            case .number(let number): samples.append(PrometheusText.Sample(labels: labels, value: number.value))
            case .histogram(let histogram): samples += Self.samples(of: histogram, labels)
            }
        }
        text.add(declaration.name, declaration.kind.word, declaration.help, samples)
    }

    private static func samples(
        of histogram: HistogramSeries, _ labels: [(String, String)]
    ) -> [PrometheusText.Sample] {
        let (cumulated, sum) = histogram.state
        let buckets = zip(histogram.bounds + [.infinity], cumulated).map { bound, count in
            PrometheusText.Sample(
                suffix: "_bucket", labels: labels + [("le", PrometheusText.number(bound))], value: Double(count))
        }
        return buckets + [
            PrometheusText.Sample(suffix: "_sum", labels: labels, value: sum),
            PrometheusText.Sample(suffix: "_count", labels: labels, value: Double(cumulated.last ?? 0)),
        ]
    }
}

extension MetricDeclaration.Kind {
    /// The word of `# TYPE`.
    fileprivate var word: String {
        switch self {
        case .counter: "counter"
        case .gauge: "gauge"
        case .histogram: "histogram"
        }
    }
}
