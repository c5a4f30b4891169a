internal import ContestRules
internal import EntryIntake
internal import Hummingbird
internal import Logging

/// Counts results and failures of background work, and writes one log line for each failure: its code, its cause, the
/// entry.
struct ServiceObserver: BackgroundObserver {
    let meter: ServiceMeter
    let logger: Logger

    func completed(_ report: Report) { meter.count(report) }

    func failed(_ failure: BackgroundFailure) {
        meter.countFailure(failure.work)
        // The client causes failures such as a replaced file or a deleted entry; they are logged as notices, not as
        // errors.
        let isOurs = Problem(failure.error).status.kind == .serverError
        var metadata: Logger.Metadata = ["work": "\(failure.work.rawValue)"]
        metadata["cause"] = failure.error.cause.map { "\($0)" }
        metadata["entry"] = failure.entry.map { "\($0)" }
        logger.log(level: isOurs ? .error : .notice, "\(failure.error.code.rawValue)", metadata: metadata)
    }

    func gaveUp(_ work: BackgroundWork, onEntry entry: String) {
        meter.countGivenUp(work)
        logger.error("given-up", metadata: ["work": "\(work.rawValue)", "entry": "\(entry)"])
    }

    func attempted(_ outcome: WebhookOutcome) { meter.countWebhook(outcome) }
}
