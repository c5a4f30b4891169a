public import ContestRules
public import MediaFacts
internal import Synchronization

/// The closer look at an entry's media that its first report waits for.
///
/// A submission is answered with what header and packets tell; picture and sound are decoded afterwards, and a second
/// report says what came of it.
public struct ContentCheck: Sendable, Hashable {
    /// Id of the report that it completes.
    public var id: String
    /// Id of the entry.
    public var entry: String
    /// When it was asked for, RFC 3339 with offset.
    public var createdAt: String
    /// Where it stands, as far as is kept.
    public var state: State
    /// How often it was begun.
    public var attempts: Int
    /// Id of the report that it came to; nil until it is done.
    public var report: String?

    /// Describes a check.
    public init(id: String, entry: String, createdAt: String, state: State, attempts: Int, report: String?) {
        self.id = id
        self.entry = entry
        self.createdAt = createdAt
        self.state = state
        self.attempts = attempts
        self.report = report
    }

    /// Where a check stands.
    public enum State: String, Sendable, Hashable, Codable, CaseIterable {
        /// Its turn is still to come, or it is to be tried again.
        case waiting
        /// It runs now.
        case running
        /// Its report is there.
        case done
        /// The entry got another file, or was checked anew, before it was done.
        case superseded
    }

    /// How often a check is begun; after that its findings stay undetermined.
    public static let mostAttempts = 3
}

/// Keeps what is still to be looked at, and the pictures that came of it. The other half of `EntryKeeping`.
///
/// A report that is pending makes its check when it is kept, and ends every other of its entry.
public protocol CheckKeeping: Sendable {
    /// The check that began with a report of an entry; nil when there was none.
    func check(_ id: String, ofEntry entry: String) async throws(IntakeError) -> ContentCheck?

    /// The waiting check that was begun the fewest times, the oldest of them; none of those in `skipped`.
    func nextCheck(beyond skipped: Set<String>) async throws(IntakeError) -> ContentCheck?

    /// Notes how often a check was begun: before the attempt, so that one that ends the process counts.
    func setAttempts(_ attempts: Int, ofCheck id: String) async throws(IntakeError)

    /// Ends a waiting check with the report that it came to. False, and nothing kept, when it no longer waits.
    func complete(
        _ check: String, with report: Report, showing stills: [Still]
    ) async throws(IntakeError) -> Bool

    /// The pictures of a report, in its order.
    func stills(ofReport id: String) async throws(IntakeError) -> [Still]
}

/// Which checks run in this process, how far they are, and which rest before they are tried again.
final class RunningChecks: Sendable {
    private struct State {
        var running: [String: Duration] = [:]
        var resting: [String: ContinuousClock.Instant] = [:]
        /// How often each had to rest.
        var rests: [String: Int] = [:]
    }

    private let state = Mutex(State())

    /// Checks that are not to be begun now.
    var taken: Set<String> {
        state.withLock { state in
            state.resting = state.resting.filter { $0.value > .now }
            return Set(state.running.keys).union(state.resting.keys)
        }
    }

    /// Longest rest: what ails the machine may take its time to mend.
    private static let longestRest = Duration.seconds(300)

    /// Begins a check; false when it runs already, or rests.
    func begin(_ id: String) -> Bool {
        state.withLock { state in
            guard state.running[id] == nil, state.resting[id].map({ $0 <= .now }) ?? true else { return false }
            state.running[id] = .zero
            return true
        }
    }

    /// Notes how much of the film a check has decoded.
    func note(_ decoded: Duration, of id: String) {
        state.withLock { state in
            if let before = state.running[id] { state.running[id] = max(before, decoded) }
        }
    }

    /// Time of the film that a check has decoded; nil when it does not run.
    func progress(of id: String) -> Duration? { state.withLock { $0.running[id] } }

    /// Ends a check that runs.
    ///
    /// - Parameter pause: for which it rests before it can begin again, twice that the next time, and so on; nil when it
    ///   is over.
    func end(_ id: String, restingFrom pause: Duration? = nil) {
        state.withLock { state in
            state.running[id] = nil
            guard let pause else {
                state.rests[id] = nil
                return
            }
            let rests = state.rests[id, default: 0]
            state.rests[id] = min(rests + 1, 16)
            state.resting[id] = .now + min(Self.longestRest, pause * (1 << rests))
        }
    }
}
