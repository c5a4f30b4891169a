/// Receives how long the steps of the work took, for the metrics. Called from many threads; returns at once.
public protocol WorkTiming: Sendable {
    /// A phase ended, whether it succeeded or failed.
    func ended(_ phase: WorkPhase, after time: Duration)

    /// A transaction of the database ended, whether it succeeded or failed.
    ///
    /// - Parameter time: from the call to the end of the transaction, the wait for other transactions included.
    func ended(_ access: DatabaseAccess, after time: Duration)
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
