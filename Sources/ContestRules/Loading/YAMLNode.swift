/// A node of a contest file's tree, with its line and column.
struct YAMLNode: Sendable {
    /// The content of the node. Values stay text, whatever type they look like.
    enum Content: Sendable {
        case scalar(String)
        /// A `null` that no quotes make a text.
        case null
        case sequence([YAMLNode])
        case mapping(YAMLMapping)
    }

    var content: Content
    var place: YAMLPlace

    /// The text of a scalar; nil for `null`, a list or a mapping.
    var text: String? { if case .scalar(let text) = content { text } else { nil } }
    /// The items of a list; nil for any other node.
    var sequence: [YAMLNode]? { if case .sequence(let items) = content { items } else { nil } }
    /// Whether the node is `null`.
    var isNull: Bool { if case .null = content { true } else { false } }
    /// The pairs of a mapping; nil for any other node.
    var mapping: YAMLMapping? { if case .mapping(let mapping) = content { mapping } else { nil } }
}

/// A place in a text.
struct YAMLPlace: Hashable, Sendable {
    /// Where a text begins.
    static let start = YAMLPlace(line: 1, column: 1)

    /// Line, from 1.
    var line: Int
    /// Column in characters, from 1.
    var column: Int
}

/// The pairs of a mapping in the order of the file. A key is a name, and no name occurs twice.
struct YAMLMapping: Sendable {
    /// A key of a mapping, with its value.
    struct Pair: Sendable {
        var key: String
        /// Where the key stands.
        var place: YAMLPlace
        var value: YAMLNode
    }

    private(set) var pairs: [Pair] = []
    private var indices: [String: Int] = [:]

    /// The value of a key; nil when the mapping lacks the key, or has it with `null`.
    subscript(_ key: String) -> YAMLNode? {
        indices[key].map { pairs[$0].value }.flatMap { $0.isNull ? nil : $0 }
    }

    /// Adds a pair unless its key is there already.
    ///
    /// - Returns: `false` when the key is there; the mapping stays as it was.
    mutating func append(_ pair: Pair) -> Bool {
        guard indices[pair.key] == nil else { return false }
        indices[pair.key] = pairs.count
        pairs.append(pair)
        return true
    }
}
