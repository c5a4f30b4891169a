internal import ContestRules
internal import EntryIntake
internal import Synchronization

/// Counts since the service started, and writes them with the present gauges in the text format of Prometheus, version
/// 0.0.4.
///
/// Every label has a closed set of values, so that no client can make the number of samples grow.
final class Metrics: Sendable {
    /// The labels of the request counter.
    private struct Request: Hashable {
        var method: String
        var route: String
        var status: Int
    }

    private struct State {
        var requests: [Request: Int] = [:]
        var requestSeconds = 0.0
        var verdicts: [Verdict: Int] = [:]
        var failures: [BackgroundWork: Int] = [:]
        var givenUp: [BackgroundWork: Int] = [:]
        var attempts: [WebhookOutcome: Int] = [:]
    }

    private let state = Mutex(State())

    /// Values of the label `method` besides `other`.
    private static let methods: Set<String> = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]

    /// Counts an answered request.
    ///
    /// - Parameter route: pattern of the route; nil when no route matched, counted as `unknown`.
    func countRequest(method: String, route: String?, status: Int, _ elapsed: Duration) {
        let request = Request(
            method: Self.methods.contains(method) ? method : "other", route: route ?? "unknown", status: status)
        state.withLock { state in
            state.requests[request, default: 0] += 1
            state.requestSeconds += elapsed / .seconds(1)
        }
    }

    /// Counts a new report. A pending report is not counted, because the report that replaces it will be.
    func count(_ report: Report) {
        guard !report.isPending else { return }
        state.withLock { $0.verdicts[report.verdict, default: 0] += 1 }
    }

    /// Counts a failed step of background work.
    func countFailure(_ work: BackgroundWork) { state.withLock { $0.failures[work, default: 0] += 1 } }

    /// Counts a piece of background work that will not be tried again.
    func countGivenUp(_ work: BackgroundWork) { state.withLock { $0.givenUp[work, default: 0] += 1 } }

    /// Counts an attempt to deliver an event to a webhook target.
    func countAttempt(_ outcome: WebhookOutcome) { state.withLock { $0.attempts[outcome, default: 0] += 1 } }

    /// The text of all counts and of `gauges`.
    func text(_ gauges: [Gauge]) -> String {
        let state = state.withLock { $0 }
        var text = PrometheusText()
        text.add(
            "clipcheck_requests_total", .counter, "Answered requests.",
            state.requests.map { key, count in
                ([("method", key.method), ("route", key.route), ("status", "\(key.status)")], Double(count))
            })
        text.add(
            "clipcheck_request_seconds_total", .counter, "Time until the answers of all requests, in seconds.",
            [([], state.requestSeconds)])
        text.add(
            "clipcheck_reports_total", .counter, "Complete reports by verdict.",
            Verdict.allCases.map { ([("verdict", $0.rawValue)], Double(state.verdicts[$0] ?? 0)) })
        text.add(
            "clipcheck_background_failures_total", .counter, "Failed steps of background work; each has a log line.",
            BackgroundWork.allCases.map { ([("work", $0.rawValue)], Double(state.failures[$0] ?? 0)) })
        text.add(
            "clipcheck_given_up_total", .counter, "Background work that is not tried again.",
            BackgroundWork.allCases.map { ([("work", $0.rawValue)], Double(state.givenUp[$0] ?? 0)) })
        text.add(
            "clipcheck_webhook_attempts_total", .counter, "Attempts to deliver an event to a webhook target.",
            WebhookOutcome.allCases.map { ([("outcome", $0.rawValue)], Double(state.attempts[$0] ?? 0)) })
        for gauge in gauges { text.add(gauge.name, .gauge, gauge.help, [([], gauge.value)]) }
        return text.text
    }

    /// A metric whose value is measured when the text is written.
    struct Gauge {
        var name: String
        var help: String
        var value: Double
    }
}
