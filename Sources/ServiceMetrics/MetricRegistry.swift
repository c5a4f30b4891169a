public import CoreMetrics

/// The metrics of one service: makes the handlers behind the counters, gauges and timers of swift-metrics, and writes
/// them in the text format of Prometheus.
///
/// Only declared metrics are kept. A counter, gauge or timer with another name, or whose type differs from the
/// declaration, counts nothing. Destroying one keeps its series, because a counter must not begin again.
public final class MetricRegistry: MetricsFactory {
    private let families: [String: MetricFamily]

    /// Makes a registry. A name that is declared twice ends the process.
    public init(_ declarations: [MetricDeclaration]) {
        families = Dictionary(uniqueKeysWithValues: declarations.map { ($0.name, MetricFamily($0)) })
    }

    /// Every series now, and the state of the process, in the order of their names.
    public func text() -> String {
        var text = PrometheusText()
        for (_, family) in families.sorted(by: { $0.key < $1.key }) { family.write(to: &text) }
        ProcessState.current?.write(to: &text)
        return text.text
    }

    /// The series of a declared counter or gauge; nil when `label` names no metric of that kind.
    private func number(
        _ label: String, _ dimensions: [(String, String)], of kind: MetricDeclaration.Kind
    ) -> NumberSeries? {
        guard let family = families[label], family.declaration.kind == kind,
            case .number(let series) = family.series(dimensions)
        else { return nil }
        return series
    }

    /// The series of a declared histogram; nil when `label` names none.
    private func histogram(_ label: String, _ dimensions: [(String, String)]) -> HistogramSeries? {
        guard let family = families[label], family.declaration.isHistogram,
            case .histogram(let series) = family.series(dimensions)
        else { return nil }
        return series
    }
}

extension MetricRegistry {
    /// The counter behind `Counter`.
    public func makeCounter(label: String, dimensions: [(String, String)]) -> any CounterHandler {
        let series: (any CounterHandler)? = number(label, dimensions, of: .counter)
        return series ?? NOOPMetricsHandler.instance
    }

    /// The counter behind `FloatingPointCounter`.
    public func makeFloatingPointCounter(
        label: String, dimensions: [(String, String)]
    ) -> any FloatingPointCounterHandler {
        let series: (any FloatingPointCounterHandler)? = number(label, dimensions, of: .counter)
        return series ?? NOOPMetricsHandler.instance
    }

    /// The gauge behind `Meter`.
    public func makeMeter(label: String, dimensions: [(String, String)]) -> any MeterHandler {
        let series: (any MeterHandler)? = number(label, dimensions, of: .gauge)
        return series ?? NOOPMetricsHandler.instance
    }

    /// The gauge behind `Gauge`, or the histogram behind `Recorder`.
    public func makeRecorder(
        label: String, dimensions: [(String, String)], aggregate: Bool
    ) -> any RecorderHandler {
        let series: (any RecorderHandler)? =
            aggregate ? histogram(label, dimensions) : number(label, dimensions, of: .gauge)
        return series ?? NOOPMetricsHandler.instance
    }

    /// The histogram behind `Timer`, in seconds.
    public func makeTimer(label: String, dimensions: [(String, String)]) -> any TimerHandler {
        let series: (any TimerHandler)? = histogram(label, dimensions)
        return series ?? NOOPMetricsHandler.instance
    }

    /// Keeps the series.
    public func destroyCounter(_ handler: any CounterHandler) {}
    /// Keeps the series.
    public func destroyFloatingPointCounter(_ handler: any FloatingPointCounterHandler) {}
    /// Keeps the series.
    public func destroyMeter(_ handler: any MeterHandler) {}
    /// Keeps the series.
    public func destroyRecorder(_ handler: any RecorderHandler) {}
    /// Keeps the series.
    public func destroyTimer(_ handler: any TimerHandler) {}
}
