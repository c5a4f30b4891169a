internal import MediaFacts

/// Whether a reader can start, judged by the last reading.
///
/// A service without readers gets no more files from a load balancer, so that no reading could end the state. While it
/// lasts, each question for it therefore starts a reader on trial.
actor ReaderHealth {
    private var isFailing = false
    private var trial: Task<ProbeError?, Never>?

    /// Records how a reading ended; nil means that it gave facts. A cancelled reading says nothing.
    func note(_ error: ProbeError?) {
        guard error?.code != .cancelled else { return }
        isFailing = error?.code == .noWorker
    }

    /// Returns at once after a reading whose reader started; otherwise starts a reader on trial. Concurrent calls share
    /// one trial.
    ///
    /// - Throws: `.noWorker` when none can start.
    func checkReady(_ prober: any MediaProbing) async throws(IntakeError) {
        guard isFailing else { return }
        let running = trial ?? Task { await Self.failure(of: prober) }
        trial = running
        let failure = await running.value
        if trial == running { trial = nil }
        note(failure)
        if let failure, failure.code == .noWorker { throw .noWorker(failure.message) }
    }

    private static func failure(of prober: any MediaProbing) async -> ProbeError? {
        do throws(ProbeError) {
            try await prober.checkReaderStarts()
            return nil
        } catch {
            return error
        }
    }
}
