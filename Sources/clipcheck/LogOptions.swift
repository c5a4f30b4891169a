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

    /// The format that the flag, the variable or the terminal chooses.
    private func format() throws -> LogFormat {
        switch try logFormat ?? Settings.choice("LOG_FORMAT") ?? ChosenLogFormat.auto {
        case .auto: Output.error.isTerminal ? .text : .json
        case .json: .json
        case .text: .text
        }
    }

    /// Directs the log of every library to standard error, and makes the logger of the service. May be called once.
    ///
    /// - Throws: a usage error when `CLIPCHECK_LOG_FORMAT` or `CLIPCHECK_LOG_LEVEL` has a value that is not allowed.
    func logger() throws -> Logger {
        let (format, level): (LogFormat, Logger.Level?) = (try format(), try Settings.choice("LOG_LEVEL"))
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
