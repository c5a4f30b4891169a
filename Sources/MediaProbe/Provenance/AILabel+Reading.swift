internal import MediaFacts

extension AILabel {
    /// Reads a label from the value of its metadata key.
    ///
    /// The value is a JSON object: the seven members of GB 45438-2025, annex E, or an object `AIGC` that has them. A
    /// defect of the value becomes a problem of the label.
    init(_ value: BoundedValue, at place: ProvenancePlace) {
        guard case .bytes(let bytes) = value else {
            self.init(place: place, problems: [.tooLarge])
            return
        }
        let text = Self.trimmed(bytes)
        guard String(validating: text, as: UTF8.self) != nil else {
            self.init(place: place, problems: [.notUTF8])
            return
        }
        guard let members = JSONValue(text)?.members else {
            self.init(place: place, problems: [.notJSON])
            return
        }
        self.init(place: place)
        let inner = members.first { $0.key == "AIGC" }?.value.members
        if inner != nil, members.count(where: { $0.key == "AIGC" }) > 1 { add(.repeatedKey) }
        read(inner ?? members)
    }

    private mutating func read(_ members: [JSONValue.Member]) {
        if Set(members.map(\.key)).count < members.count { add(.repeatedKey) }
        func value(_ key: String) -> JSONValue? { members.first { $0.key == key }?.value }
        switch value("Label") {
        case nil: add(.noLabel)
        case .text(let text): label = cleanText(text, limit: 16)
        case .number(let digits):
            label = cleanText(digits, limit: 16)
            add(.notText)
        default: add(.notText)
        }
        if value("Label") != nil, meaning == nil { add(.unknownLabel) }
        producer = text(value("ContentProducer"), limit: 64)
        produceID = text(value("ProduceID"), limit: 512).map(Self.masked)
        propagator = text(value("ContentPropagator"), limit: 64)
    }

    /// A text without control characters; nil when it is absent, empty or no text, which is noted.
    private mutating func text(_ value: JSONValue?, limit: Int) -> String? {
        guard let value else { return nil }
        guard case .text(let text) = value else {
            add(.notText)
            return nil
        }
        return cleanText(text, limit: limit)
    }

    private mutating func add(_ problem: ProvenanceProblem) {
        if !problems.contains(problem) { problems.append(problem) }
    }

    /// The value without a byte order mark, and without spaces and zero bytes at its ends.
    private static func trimmed(_ bytes: [UInt8]) -> ArraySlice<UInt8> {
        let marked = bytes.starts(with: [0xef, 0xbb, 0xbf]) ? bytes.dropFirst(3) : bytes[...]
        let start = marked.drop { $0 <= 0x20 }
        guard let last = start.lastIndex(where: { $0 > 0x20 }) else { return [] }
        return start[...last]
    }
}
