public import ContestRules

/// Receives the results and the failures of background work, which no response to a request contains.
public protocol BackgroundObserver: Sendable {
    /// A content check completed its entry's report.
    func completed(_ report: Report)

    /// A step of background work failed. The other steps continue, and the service tries the step again.
    func failed(_ failure: BackgroundFailure)

    /// The service stops trying: a content check was begun as often as allowed, or a first report failed three times.
    ///
    /// - Parameter entry: id of the entry that the work was about.
    func gaveUp(_ work: BackgroundWork, onEntry entry: String)

    /// An attempt to deliver an event to a webhook target ended.
    func attempted(_ outcome: WebhookOutcome)
}

/// A kind of background work.
public enum BackgroundWork: String, Sendable, Hashable, CaseIterable {
    /// The first report of an entry that was accepted without one.
    case backlog
    /// The decoding of picture and sound after the first report.
    case contentCheck = "content-check"
    /// The removal of expired uploads, and the entries of uploads that were whole when the service ended.
    case tidying
    /// The delivery of events to webhook targets.
    case webhook
}

/// A failed step of background work.
public struct BackgroundFailure: Sendable, Hashable {
    /// The kind of work.
    public var work: BackgroundWork
    /// The reason, with its cause for the log.
    public var error: IntakeError
    /// Id of the entry; nil when the step was about no single entry.
    public var entry: String?

    /// Describes a failure of `work`.
    public init(_ work: BackgroundWork, _ error: IntakeError, entry: String? = nil) {
        self.work = work
        self.error = error
        self.entry = entry
    }
}

/// An observer that discards everything.
public struct NoObserver: BackgroundObserver {
    /// Discards everything.
    public init() {}

    /// Discards the report.
    public func completed(_ report: Report) {}

    /// Discards the failure.
    public func failed(_ failure: BackgroundFailure) {}

    /// Discards the call.
    public func gaveUp(_ work: BackgroundWork, onEntry entry: String) {}

    /// Discards the outcome.
    public func attempted(_ outcome: WebhookOutcome) {}
}

extension BackgroundObserver {
    /// Reports a failure, except the two that mean nothing went wrong: a cancelled task and a full queue.
    func noteFailure(_ work: BackgroundWork, _ error: IntakeError, entry: String? = nil) {
        guard error.code != .cancelled, error.code != .queueFull else { return }
        failed(BackgroundFailure(work, error, entry: entry))
    }
}
