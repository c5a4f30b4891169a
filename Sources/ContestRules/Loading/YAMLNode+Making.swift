/// Nodes of no text, to be written.
extension YAMLNode {
    static func text(_ text: String) -> YAMLNode { YAMLNode(content: .scalar(text), place: .start) }
    static func list(_ texts: [String]) -> YAMLNode { list(texts.map(YAMLNode.text)) }
    static func list(_ nodes: [YAMLNode]) -> YAMLNode { YAMLNode(content: .sequence(nodes), place: .start) }
    static func map(_ pairs: [(String, YAMLNode)]) -> YAMLNode {
        YAMLNode(content: .mapping(YAMLMapping(pairs)), place: .start)
    }
}

extension YAMLMapping {
    /// Makes a mapping of pairs with different keys.
    init(_ pairs: [(String, YAMLNode)]) {
        for (key, value) in pairs { _ = append(.init(key: key, place: .start, value: value)) }
    }
}
