import ArgumentParser
import ContestRules
import Foundation
import MediaFacts

extension ContestsCommand {
    /// `contests new`: asks for what a notice says and writes a contest file.
    struct New: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "按提问编写规则文件。 Writes a contest file by asking questions.",
            discussion: """
                每行一个答案：空行采用方括号中的建议，没有建议则跳过；“-”不采用建议。答案可来自管道或 --from 文件。
                One answer a line: an empty line takes the proposal in brackets or skips the question, - takes none.
                Answers may come from a pipe or from the file of --from.
                """)

        @Argument(help: "要写入的文件 The file to write.")
        var file: String

        @Option(help: "答案文件，每行一个 A file with one answer a line.")
        var from: String?

        @OptionGroup var languageOption: LanguageOption

        func run() throws {
            let language = languageOption.language
            var answers = try AnswerLines(from, language)
            try confirmReplacing(&answers, language)
            var interview = ContestInterview()
            while let question = interview.question {
                ask(question, language)
                guard let answer = answers.next() else { throw aborted(language) }
                if let doubt = interview.answer(answer) { Output.error.write("  ! \(doubt[language])\n") }
            }
            try write(interview.text, language)
        }

        private func ask(_ question: ContestInterview.Question, _ language: Language) {
            if let note = question.note { Output.error.write("  * \(note[language])\n") }
            let proposal = question.proposal.map { " [\($0)]" } ?? ""
            Output.error.write("\(question.prompt[language])\(proposal): ")
        }

        /// Asks before an existing file is replaced; only `y` replaces it.
        private func confirmReplacing(_ answers: inout AnswerLines, _ language: Language) throws {
            guard FileManager.default.fileExists(atPath: file) else { return }
            Output.error.write(
                LocalizedText(zh: "\(file) 已存在，是否覆盖？[y/N] ", en: "\(file) exists. Replace it? [y/N] ")[language])
            guard let answer = answers.next(), ["y", "Y", "是"].contains(answer) else { throw aborted(language) }
        }

        private func aborted(_ language: Language) -> ExitCode {
            Output.error.write(
                LocalizedText(zh: "\n已中止，没有写入文件。\n", en: "\nStopped; no file was written.\n")[language])
            return Exit.usage
        }

        private func write(_ text: String, _ language: Language) throws {
            guard let output = Output(path: file, isLive: false, mode: 0o644), output.write(text), output.finish()
            else {
                let reason = String(cString: strerror(errno))
                Output.error.write(
                    LocalizedText(zh: "\(file)：无法写入（\(reason)）。\n", en: "\(file): cannot be written (\(reason)).\n")[
                        language])
                throw Exit.noInput
            }
            Output.standard.write(
                LocalizedText(
                    zh: "\(file)：已写入。请用 clipcheck contests validate 校验。\n",
                    en: "\(file): written. Check it with clipcheck contests validate.\n")[language])
        }
    }
}

/// The answers of `contests new`: lines of a file, or of standard input.
struct AnswerLines {
    /// The lines of the file that are left; nil when answers come from standard input.
    private var lines: ArraySlice<String>?

    /// - Throws: an exit with code 66 after printing that the file cannot be read.
    init(_ file: String?, _ language: Language) throws {
        guard let file else { return }
        guard let text = try? String(contentsOfFile: file, encoding: .utf8) else {
            Output.error.write(LocalizedText(zh: "\(file)：无法读取。\n", en: "\(file): cannot be read.\n")[language])
            throw Exit.noInput
        }
        // The last line's end begins no further answer.
        let body = text.hasSuffix("\n") ? String(text.dropLast()) : text
        lines = body.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)[...]
    }

    /// The next answer; nil at the end.
    mutating func next() -> String? { lines == nil ? readLine() : lines?.popFirst() }
}
