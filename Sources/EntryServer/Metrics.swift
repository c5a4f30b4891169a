internal import ContestRules
internal import Synchronization

/// Counts since the service started, written in Prometheus' text format 0.0.4.
final class Metrics: Sendable {
    private struct Request: Hashable {
        var method: String
        var route: String
        var status: Int
    }

    private struct State {
        var requests: [Request: Int] = [:]
        var requestSeconds = 0.0
        var verdicts: [String: Int] = [:]
    }

    private let state = Mutex(State())

    /// Counts an answered request.
    func countRequest(method: String, route: String, status: Int, _ elapsed: Duration) {
        state.withLock { state in
            state.requests[Request(method: method, route: route, status: status), default: 0] += 1
            state.requestSeconds += elapsed / .seconds(1)
        }
    }

    /// Counts a new report, but for one that another will complete.
    func count(_ report: Report) {
        guard !report.isPending else { return }
        state.withLock { $0.verdicts[report.verdict.rawValue, default: 0] += 1 }
    }

    /// All counts as text.
    var text: String {
        let state = state.withLock { $0 }
        var lines = ["# TYPE clipcheck_requests_total counter"]
        lines += state.requests.map { key, count in
            "clipcheck_requests_total{method=\"\(key.method)\",route=\"\(key.route)\",status=\"\(key.status)\"} \(count)"
        }.sorted()
        lines += [
            "# TYPE clipcheck_request_seconds_total counter", "clipcheck_request_seconds_total \(state.requestSeconds)",
        ]
        lines += ["# TYPE clipcheck_reports_total counter"]
        lines += state.verdicts.map { "clipcheck_reports_total{verdict=\"\($0)\"} \($1)" }.sorted()
        return lines.joined(separator: "\n") + "\n"
    }
}
