public import ContestRules

/// The decoding pass over an entry's media that its first report waits for.
///
/// The response to a submission has the findings from header and packets. Picture and sound are decoded afterwards, and
/// a second report has the findings of that pass.
public struct ContentCheck: Sendable, Hashable {
    /// Id of the check, equal to the id of the pending report that it completes.
    public var id: String
    /// Id of the entry.
    public var entry: String
    /// Time at which the check was requested, RFC 3339 with offset.
    public var createdAt: String
    /// State of the check. The store never holds `running`.
    public var state: State
    /// Number of times the check was begun.
    public var attempts: Int
    /// Id of the report that the check ended with; nil until the check is done.
    public var report: String?
    /// Verdict of that report; nil until the check is done.
    public var verdict: Verdict?

    /// Describes a check.
    public init(
        id: String, entry: String, createdAt: String, state: State, attempts: Int, report: String?,
        verdict: Verdict? = nil
    ) {
        self.id = id
        self.entry = entry
        self.createdAt = createdAt
        self.state = state
        self.attempts = attempts
        self.report = report
        self.verdict = verdict
    }

    /// The states of a check.
    public enum State: String, Sendable, Hashable, Codable, CaseIterable {
        /// The check was not begun yet, or is to be tried again.
        case waiting
        /// The check runs now.
        case running
        /// The check has ended with its report.
        case done
        /// The entry got another file or a newer report before the check was done.
        case superseded
    }

    /// Most times a check is begun; after that its findings are undetermined.
    public static let mostAttempts = 3
}

/// A check and its progress.
public struct CheckProgress: Sendable, Hashable {
    /// The check.
    public var check: ContentCheck
    /// Length of the decoded part of the video; nil when the check does not run.
    public var decoded: Duration?
    /// Length of the video; nil when the check does not run, or has not begun to decode.
    public var length: Duration?

    /// Describes progress.
    public init(check: ContentCheck, decoded: Duration? = nil, length: Duration? = nil) {
        self.check = check
        self.decoded = decoded
        self.length = length
    }
}
