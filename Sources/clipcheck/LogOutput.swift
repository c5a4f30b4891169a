import Synchronization

/// Writes lines one after the other, so that lines of several threads do not mix.
final class LogOutput: Sendable {
    /// Standard error.
    static let standardError = LogOutput(.error)
    private let output: Mutex<Output>

    private init(_ output: Output) { self.output = Mutex(output) }

    /// Writes a line. A line that cannot be written is lost.
    func write(_ line: String) { output.withLock { _ = $0.write(line) } }
}
