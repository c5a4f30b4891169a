@preconcurrency import Dispatch
import Foundation
import Synchronization

/// Ctrl-C and the shell's request to end: the first one ends the run and lets it print what is done. Ctrl-C again, after a
/// second, ends the process: whoever presses it means it, whereas `timeout` sends its signal twice at once.
final class Interruption: Sendable {
    private let sources: [any DispatchSourceSignal]
    private let received = Mutex<(number: Int32, moment: ContinuousClock.Instant)?>(nil)

    /// Listens from now on.
    ///
    /// - Parameter stop: called once, on a thread of its own.
    init(_ stop: @escaping @Sendable () -> Void) {
        sources = [SIGINT, SIGTERM, SIGHUP].map { number in
            signal(number, SIG_IGN)
            return DispatchSource.makeSignalSource(signal: number, queue: .global())
        }
        for (source, number) in zip(sources, [SIGINT, SIGTERM, SIGHUP]) {
            source.setEventHandler { [weak self] in
                guard let self else { return }
                let first = received.withLock { received in
                    defer { received = received ?? (number, .now) }
                    return received?.moment
                }
                guard let first else { return stop() }
                if number == SIGINT, ContinuousClock.now - first >= .seconds(1) { _exit(128 + number) }
            }
            source.resume()
        }
    }

    deinit { for source in sources { source.cancel() } }

    /// The signal that ended the run; nil when none came.
    var signalNumber: Int32? { received.withLock { $0?.number } }
}
