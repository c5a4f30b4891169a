import ArgumentParser
import ContestRules
import MediaFacts
import Reporting

extension ContestsCommand {
    /// `contests show`: prints the rules of a contest for people, or as a file for machines.
    struct Show: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "显示一个竞赛的规则。 Prints a contest's rules.",
            discussion: """
                yaml 是带注释的规则文件，可修改后用 contests validate 校验。
                yaml is the contest file with its comments, which contests validate accepts.
                """)

        /// How the rules are printed.
        enum Format: String, CaseIterable, ExpressibleByArgument {
            /// For people, in 80 columns.
            case text
            /// The wire form, as the service sends it.
            case json
            /// A contest file.
            case yaml
        }

        @Argument(help: "竞赛编号或规则文件 Id of a built-in contest, or a contest file.")
        var contest: String

        @Option(help: "格式 Format: text, json, yaml.")
        var format = Format.text

        @OptionGroup var languageOption: LanguageOption

        func run() throws {
            let language = languageOption.language
            switch format {
            case .text:
                let contest = try ContestChoice.contest(contest, language: language)
                Output.standard.write(ContestText(contest, language).text)
            case .json:
                let contest = try ContestChoice.contest(contest, language: language)
                Output.standard.write(try WireJSON.data(contest, isPretty: true))
                Output.standard.write("\n")
            case .yaml: Output.standard.write(try ContestChoice.text(contest, language: language))
            }
        }
    }
}
