/// The most that reading one untrusted file may cost: an organiser's spreadsheet or a contest file.
///
/// The budget compares amounts with limits, so it belongs to `ContestRules`; `EntryManifest` imports it from here.
package struct ReadingBudget: Sendable, Hashable {
    /// Most bytes that reach the parser: unpacked bytes for an archive.
    package var bytes: Int
    /// Most events that the parser reports: starts and ends of elements, texts, values, fields.
    package var events: Int
    /// Most CPU time of the thread that reads. A busy machine does not use it up, because waiting costs no CPU time.
    package var time: Duration

    /// - Parameters:
    ///   - bytes: zero or more.
    ///   - events: zero or more.
    package init(bytes: Int, events: Int, time: Duration) {
        self.bytes = bytes
        self.events = events
        self.time = time
    }

    /// The limit that a file went past.
    package enum Excess: Error, Sendable, Hashable, CaseIterable {
        case bytes
        case events
        case time
        /// No limit: the caller no longer wants the file.
        case withdrawn
    }
}

/// Counts what reading one file has cost and stops the reader past the budget.
///
/// A class, because the callbacks of a C parser and the archive behind it share one count. Not `Sendable`: one thread
/// reads a file from begin to end, and the CPU time is that thread's.
package final class ReadingMeter {
    /// The limits.
    package let budget: ReadingBudget
    private let clock: any ReadingClock
    private let start: Duration
    private let isWithdrawn: @Sendable () -> Bool
    private var bytes = 0
    private var events = 0

    /// Number of events between two looks at the clock: one look is a system call of about 0.3 µs.
    package static let eventsPerLook = 1024

    /// Starts to count; the time runs from here.
    ///
    /// - Parameter isWithdrawn: whether the caller no longer wants the file; asked as often as the clock is looked at.
    package init(
        _ budget: ReadingBudget, clock: any ReadingClock = ThreadClock(),
        until isWithdrawn: @escaping @Sendable () -> Bool = { false }
    ) {
        self.budget = budget
        self.clock = clock
        start = clock.now
        self.isWithdrawn = isWithdrawn
    }

    /// Adds bytes that the parser is about to read, and looks at the clock.
    ///
    /// - Throws: the limit that is crossed.
    package func spend(bytes count: Int) throws(ReadingBudget.Excess) {
        // Subtraction cannot overflow: `bytes` never exceeds the limit.
        guard count <= budget.bytes - bytes else { throw .bytes }
        bytes += count
        try checkTime()
    }

    /// Adds one event, and looks at the clock at every `eventsPerLook`th.
    ///
    /// - Throws: the limit that is crossed.
    package func spendEvent() throws(ReadingBudget.Excess) {
        guard events < budget.events else { throw .events }
        events += 1
        if events.isMultiple(of: Self.eventsPerLook) { try checkTime() }
    }

    private func checkTime() throws(ReadingBudget.Excess) {
        guard clock.now - start <= budget.time else { throw .time }
        guard !isWithdrawn() else { throw .withdrawn }
    }
}
