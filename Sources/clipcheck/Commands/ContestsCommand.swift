import ArgumentParser
import ContestRules
import MediaFacts
import Reporting

/// `clipcheck contests`: lists, shows and validates contests.
struct ContestsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "contests", abstract: "查看、编写和校验竞赛规则。 Shows, writes and validates contests.",
        subcommands: [List.self, Show.self, New.self, Validate.self])

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
}
