/// Builds the tree of one YAML document from libyaml's events.
///
/// The composer refuses every anchor and every alias at its event, before the tree holds it. A composer that resolves
/// aliases and hashes whole keys, as Yams' own does, takes exponential time on a few hundred bytes.
struct YAMLComposer {
    /// Most lists and mappings inside of each other; a contest file needs five.
    static let depth = 64

    private let parser: YAMLParser

    private init(_ parser: YAMLParser) { self.parser = parser }

    /// The root of the only document in `text`; nil when the text holds none.
    ///
    /// - Throws: the first mistake in the text, or the limit of the meter's budget that the text crosses.
    static func root(of text: String, meter: ReadingMeter) throws(YAMLMistake) -> YAMLNode? {
        let parser: YAMLParser
        do { parser = try YAMLParser(text, meter: meter) } catch {
            throw .overBudget(error, meter.budget, at: .start)
        }
        return try YAMLComposer(parser).root()
    }

    private func root() throws(YAMLMistake) -> YAMLNode? {
        _ = try parser.next()  // the stream's start
        guard try parser.next().kind == .documentStart else { return nil }
        let root = try node(parser.next(), depth: 0)
        _ = try parser.next()  // the document's end
        let last = try parser.next()
        guard last.kind == .streamEnd else { throw .anotherDocument(at: last.place) }
        return root
    }

    /// The node that begins with `event`.
    ///
    /// - Parameter depth: number of lists and mappings around the node.
    private func node(_ event: YAMLEvent, depth: Int) throws(YAMLMistake) -> YAMLNode {
        guard event.kind != .alias, !event.hasAnchor else { throw .alias(at: event.place) }
        if case .scalar(let text) = event.kind {
            return YAMLNode(content: event.isNull ? .null : .scalar(text), place: event.place)
        }
        guard depth < Self.depth else { throw .tooDeep(at: event.place) }
        let content: YAMLNode.Content =
            event.kind == .mappingStart
            ? .mapping(try mapping(depth: depth + 1)) : .sequence(try sequence(depth: depth + 1))
        return YAMLNode(content: content, place: event.place)
    }

    private func sequence(depth: Int) throws(YAMLMistake) -> [YAMLNode] {
        var items: [YAMLNode] = []
        var event = try parser.next()
        while event.kind != .sequenceEnd {
            items.append(try node(event, depth: depth))
            event = try parser.next()
        }
        return items
    }

    private func mapping(depth: Int) throws(YAMLMistake) -> YAMLMapping {
        var mapping = YAMLMapping()
        var event = try parser.next()
        while event.kind != .mappingEnd {
            guard event.kind != .alias, !event.hasAnchor else { throw .alias(at: event.place) }
            guard case .scalar(let key) = event.kind else { throw .compositeKey(at: event.place) }
            let value = try node(parser.next(), depth: depth)
            guard mapping.append(.init(key: key, place: event.place, value: value)) else {
                throw .repeatedKey(key, at: event.place)
            }
            event = try parser.next()
        }
        return mapping
    }
}
