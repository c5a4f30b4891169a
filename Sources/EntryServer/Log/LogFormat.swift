/// The form of the log's lines.
public enum LogFormat: String, Sendable, Hashable, CaseIterable {
    /// A JSON object on each line, for programs.
    case json
    /// Words and pairs of name and value, for people.
    case text
}
