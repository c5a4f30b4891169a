import ArgumentParser
import EntryServer
import Logging

/// Options about the log of `serve`, which goes to standard error.
struct LogOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "日志格式 Format of the log: auto, json, text. Default auto: text on a terminal, JSON lines elsewhere.",
            valueName: "format"))
    var logFormat: ChosenLogFormat?

    func validate() throws {
        if let named = Settings.environment("LOG_FORMAT"), ChosenLogFormat(rawValue: named) == nil {
            throw ValidationError(
                "CLIPCHECK_LOG_FORMAT 应为 auto、json 或 text is none of auto, json, text: \(named)")
        }
    }

    /// The format that the flag, the variable or the terminal chooses.
    private var format: LogFormat {
        switch logFormat ?? Settings.environment("LOG_FORMAT").flatMap(ChosenLogFormat.init) ?? .auto {
        case .auto: Output.error.isTerminal ? .text : .json
        case .json: .json
        case .text: .text
        }
    }

    /// Directs the log of every library to standard error, and makes the logger of the service. May be called once.
    func logger() -> Logger {
        let (format, level) = (format, Settings.environment("LOG_LEVEL").flatMap { Logger.Level(rawValue: $0) })
        LoggingSystem.bootstrap { label in
            ServiceLogHandler(label: label, format: format) { LogOutput.standardError.write($0) }
        }
        var logger = Logger(label: "clipcheck")
        logger.logLevel = level ?? .info
        return logger
    }
}

/// A value of `--log-format`.
enum ChosenLogFormat: String, ExpressibleByArgument, CaseIterable {
    /// Text on a terminal, JSON elsewhere.
    case auto
    /// JSON lines.
    case json
    /// Lines for people.
    case text
}
