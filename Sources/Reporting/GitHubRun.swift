internal import ContestRules
internal import EntryIntake
public import MediaFacts

/// The results of a run as workflow commands of GitHub Actions, which the runner shows beside the files.
///
/// | Result | Command |
/// |---|---|
/// | a required rule that is not met, a file without a report | `::error` |
/// | a finding for a person to look at, or one that could not be measured | `::warning` |
/// | advice | `::notice` |
/// | a pass | none |
///
/// Findings that end the same way for the same reason are one command, and checks that the run did not decode enough for
/// are one warning at the end. A finding about the submission is at most a warning: it counts neither in the verdict nor in the exit code. The
/// runner shows the first ten commands of each kind for every step; the log holds them all.
public struct GitHubRun: RunRendering {
    /// Language of the titles and messages.
    public let language: Language
    private let words: Words

    /// Makes a renderer.
    public init(language: Language) {
        self.language = language
        words = Words(language)
    }

    /// One command for each line of findings that needs attention; empty for a file that meets every rule.
    public mutating func piece(_ file: CheckedFile) -> String {
        let names = file.ruleNames
        let submission = JoinedFindings.joining((file.work?.findings ?? []).attention).map { line in
            command(
                min(level(line.first.outcome), .warning), file: file.path,
                title: words("投稿检查 ", "submission ") + title(line, names), message(line, names))
        }
        switch file.outcome {
        case .success(let report):
            let media = JoinedFindings.joining(report.attention.withoutUndecoded).map { line in
                command(
                    level(line.first.outcome), file: file.path, title: title(line, names), message(line, names))
            }
            return (media + submission).joined()
        case .failure(let error):
            let title = "\(error.code.rawValue) · \(words.error)"
            return command(.error, file: file.path, title: title, error.message[language]) + submission.joined()
        }
    }

    /// Warnings about checks that were not made, about quotas that are not kept and about the run itself, then one
    /// command with the number of files of each verdict.
    public mutating func closing(_ summary: RunSummary) -> String {
        let undecoded = summary.undecoded.map { each in
            command(.warning, title: words.title(each), words.text(each, summary.ruleNames))
        }
        let quotas = summary.breaches.map { breach in
            command(
                .warning, title: "\(breach.quota) · \(breach.group)",
                breach.message[language] + quoted(breach.clause))
        }
        let notes = summary.notes.map { command(.warning, title: $0.subject, $0.message[language]) }
        let counts = [words.counts(summary.tally), words.interruption(summary)].compactMap(\.self)
        let level = counts.count > 1 ? Level.warning : .notice
        return (undecoded + quotas + notes).joined()
            + command(level, title: "clipcheck", counts.joined(separator: words("；", "; ")))
    }

    private enum Level: String, Comparable {
        case notice
        case warning
        case error

        static func < (left: Level, right: Level) -> Bool { left.rank < right.rank }

        private var rank: Int {
            switch self {
            case .notice: 0
            case .warning: 1
            case .error: 2
            }
        }
    }

    private func level(_ outcome: Finding.Outcome) -> Level {
        switch outcome {
        case .fail: .error
        case .review, .undetermined, .pending: .warning
        case .advisory, .pass: .notice
        }
    }

    private func title(_ line: JoinedFindings, _ names: RuleNames) -> String {
        let count = line.findings.count
        let subject =
            line.isJoined ? words("\(count) 项", "\(count) checks") : names.label(of: line.first.rule, in: language)
        return "\(subject) · \(words.outcome(line.first.outcome))"
    }

    private func message(_ line: JoinedFindings, _ names: RuleNames) -> String {
        words.text(line, names) + (line.isJoined ? "" : quoted(line.first.clause))
    }

    private func quoted(_ clause: String) -> String { words("（“\(clause)”）", " (\"\(clause)\")") }

    private func command(_ level: Level, file: String? = nil, title: String, _ message: String) -> String {
        let properties = [
            file.map { "file=" + Self.escaped($0, isProperty: true) }, "title=" + Self.escaped(title, isProperty: true),
        ]
        return "::\(level.rawValue) \(properties.compactMap(\.self).joined(separator: ","))::"
            + Self.escaped(message, isProperty: false) + "\n"
    }

    /// `text` escaped as the data or, with `isProperty`, as a property of a command. Control characters that could
    /// drive a terminal become U+FFFD.
    ///
    /// Source: `escapeData` and `escapeProperty` of actions/toolkit, `packages/core/src/command.ts`.
    private static func escaped(_ text: String, isProperty: Bool) -> String {
        ControlCharacters.replaced(in: text) { scalar, _ in
            switch scalar {
            case "%": "%25"
            case "\r": "%0D"
            case "\n": "%0A"
            case "\t": "\t"
            case ":" where isProperty: "%3A"
            case "," where isProperty: "%2C"
            default: nil
            }
        }
    }
}
