import ArgumentParser
import ContestRules
import Foundation
import MediaFacts

/// Finds the contest that `--contest` names: a built-in one by its id, or a contest file by its path.
enum ContestChoice {
    /// The completions of `--contest` in a shell: the ids of the built-in contests.
    static let completion = CompletionKind.list(BuiltInContests.withDemonstration.map(\.id))

    /// Whether `name` is the id of a built-in contest. A built-in contest wins over a file of the same name.
    static func isBuiltIn(_ name: String) -> Bool { BuiltInContests.contest(name) != nil }

    /// The built-in contest with the id `name`, or else the contest in the file at that path.
    ///
    /// - Throws: an exit with code 64 after printing what is wrong.
    static func contest(_ name: String, language: Language) throws -> Contest {
        if let builtIn = BuiltInContests.contest(name) { return builtIn }
        guard FileManager.default.fileExists(atPath: name) else {
            let ids = BuiltInContests.withDemonstration.map(\.id).joined(separator: ", ")
            Output.error.write(
                LocalizedText(
                    zh: "没有竞赛“\(name)”，也没有这个文件。内置竞赛：\(ids)。\n",
                    en: "There is no contest \"\(name)\" and no such file. Built in: \(ids).\n")[language])
            throw Exit.usage
        }
        return try load(file: name, language: language)
    }

    /// The text of a contest file that `name` loads from: the built-in one's, or that of the file at this path, with comments.
    ///
    /// - Throws: an exit with code 64 after printing what is wrong.
    static func text(_ name: String, language: Language) throws -> String {
        let contest = try contest(name, language: language)
        if let text = BuiltInContests.text(name) { return text }
        let text = try read(file: name, language: language)
        // The wire form is JSON: it is written as the contest file that says the same.
        return ContestFile.isWireForm(text) ? ContestFile.text(of: contest) : text
    }

    /// The contest in the YAML file at `file`.
    ///
    /// - Throws: an exit with code 64 after printing that the file cannot be read or is not UTF-8, or every mistake in
    ///   it with line and key.
    static func load(file: String, language: Language) throws -> Contest {
        let text = try read(file: file, language: language)
        return try reporting(language) { () throws(ContestFileError) in try ContestFile.load(text, file: file) }
    }

    /// The warnings about the contest file at `file`.
    ///
    /// - Throws: an exit with code 64 as `load` does.
    static func warnings(file: String, language: Language) throws -> ContestWarnings {
        let text = try read(file: file, language: language)
        return try reporting(language) { () throws(ContestFileError) in try ContestWarnings.find(in: text, file: file) }
    }

    private static func reporting<Value>(
        _ language: Language, _ read: () throws(ContestFileError) -> Value
    ) throws -> Value {
        do { return try read() } catch {
            for line in error.lines(language) { Output.error.write(line + "\n") }
            throw Exit.usage
        }
    }

    /// The text of the file at `file`.
    ///
    /// - Throws: an exit with code 64 after printing that the file cannot be read or is not UTF-8.
    private static func read(file: String, language: Language) throws -> String {
        guard let data = FileManager.default.contents(atPath: file) else {
            Output.error.write(LocalizedText(zh: "\(file)：无法读取。\n", en: "\(file): cannot be read.\n")[language])
            throw Exit.usage
        }
        guard let text = String(data: data, encoding: .utf8) else {
            Output.error.write(
                LocalizedText(
                    zh: "\(file)：不是 UTF-8 编码。请另存为 UTF-8。\n", en: "\(file): not UTF-8. Save it as UTF-8.\n")[language])
            throw Exit.usage
        }
        return text
    }
}
