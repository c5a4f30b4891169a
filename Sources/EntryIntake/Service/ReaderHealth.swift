internal import MediaFacts

/// Whether a process that reads media files can start, as the last reading showed.
///
/// A load balancer sends no files to a service that is not ready, so no reading would end the failing state. In that
/// state `checkReady` therefore starts a reader on trial.
actor ReaderHealth {
    private var isFailing = false
    private var trial: Task<ProbeError?, Never>?

    /// Records how a reading ended; nil means success. A cancelled reading is ignored.
    func note(_ error: ProbeError?) {
        guard error?.code != .cancelled else { return }
        isFailing = error?.code == .noWorker
    }

    /// Returns at once if the reader of the last reading started; otherwise starts a reader on trial. Concurrent calls
    /// share one trial.
    ///
    /// - Throws: `.noWorker` when the reader on trial cannot start.
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
