@preconcurrency import Dispatch
import Foundation
import Synchronization

/// Ctrl-C and the shell's request to end: the first one ends the run and lets it print what is done, the second one ends
/// the process.
final class Interruption: Sendable {
    private let sources: [any DispatchSourceSignal]
    private let received = Atomic<Int32>(0)

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
                let (isFirst, _) = received.compareExchange(
                    expected: 0, desired: number, ordering: .sequentiallyConsistent)
                if isFirst { stop() } else { _exit(128 + number) }
            }
            source.resume()
        }
    }

    deinit { for source in sources { source.cancel() } }

    /// The signal that ended the run; nil when none came.
    var signalNumber: Int32? {
        let number = received.load(ordering: .sequentiallyConsistent)
        return number == 0 ? nil : number
    }
}
