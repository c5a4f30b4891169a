public import ArgumentParser
import Foundation
import MediaFacts

/// Settings from the environment, for what no flag says: flags win over `CLIPCHECK_*`, and those over defaults.
enum Settings {
    /// The value of `CLIPCHECK_<name>`; nil when unset or empty.
    static func environment(_ name: String) -> String? {
        ProcessInfo.processInfo.environment["CLIPCHECK_\(name)"].flatMap { $0.isEmpty ? nil : $0 }
    }

    /// A number from the environment.
    ///
    /// - Throws: a usage error when the variable is set to something else.
    static func number(_ name: String, in range: ClosedRange<Int>) throws -> Int? {
        try environment(name).map { text in
            guard let number = Int(text), range.contains(number) else {
                throw ValidationError(
                    "CLIPCHECK_\(name) 应为 \(range.lowerBound) 以上的整数 is not a whole number in its range: \(text)")
            }
            return number
        }
    }

    /// `flag`, else `CLIPCHECK_DATA`, else `$XDG_DATA_HOME/clipcheck` or `~/.local/share/clipcheck`.
    static func dataFolder(_ flag: String?) -> String {
        if let named = flag ?? environment("DATA") { return named }
        let home =
            ProcessInfo.processInfo.environment["HOME"].flatMap { $0.hasPrefix("/") ? $0 : nil } ?? NSHomeDirectory()
        let base = ProcessInfo.processInfo.environment["XDG_DATA_HOME"].flatMap { $0.hasPrefix("/") ? $0 : nil }
        return (base ?? home + "/.local/share") + "/clipcheck"
    }

    /// `$XDG_CACHE_HOME/clipcheck` or `~/.cache/clipcheck`: what may be deleted without loss.
    static var cacheFolder: String {
        let variables = ProcessInfo.processInfo.environment
        let home = variables["HOME"].flatMap { $0.hasPrefix("/") ? $0 : nil } ?? NSHomeDirectory()
        return (variables["XDG_CACHE_HOME"].flatMap { $0.hasPrefix("/") ? $0 : nil } ?? home + "/.cache") + "/clipcheck"
    }

    /// `flag`, else `CLIPCHECK_LANG`, else the locale's: English where it names a language that is not Chinese, Chinese
    /// where it does or names none.
    static func language(_ flag: Language?) -> Language {
        if let named = flag ?? environment("LANG").flatMap(Language.init) { return named }
        let variables = ProcessInfo.processInfo.environment
        let locale = ["LC_ALL", "LC_MESSAGES", "LANG"].lazy.compactMap { variables[$0] }.first { !$0.isEmpty } ?? "C"
        let name = locale.prefix { $0 != "." && $0 != "_" && $0 != "@" }.lowercased()
        return ["zh", "c", "posix"].contains(name) ? .chinese : .english
    }
}

/// `--lang`, which every command that writes for people has.
struct LanguageOption: ParsableArguments {
    @Option(name: .long, help: "输出语言 Language of the output: zh, en. 默认按系统语言 Default: from the locale.")
    var lang: Language?

    func validate() throws {
        if let named = Settings.environment("LANG"), Language(rawValue: named) == nil {
            throw ValidationError("CLIPCHECK_LANG 应为 zh 或 en is neither zh nor en: \(named)")
        }
    }

    var language: Language { Settings.language(lang) }
}

extension Language: ExpressibleByArgument {}
