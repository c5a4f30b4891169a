internal import MediaFacts
internal import Yams

/// What the YAML parser objects to, with its place.
struct YAMLMistake {
    private var line = 1
    private var column = 1
    private var key = ""
    private var message: LocalizedText

    init(_ error: YamlError, in text: String) {
        message = LocalizedText(zh: "不是有效的 YAML", en: "not valid YAML")
        switch error {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            (line, column) = (mark.line, mark.column)
            message = LocalizedText(zh: "不是有效的 YAML：\(problem)", en: "not valid YAML: \(problem)")
        case .reader(let problem, let offset, _, _):
            line = 1 + text.unicodeScalars.prefix(offset ?? 0).count { $0 == "\n" }
            message = LocalizedText(zh: "不是有效的 YAML：\(problem)", en: "not valid YAML: \(problem)")
        case .duplicatedKeysInMapping(let duplicates, let context):
            key = duplicates.first ?? ""
            line = Self.lineOfRepetition(of: key, after: context.mark, in: text)
            message = LocalizedText(zh: "键“\(key)”写了两次", en: "the key \"\(key)\" is written twice")
        default: break
        }
    }

    func contestFileError(_ file: String) -> ContestFileError {
        ContestFileError(
            file: file, problems: [ContestFileError.Problem(line: line, column: column, key: key, message: message)])
    }

    /// The parser names only where the mapping begins; the reader wants the repetition.
    private static func lineOfRepetition(of key: String, after mark: Mark, in text: String) -> Int {
        let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).map(String.init)
        guard lines.indices.contains(mark.line - 1) else { return mark.line }
        let first = String(lines[mark.line - 1].unicodeScalars.dropFirst(mark.column - 1))
        if occurrences(of: key, in: first) > 1 { return mark.line }
        let hits = lines.indices.filter { index in
            index >= mark.line - 1 && isKey(key, at: mark.column, of: lines[index])
        }
        return hits.count > 1 ? hits[1] + 1 : mark.line
    }

    /// How often `key` and a colon stand in a mapping written on one line.
    private static func occurrences(of key: String, in line: String) -> Int {
        line.split { "{,".contains($0) }.count { part in
            let name = part.prefix { $0 != ":" }
            return part.contains(":") && unquoted(name) == key
        }
    }

    /// Whether `line` begins, at a column from 1, with `key` and a colon.
    private static func isKey(_ key: String, at column: Int, of line: String) -> Bool {
        let scalars = line.unicodeScalars
        let lead = scalars.prefix(column - 1)
        guard lead.count == column - 1, lead.allSatisfy({ $0 == " " || $0 == "-" }) else { return false }
        let rest = String(scalars.dropFirst(column - 1))
        return rest.contains(":") && unquoted(rest.prefix { $0 != ":" }) == key
    }

    private static func unquoted(_ name: Substring) -> String {
        String(name.drop { " \"'".contains($0) }.reversed().drop { " \"'".contains($0) }.reversed())
    }
}
