import Logging
import Synchronization

/// Keeps every line that the service logs.
final class RecordedLog: Sendable {
    private let kept = Mutex<[(level: Logger.Level, text: String)]>([])

    /// A logger that writes here at every level.
    var logger: Logger {
        var logger = Logger(label: "test") { _ in Handler(log: self) }
        logger.logLevel = .debug
        return logger
    }

    /// All lines so far.
    var lines: [String] { kept.withLock { $0.map(\.text) } }

    /// Lines about errors while a request was answered. Messages of the listener at its end are left out.
    var errors: [String] {
        kept.withLock { $0.filter { $0.level >= .error && $0.text.contains("requestId=") }.map(\.text) }
    }

    /// Lines about requests.
    var requests: [String] { lines.filter { $0.hasPrefix("request ") } }

    private struct Handler: LogHandler {
        let log: RecordedLog
        var metadata: Logger.Metadata = [:]
        var logLevel = Logger.Level.debug

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) {
            let all = metadata.merging(event.metadata ?? [:]) { $1 }
            let text = ([event.message.description] + all.map { "\($0.key)=\($0.value)" }).joined(separator: " ")
            log.kept.withLock { $0.append((event.level, text)) }
        }
    }
}
