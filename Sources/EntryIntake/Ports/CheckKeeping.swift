public import MediaFacts

/// Stores content checks and the stills of reports. A part of `EntryKeeping`.
///
/// Storing a pending report adds its check and supersedes every other waiting check of its entry.
public protocol CheckKeeping: Sendable {
    /// The check that completes the report `id` of an entry; nil when there was none.
    func check(_ id: String, ofEntry entry: String) async throws(IntakeError) -> ContentCheck?

    /// The waiting check with the fewest attempts, of several the oldest; nil when none waits. Leaves out `skipped`.
    func nextCheck(beyond skipped: Set<String>) async throws(IntakeError) -> ContentCheck?

    /// Records the number of attempts. Called before each attempt, so that one that ends the process counts.
    func setAttempts(_ attempts: Int, ofCheck id: String) async throws(IntakeError)

    /// The stored stills of a report, in its order.
    func stills(ofReport id: String) async throws(IntakeError) -> [Still]

    /// A still of a report by its name; nil when the store does not have it.
    func still(_ name: String, ofReport id: String) async throws(IntakeError) -> Still?
}
