import ArgumentParser
import ContestRules
import Foundation
import MediaFacts

/// Finds the contest that a command line names.
enum ContestChoice {
    /// What a shell offers: the built-in contests, and files.
    static let completion = CompletionKind.list(BuiltInContests.withDemonstration.map(\.id))

    /// Whether `name` is the id of a built-in contest, which wins over a file of that name.
    static func isBuiltIn(_ name: String) -> Bool { BuiltInContests.contest(name) != nil }

    /// The built-in contest with this id, else the contest in this file.
    ///
    /// - Throws: an exit with code 64 after saying what is wrong.
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

    /// The contest in a YAML file.
    ///
    /// - Throws: an exit with code 64 after listing every mistake with its line and key.
    static func load(file: String, language: Language) throws -> Contest {
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
        do {
            return try ContestFile.load(text, file: file)
        } catch {
            for line in error.lines(language) { Output.error.write(line + "\n") }
            throw Exit.usage
        }
    }
}
