public import MediaFacts

/// Everything wrong with one contest file. A file with any problem is refused whole.
public struct ContestFileError: Error, Sendable, Hashable {
    /// Name of the file, as the caller gave it.
    public var file: String
    /// The problems in the order of the file; at least one.
    public var problems: [Problem]

    /// One mistake.
    public struct Problem: Sendable, Hashable {
        /// Line, from 1.
        public var line: Int
        /// Column, from 1.
        public var column: Int
        /// Where in the structure, `rules[2].min`; empty for the file as a whole.
        public var key: String
        /// What is wrong and what would be right.
        public var message: LocalizedText
    }

    /// One line for each problem: `file:line:column: key: message`.
    public func lines(_ language: Language) -> [String] {
        problems.map { problem in
            let key = problem.key.isEmpty ? "" : "\(problem.key): "
            return "\(file):\(problem.line):\(problem.column): \(key)\(problem.message[language])"
        }
    }
}
