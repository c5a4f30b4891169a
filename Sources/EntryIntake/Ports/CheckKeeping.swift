public import MediaFacts

/// Keeps the content checks that are still to be made, and the pictures of reports. The other half of `EntryKeeping`.
///
/// A report that is pending makes its check when it is kept, and ends every other check of its entry.
public protocol CheckKeeping: Sendable {
    /// The check that began with a report of an entry; nil when there was none.
    func check(_ id: String, ofEntry entry: String) async throws(IntakeError) -> ContentCheck?

    /// The waiting check that was begun the fewest times, the oldest of them; none of those in `skipped`.
    func nextCheck(beyond skipped: Set<String>) async throws(IntakeError) -> ContentCheck?

    /// Records how often a check was begun: before the attempt, so that an attempt that ends the process counts.
    func setAttempts(_ attempts: Int, ofCheck id: String) async throws(IntakeError)

    /// The pictures of a report, in its order.
    func stills(ofReport id: String) async throws(IntakeError) -> [Still]

    /// One picture of a report by its name; nil when it was not kept.
    func still(_ name: String, ofReport id: String) async throws(IntakeError) -> Still?
}
