internal import ContestRules
internal import CoreMetrics
public import EntryIntake
internal import ServiceMetrics
internal import Synchronization

/// Counts and times the work of the service, through the API of swift-metrics.
public final class ServiceMeter: Sendable {
    /// Keeps the numbers.
    private let registry: MetricRegistry
    /// The routes of the service; empty until the server has added them.
    let routes = RouteList()
    private let phases: [WorkPhase: Timer]
    private let accesses: [DatabaseAccess: Timer]
    private let received: Counter
    private let sent: Counter
    private let requests = Mutex<[RequestKey: (count: Counter, time: Timer)]>([:])

    /// The labels of one series of requests.
    private struct RequestKey: Hashable {
        var method: String
        var route: String
        var status: Int
    }

    /// Makes a meter at zero.
    ///
    /// - Parameters:
    ///   - contests: ids of the contests that take entries; reports by another contest count as `other`.
    ///   - workerEnds: names of the abnormal ends of workers.
    public init(contests: [String], workerEnds: [String]) {
        let catalogue = MetricCatalogue(contests: contests, workerEnds: workerEnds, routes: routes)
        let registry = MetricRegistry(catalogue.declarations)
        self.registry = registry
        phases = Dictionary(
            uniqueKeysWithValues: WorkPhase.allCases.map {
                ($0, Timer(.phaseTime, [("phase", $0.rawValue)], registry))
            })
        accesses = Dictionary(
            uniqueKeysWithValues: DatabaseAccess.allCases.map {
                ($0, Timer(.databaseTime, [("access", $0.rawValue)], registry))
            })
        received = Counter(.receivedBytes, [], registry)
        sent = Counter(.sentBytes, [], registry)
        Gauge(.buildInfo, [("version", Release.version)], registry).record(1)
    }

    /// Counts an answered request.
    ///
    /// - Parameter route: pattern of the route; nil when no route matched, counted as `unknown`.
    func countRequest(method: String, route: String?, status: Int, _ elapsed: Duration) {
        let key = RequestKey(
            method: MetricCatalogue.methods.contains(method) ? method : MetricLabel.other, route: route ?? "unknown",
            status: status)
        let series = requests.withLock { requests in
            if let known = requests[key] { return known }
            let labels = [("method", key.method), ("route", key.route)]
            let new = (
                Counter(.requests, labels + [("status", "\(status)")], registry), Timer(.requestTime, labels, registry)
            )
            requests[key] = new
            return new
        }
        series.count.increment()
        series.time.recordNanoseconds(elapsed.wholeNanoseconds)
    }

    /// Counts bytes of a request's body.
    func countReceived(_ bytes: Int) { received.increment(by: bytes) }

    /// Counts bytes of a response's body.
    func countSent(_ bytes: Int) { sent.increment(by: bytes) }

    /// Counts a new report. A pending report is not counted, because the report that replaces it will be.
    func count(_ report: Report) {
        guard !report.isPending else { return }
        Counter(.reports, [("contest", report.contest.id), ("verdict", report.verdict.rawValue)], registry).increment()
    }

    /// Counts a failed step of background work.
    func countFailure(_ work: BackgroundWork) {
        Counter(.backgroundFailures, [("work", work.rawValue)], registry).increment()
    }

    /// Counts a piece of background work that will not be tried again.
    func countGivenUp(_ work: BackgroundWork) { Counter(.givenUp, [("work", work.rawValue)], registry).increment() }

    /// Counts an attempt to deliver an event to a webhook target.
    func countWebhook(_ outcome: WebhookOutcome) {
        Counter(.webhooks, [("outcome", outcome.rawValue)], registry).increment()
    }

    /// Counts a worker that ended without an answer or could not start.
    ///
    /// - Parameter reason: one of the ends that the meter was made with; any other word counts as `other`.
    public func countWorkerDeath(reason: String) {
        Counter(.workerDeaths, [("reason", reason)], registry).increment()
    }

    /// Every metric now, in the text format of Prometheus.
    func text() -> String { registry.text() }

    /// Sets a gauge; NaN removes its sample.
    func set(_ name: MetricName, _ labels: [(String, String)] = [], to value: Double) {
        Gauge(name, labels, registry).record(value)
    }
}

extension ServiceMeter: WorkTiming {
    /// Adds the time of a phase to its histogram.
    public func ended(_ phase: WorkPhase, after time: Duration) {
        phases[phase]?.recordNanoseconds(time.wholeNanoseconds)
    }

    /// Adds the time of a transaction to its histogram.
    public func ended(_ access: DatabaseAccess, after time: Duration) {
        accesses[access]?.recordNanoseconds(time.wholeNanoseconds)
    }
}

extension Duration {
    /// The duration in nanoseconds, rounded down; 292 years at most.
    fileprivate var wholeNanoseconds: Int64 {
        let (seconds, attoseconds) = components
        let (nanoseconds, isTooMany) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
        return isTooMany ? .max : nanoseconds + attoseconds / 1_000_000_000
    }
}

extension Counter {
    fileprivate convenience init(_ name: MetricName, _ labels: [(String, String)], _ registry: MetricRegistry) {
        self.init(label: name.rawValue, dimensions: labels, factory: registry)
    }
}

extension Timer {
    fileprivate convenience init(_ name: MetricName, _ labels: [(String, String)], _ registry: MetricRegistry) {
        self.init(label: name.rawValue, dimensions: labels, factory: registry)
    }
}

extension Gauge {
    fileprivate convenience init(_ name: MetricName, _ labels: [(String, String)], _ registry: MetricRegistry) {
        self.init(label: name.rawValue, dimensions: labels, factory: registry)
    }
}
