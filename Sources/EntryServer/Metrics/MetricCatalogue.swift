internal import ContestRules
internal import EntryIntake
internal import ServiceMetrics

/// Declares every metric of the service, with the closed set of its labels.
struct MetricCatalogue {
    /// Ids of the contests that take entries.
    let contests: [String]
    /// Names of the ends of workers.
    let workerEnds: [String]
    /// The routes of the service; their patterns are the values of the label `route`.
    let routes: RouteList

    /// Values of the label `method` besides `other`.
    static let methods: Set<String> = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]
    /// Values of the label `outcome` of webhooks.
    static let webhookOutcomes = WebhookOutcome.allCases.map(\.rawValue)

    /// Upper bounds of the times of requests and phases, in seconds. The longest reading of one file takes minutes.
    private static let longTimes = [
        0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300, 900,
    ]
    /// Upper bounds of the times of transactions, in seconds. A commit waits for the disk once.
    private static let shortTimes = [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5, 1, 5]

    /// Every metric.
    var declarations: [MetricDeclaration] { requests + checks + background + gauges }

    private func declare(
        _ name: MetricName, _ kind: MetricDeclaration.Kind, _ help: String, _ labels: MetricLabel...
    ) -> MetricDeclaration {
        MetricDeclaration(name.rawValue, kind, help, labels: labels)
    }

    private var requests: [MetricDeclaration] {
        let method = MetricLabel.list("method", Self.methods)
        let route = MetricLabel.allowing("route") { [routes] in $0 == "unknown" || routes.hasPattern($0) }
        let status = MetricLabel.allowing("status") { Int($0).map((100...599).contains) == true }
        return [
            declare(.requests, .counter, "Answered requests.", method, route, status),
            declare(
                .requestTime, .histogram(bounds: Self.longTimes), "Time until the answer to a request began.", method,
                route),
            declare(.receivedBytes, .counter, "Bytes of request bodies."),
            declare(.sentBytes, .counter, "Bytes of response bodies."),
        ]
    }

    private var checks: [MetricDeclaration] {
        [
            declare(
                .reports, .counter, "Complete reports.", .list("contest", contests),
                .list("verdict", Verdict.allCases.map(\.rawValue))),
            declare(
                .phaseTime, .histogram(bounds: Self.longTimes), "Time of the phases of a submitted file.",
                .list("phase", WorkPhase.allCases.map(\.rawValue))),
            declare(
                .databaseTime, .histogram(bounds: Self.shortTimes), "Time of transactions, waiting included.",
                .list("access", DatabaseAccess.allCases.map(\.rawValue))),
            declare(
                .workerDeaths, .counter, "Workers that ended without an answer or could not start.",
                .list("reason", workerEnds)),
        ]
    }

    private var background: [MetricDeclaration] {
        let work = MetricLabel.list("work", BackgroundWork.allCases.map(\.rawValue))
        return [
            declare(
                .backgroundFailures, .counter, "Failed steps of background work; each has a log line.", work),
            declare(.givenUp, .counter, "Background work that is not tried again.", work),
            declare(.webhooks, .counter, "Attempts to deliver a webhook.", .list("outcome", Self.webhookOutcomes)),
        ]
    }

    private var gauges: [MetricDeclaration] {
        let line = MetricLabel.list("line", Inspector.Line.allCases.map(\.rawValue))
        return [
            declare(.buildInfo, .gauge, "Always 1; the label names the version.", .list("version", [Release.version])),
            declare(.ready, .gauge, "1 when the service takes entries and can read files, else 0."),
            declare(.openConnections, .gauge, "Open connections."),
            declare(.connectionsLimit, .gauge, "Connections that may be open."),
            declare(.queueRunning, .gauge, "Files that are read now.", line),
            declare(.queueRunningLimit, .gauge, "Files that may be read at once.", line),
            declare(.queueWaiting, .gauge, "Files that wait for their turn to be read.", line),
            declare(.queueWaitingLimit, .gauge, "Files that may wait.", line),
            declare(.checksRunning, .gauge, "Content checks that run now."),
            declare(.checksWaiting, .gauge, "Content checks that wait for their turn."),
            declare(.backlog, .gauge, "Entries with a file that wait for their first report."),
            declare(.openUploads, .gauge, "Uploads that have not become an entry."),
            declare(.webhooksWaiting, .gauge, "Webhook deliveries that wait for an attempt."),
            declare(.freeDisk, .gauge, "Free bytes on the disk of the data folder."),
        ]
    }
}
