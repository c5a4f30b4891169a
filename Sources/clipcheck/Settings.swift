public import ArgumentParser
import Foundation
import MediaFacts
import ReportSigning

/// Settings from the environment. A flag overrides its variable `CLIPCHECK_*`, and the variable overrides the default.
enum Settings {
    /// The value of the variable `CLIPCHECK_<name>`; nil when the variable is unset or empty.
    static func environment(_ name: String) -> String? {
        ProcessInfo.processInfo.environment["CLIPCHECK_\(name)"].flatMap { $0.isEmpty ? nil : $0 }
    }

    /// The value of the variable `CLIPCHECK_<name>` as a whole number; nil when the variable is unset or empty.
    ///
    /// - Throws: a usage error when the value is no whole number in `range`.
    static func number(_ name: String, in range: ClosedRange<Int>) throws -> Int? {
        try environment(name).map { text in
            guard let number = Int(text), range.contains(number) else {
                let (least, most) = (range.lowerBound, range.upperBound)
                let (zh, en) =
                    most == .max
                    ? ("\(least) 以上的整数", "of at least \(least)")
                    : ("\(least) 到 \(most) 的整数", "from \(least) to \(most)")
                throw ValidationError("CLIPCHECK_\(name) 应为 \(zh) is not a whole number \(en): \(text)")
            }
            return number
        }
    }

    /// The value of the variable `CLIPCHECK_<name>` as a case of `Choice`; nil when the variable is unset or empty.
    ///
    /// - Throws: a usage error when the value is the raw value of no case.
    static func choice<Choice: RawRepresentable<String> & CaseIterable>(
        _ name: String, of _: Choice.Type = Choice.self
    ) throws -> Choice? {
        try environment(name).map { text in
            guard let choice = Choice(rawValue: text) else {
                let allowed = Choice.allCases.map(\.rawValue)
                let (zh, en) = (allowed.joined(separator: "、"), allowed.joined(separator: ", "))
                throw ValidationError("CLIPCHECK_\(name) 应为其中之一：\(zh) is not one of \(en): \(text)")
            }
            return choice
        }
    }

    /// Whether the variable `CLIPCHECK_<name>` is 1; false when it is 0, unset or empty.
    ///
    /// - Throws: a usage error for any other value.
    static func isOn(_ name: String) throws -> Bool { try number(name, in: 0...1) == 1 }

    /// Path of the data folder: `flag`, else `CLIPCHECK_DATA`, else `$XDG_DATA_HOME/clipcheck` or
    /// `~/.local/share/clipcheck`. `HOME` and `XDG_DATA_HOME` count only when they are absolute.
    static func dataFolder(_ flag: String?) -> String {
        if let named = flag ?? environment("DATA") { return named }
        let home =
            ProcessInfo.processInfo.environment["HOME"].flatMap { $0.hasPrefix("/") ? $0 : nil } ?? NSHomeDirectory()
        let base = ProcessInfo.processInfo.environment["XDG_DATA_HOME"].flatMap { $0.hasPrefix("/") ? $0 : nil }
        return (base ?? home + "/.local/share") + "/clipcheck"
    }

    /// Path of the file of signing keys: `CLIPCHECK_SIGNING_KEYS`, else `clipcheck.signing-keys` in the data folder.
    static func signingKeyFile(inDataFolder folder: String) -> String {
        environment("SIGNING_KEYS") ?? folder + "/" + SigningKeyRing.fileName
    }

    /// Path of the folder for files that may be deleted without loss: `$XDG_CACHE_HOME/clipcheck` or
    /// `~/.cache/clipcheck`.
    static var cacheFolder: String {
        let variables = ProcessInfo.processInfo.environment
        let home = variables["HOME"].flatMap { $0.hasPrefix("/") ? $0 : nil } ?? NSHomeDirectory()
        return (variables["XDG_CACHE_HOME"].flatMap { $0.hasPrefix("/") ? $0 : nil } ?? home + "/.cache") + "/clipcheck"
    }

    /// The language of messages: `flag`, else `CLIPCHECK_LANG`, else that of the locale. A locale of Chinese, `C` or
    /// `POSIX`, or none, gives Chinese; every other one gives English.
    static func language(_ flag: Language?) -> Language {
        if let named = flag ?? environment("LANG").flatMap(Language.init) { return named }
        let variables = ProcessInfo.processInfo.environment
        let locale = ["LC_ALL", "LC_MESSAGES", "LANG"].lazy.compactMap { variables[$0] }.first { !$0.isEmpty } ?? "C"
        let name = locale.prefix { $0 != "." && $0 != "_" && $0 != "@" }.lowercased()
        return ["zh", "c", "posix"].contains(name) ? .chinese : .english
    }
}

/// The option `--lang` of every command that writes messages for people.
struct LanguageOption: ParsableArguments {
    @Option(name: .long, help: "输出语言 Language of the output: zh, en. 默认按系统语言 Default: from the locale.")
    var lang: Language?

    func validate() throws {
        _ = try Settings.choice("LANG", of: Language.self)
    }

    /// The language that `--lang`, the environment or the locale chooses.
    var language: Language { Settings.language(lang) }
}

extension Language: ExpressibleByArgument {}
