import ArgumentParser
import ContestRules
import MediaFacts
import Reporting

/// `clipcheck contests`: lists, shows and validates contests.
struct ContestsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "contests", abstract: "查看和校验竞赛规则。 Shows and validates contests.",
        subcommands: [List.self, Show.self, Validate.self])

    /// `contests list`: prints id and name of every built-in contest.
    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "列出内置竞赛。 Lists the built-in contests.")

        @OptionGroup var languageOption: LanguageOption

        func run() throws {
            let contests = BuiltInContests.withDemonstration
            let longest = contests.map { DisplayWidth.of($0.id) }.max() ?? 0
            for contest in contests {
                let id = DisplayWidth.padded(contest.id, to: longest)
                Output.standard.write("\(id)  \(contest.name[languageOption.language])\n")
            }
        }
    }

    /// `contests show`: prints the rules of a contest as JSON.
    struct Show: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "显示一个竞赛的规则（JSON）。 Prints a contest's rules as JSON.")

        @Argument(help: "竞赛编号或规则文件 Id of a built-in contest, or a contest file.")
        var contest: String

        @OptionGroup var languageOption: LanguageOption

        func run() throws {
            let contest = try ContestChoice.contest(contest, language: languageOption.language)
            Output.standard.write(try WireJSON.data(contest, isPretty: true))
            Output.standard.write("\n")
        }
    }

    /// `contests validate`: prints every mistake in contest files; exits with 64 when there is one.
    struct Validate: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "校验规则文件，列出所有错误。 Validates contest files and lists every mistake.",
            discussion: "退出码 exit codes: 0 全部有效 all valid, 64 有错误 mistakes found.")

        @Argument(help: "规则文件（YAML） Contest files.")
        var files: [String]

        @OptionGroup var languageOption: LanguageOption

        func run() throws {
            let language = languageOption.language
            var areValid = true
            for file in files {
                do {
                    let contest = try ContestChoice.load(file: file, language: language)
                    let fine = LocalizedText(
                        zh: "\(file)：有效（\(contest.id)，\(contest.rules.count) 条规则）\n",
                        en: "\(file): valid (\(contest.id), \(contest.rules.count) rules)\n")
                    Output.standard.write(fine[language])
                } catch is ExitCode {
                    areValid = false
                }
            }
            if !areValid { throw Exit.usage }
        }
    }
}
