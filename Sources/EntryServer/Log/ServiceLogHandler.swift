public import Logging

/// Writes the log of the service, one line an event, with `LogLine`.
public struct ServiceLogHandler: LogHandler {
    /// Names and values that every line gets.
    public var metadata: Logger.Metadata = [:]
    /// Least level that is written.
    public var logLevel = Logger.Level.info
    /// Source of more names and values for every line; nil for none.
    public var metadataProvider: Logger.MetadataProvider?
    private let label: String
    private let format: LogFormat
    private let write: @Sendable (String) -> Void

    /// Makes a handler.
    ///
    /// - Parameters:
    ///   - write: receives each line with its line feed, from any thread.
    public init(label: String, format: LogFormat, write: @escaping @Sendable (String) -> Void) {
        self.label = label
        self.format = format
        self.write = write
    }

    /// A name and value that every line gets.
    public subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    /// Writes the line of an event.
    public func log(event: LogEvent) {
        var all = metadata
        if let provided = metadataProvider?.get() { all.merge(provided) { $1 } }
        if let own = event.metadata { all.merge(own) { $1 } }
        if let error = event.error { all["error"] = "\(error)" }
        let line = LogLine(
            time: .now, label: label, level: event.level, message: event.message.description, metadata: all)
        write(line.text(format))
    }
}
