import ArgumentParser
import ContestRules
import MediaFacts

extension ContestsCommand {
    /// `contests validate`: prints every mistake in contest files and what is doubtful in them.
    struct Validate: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "校验规则文件，列出所有错误和警告。 Validates contest files and lists every mistake and warning.",
            discussion: """
                退出码：0 全部有效（可有警告），64 有错误；--strict 时有警告也为 64。
                exit codes: 0 all valid, perhaps with warnings; 64 mistakes found, or with --strict warnings.
                """)

        @Argument(help: "规则文件（YAML） Contest files.")
        var files: [String]

        @Flag(help: "有警告也算不通过 Fail when there are warnings.")
        var strict = false

        @OptionGroup var languageOption: LanguageOption

        func run() throws {
            let language = languageOption.language
            var areValid = true
            for file in files {
                do {
                    let contest = try ContestChoice.load(file: file, language: language)
                    let warnings = try ContestChoice.warnings(file: file, language: language)
                    for line in warnings.lines(language) { Output.error.write(line + "\n") }
                    if strict, !warnings.warnings.isEmpty { areValid = false }
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
