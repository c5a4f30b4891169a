public import MediaFacts

/// What is doubtful in a valid contest file: what its author may have meant otherwise. A file with warnings loads.
public struct ContestWarnings: Sendable, Hashable {
    /// Name of the file, as the caller gave it.
    public var file: String
    /// The warnings in the order of the file.
    public var warnings: [ContestFileError.Problem]

    /// Loads a contest and looks for what is doubtful in its file.
    ///
    /// - Parameters:
    ///   - text: the file's content.
    ///   - file: its name, for messages.
    /// - Throws: every mistake in the file; a file with a mistake has no warnings.
    public static func find(in text: String, file: String) throws(ContestFileError) -> ContestWarnings {
        let contest = try ContestFile.load(text, file: file)
        let source = ContestSource(text)
        let found =
            ClauseWarnings.find(contest, source) + CategoryWarnings.find(contest, source)
            + SuperfluousRules.find(contest, source)
        return ContestWarnings(
            file: file, warnings: found.sorted { ($0.line, $0.column) < ($1.line, $1.column) })
    }

    /// One line for each warning: `file:line:column: warning: key: message`.
    public func lines(_ language: Language) -> [String] {
        let mark = LocalizedText(zh: "警告", en: "warning")[language]
        return warnings.map { warning in
            let key = warning.key.isEmpty ? "" : "\(warning.key): "
            return "\(file):\(warning.line):\(warning.column): \(mark): \(key)\(warning.message[language])"
        }
    }
}

/// The places of rules and categories in the text of a valid contest file.
struct ContestSource {
    private let root: YAMLMapping?

    /// Reads the tree of a file that was loaded before.
    init(_ text: String) {
        let meter = ReadingMeter(ContestFile.budget)
        let text = text.unicodeScalars.first == "\u{feff}" ? String(text.unicodeScalars.dropFirst()) : text
        root = (try? YAMLComposer.root(of: text, meter: meter))?.mapping
    }

    /// A warning at `key` of the rule with `id`, or at the rule itself; nil for a general rule that the file leaves out.
    func warning(rule id: String, key: String? = nil, _ message: LocalizedText) -> ContestFileError.Problem? {
        let rules = root?["rules"]?.sequence ?? []
        guard let index = rules.firstIndex(where: { $0.mapping?["id"]?.text == id }) else { return nil }
        let path = "rules[\(index)]" + (key.map { ".\($0)" } ?? "")
        return warning(key.flatMap { rules[index].mapping?[$0] } ?? rules[index], path, message)
    }

    /// A warning at a category.
    func warning(category: String, _ message: LocalizedText) -> ContestFileError.Problem? {
        let categories = root?["categories"]?.sequence ?? []
        guard let index = categories.firstIndex(where: { $0.text == category }) else { return nil }
        return warning(categories[index], "categories[\(index)]", message)
    }

    private func warning(_ node: YAMLNode, _ key: String, _ message: LocalizedText) -> ContestFileError.Problem {
        ContestFileError.Problem(line: node.place.line, column: node.place.column, key: key, message: message)
    }
}
