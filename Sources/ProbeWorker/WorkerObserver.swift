internal import MediaFacts

#if canImport(Darwin)
    internal import Darwin
#else
    internal import Glibc
#endif

/// Receives the abnormal ends of workers, for the metrics. Called from many threads; returns at once.
public protocol WorkerObserver: Sendable {
    /// A worker ended without an answer, or could not be started. A reading that is tried again reports each attempt.
    func workerEnded(_ end: WorkerEnd)
}

/// The abnormal end of one worker, or of the attempts to start one.
public enum WorkerEnd: String, Sendable, Hashable, CaseIterable {
    /// A signal ended the worker while it read a file.
    case crashed
    /// SIGKILL that the parent did not send: as a rule, the machine had no memory left.
    case killed
    /// The worker exceeded its wall time or its processor time.
    case timedOut = "timed-out"
    /// The worker exceeded its memory.
    case outOfMemory = "out-of-memory"
    /// The worker's answer cannot be decoded, or is impossible for the file.
    case garbled
    /// The kernel refused a layer of the lockdown.
    case lockdownRefused = "lockdown-refused"
    /// The machine could not start the worker.
    case notStarted = "not-started"
    /// The zygote ended; another one was started.
    case zygoteLost = "zygote-lost"
    /// Every attempt to start a worker for a file failed.
    case noWorker = "no-worker"

    /// The end that `outcome` means; nil for an answer about the file, and for a reading that the caller cancelled.
    init?(_ outcome: JobOutcome) {
        switch outcome {
        case .finished(.success): return nil
        case .finished(.failure(let error)): self.init(error.code)
        case .ended(SIGKILL): self = .killed
        case .ended: self = .crashed
        case .lockdownRefused: self = .lockdownRefused
        case .notStarted: self = .notStarted
        case .zygoteLost: self = .zygoteLost
        }
    }

    private init?(_ code: ProbeError.Code) {
        switch code {
        case .crashed: self = .crashed
        case .timedOut: self = .timedOut
        case .outOfMemory: self = .outOfMemory
        case .garbled: self = .garbled
        case .noWorker: self = .noWorker
        case .empty, .notMedia, .damaged, .excessive, .cancelled, .inputOutput: return nil
        }
    }
}
