/// Receives how long the steps of the work took, for the metrics. Called from many threads; returns at once.
public protocol WorkTiming: Sendable {
    /// A phase ended, whether it succeeded or failed.
    func ended(_ phase: WorkPhase, after time: Duration)

    /// A transaction of the database ended, whether it succeeded or failed.
    ///
    /// - Parameter time: from the call to the end of the transaction, the wait for other transactions included.
    func ended(_ access: DatabaseAccess, after time: Duration)
}

/// A phase in the life of a submitted file.
public enum WorkPhase: String, Sendable, Hashable, CaseIterable {
    /// The client sends its bytes; a slow client takes long.
    case receive
    /// The file waits for its turn to be read.
    case wait
    /// A worker reads header and packets.
    case probe
    /// A worker decodes picture and sound.
    case decode
    /// The file gets its lasting name, and the change of the entry is committed.
    case store
}

/// A kind of transaction.
public enum DatabaseAccess: String, Sendable, Hashable, CaseIterable {
    /// A transaction that changes nothing.
    case read
    /// A transaction that changes something and is on the disk when it ends.
    case write
}

extension WorkTiming {
    /// Runs `work`, and reports the time of its phase.
    public func measure<Value, Failure: Error>(
        _ phase: WorkPhase, _ work: () async throws(Failure) -> Value
    ) async throws(Failure) -> Value {
        let start = ContinuousClock.now
        defer { ended(phase, after: .now - start) }
        return try await work()
    }

    /// Runs `work`, and reports the time of its transaction.
    public func measure<Value, Failure: Error>(
        _ access: DatabaseAccess, _ work: () async throws(Failure) -> Value
    ) async throws(Failure) -> Value {
        let start = ContinuousClock.now
        defer { ended(access, after: .now - start) }
        return try await work()
    }
}

/// A receiver that discards every time.
public struct NoTiming: WorkTiming {
    /// Discards every time.
    public init() {}

    /// Discards the time.
    public func ended(_ phase: WorkPhase, after time: Duration) {}

    /// Discards the time.
    public func ended(_ access: DatabaseAccess, after time: Duration) {}
}
