// Yams carries libyaml as its module CYaml but hands out no events, only whole trees with every alias resolved.
internal import CYaml

/// An event that libyaml reported, with its line and column.
struct YAMLEvent {
    /// The kind of the event.
    enum Kind: Equatable {
        case streamStart, streamEnd, documentStart, documentEnd
        case alias
        case scalar(String)
        case sequenceStart, sequenceEnd
        case mappingStart, mappingEnd
    }

    var kind: Kind
    /// Whether the node has an anchor (`&name`).
    var hasAnchor = false
    /// Whether the node is a `null` without quotes.
    var isNull = false
    /// Where the event begins.
    var place: YAMLPlace
}

/// Reads the events of a YAML text one by one. Owns one `yaml_parser_t` and deletes it exactly once.
///
/// A class with memory of its own: libyaml keeps the addresses of the parser and of the text.
final class YAMLParser {
    private let parser: UnsafeMutablePointer<yaml_parser_t>
    private let text: UnsafeMutableBufferPointer<UInt8>
    private let meter: ReadingMeter

    /// Takes `text` as UTF-8, whatever its first bytes are.
    ///
    /// - Throws: `ReadingBudget.Excess.bytes` or `.time` past the meter's budget.
    init(_ text: String, meter: ReadingMeter) throws(ReadingBudget.Excess) {
        try meter.spend(bytes: text.utf8.count)
        self.meter = meter
        self.text = .allocate(capacity: text.utf8.count)
        _ = self.text.initialize(from: text.utf8)
        parser = .allocate(capacity: 1)
        parser.initialize(to: yaml_parser_t())
        // Initialising fails only without memory, and then Swift's own allocations end the process, too.
        precondition(yaml_parser_initialize(parser) == 1, "no memory for a YAML parser")
        yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
        yaml_parser_set_input_string(parser, self.text.baseAddress, self.text.count)
    }

    deinit {
        yaml_parser_delete(parser)
        parser.deallocate()
        text.deallocate()
    }

    /// The next event.
    ///
    /// - Throws: the mistake in the text, or the limit of the meter's budget that this event crosses.
    func next() throws(YAMLMistake) -> YAMLEvent {
        var event = yaml_event_t()
        guard yaml_parser_parse(parser, &event) == 1 else { throw mistake }
        defer { yaml_event_delete(&event) }
        let place = YAMLPlace(event.start_mark)
        do { try meter.spendEvent() } catch { throw .overBudget(error, meter.budget, at: place) }
        let (kind, anchor) = Self.content(event)
        return YAMLEvent(kind: kind, hasAnchor: anchor != nil, isNull: Self.isNull(kind, event), place: place)
    }

    private static func content(_ event: yaml_event_t) -> (YAMLEvent.Kind, anchor: UnsafeMutablePointer<UInt8>?) {
        switch event.type {
        case YAML_STREAM_START_EVENT: (.streamStart, nil)
        case YAML_DOCUMENT_START_EVENT: (.documentStart, nil)
        case YAML_DOCUMENT_END_EVENT: (.documentEnd, nil)
        case YAML_ALIAS_EVENT: (.alias, nil)
        case YAML_SCALAR_EVENT:
            (
                .scalar(
                    String(
                        decoding: UnsafeBufferPointer(
                            start: event.data.scalar.value, count: event.data.scalar.length), as: UTF8.self)),
                event.data.scalar.anchor
            )
        case YAML_SEQUENCE_START_EVENT: (.sequenceStart, event.data.sequence_start.anchor)
        case YAML_SEQUENCE_END_EVENT: (.sequenceEnd, nil)
        case YAML_MAPPING_START_EVENT: (.mappingStart, event.data.mapping_start.anchor)
        case YAML_MAPPING_END_EVENT: (.mappingEnd, nil)
        default: (.streamEnd, nil)
        }
    }

    private static func isNull(_ kind: YAMLEvent.Kind, _ event: yaml_event_t) -> Bool {
        kind == .scalar("null") && event.data.scalar.style == YAML_PLAIN_SCALAR_STYLE
    }

    /// The mistake that libyaml names after a call failed.
    private var mistake: YAMLMistake {
        let state = parser.pointee
        let problem = state.problem.map { String(cString: $0) }
        switch state.error {
        case YAML_READER_ERROR:
            // The reader stops at a byte and knows no line.
            let line = 1 + text.prefix(state.problem_offset).count { $0 == UInt8(ascii: "\n") }
            return .syntax(problem, at: YAMLPlace(line: line, column: 1))
        case YAML_SCANNER_ERROR, YAML_PARSER_ERROR:
            let context = state.context.map { String(cString: $0) } ?? ""
            guard !["while scanning an alias", "while scanning an anchor"].contains(context) else {
                return .alias(at: YAMLPlace(state.context_mark))
            }
            return .syntax(problem, at: YAMLPlace(state.problem_mark))
        default: return .syntax(problem, at: .start)
        }
    }
}

extension YAMLPlace {
    /// libyaml counts lines and columns from 0.
    fileprivate init(_ mark: yaml_mark_t) { self.init(line: mark.line + 1, column: mark.column + 1) }
}
