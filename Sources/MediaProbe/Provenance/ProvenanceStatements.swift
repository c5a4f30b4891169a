internal import MediaFacts

/// The statements about how a file was made, as bytes, with their places.
struct ProvenanceStatements: Sendable {
    /// Most statements of one kind that are read.
    static let most = Provenance.most

    /// The places that the reader of this container searches.
    var searched: Set<ProvenancePlace> = []
    /// AI labels outside XMP, in file order.
    private(set) var labels: [(place: ProvenancePlace, value: BoundedValue)] = []
    /// XMP packets, in file order.
    private(set) var packets: [BoundedValue] = []
    /// Content Credentials, in file order; their bytes begin with the JUMBF boxes.
    private(set) var credentials: [BoundedValue] = []

    /// Adds an AI label; nothing when `value` is nil or enough labels are known.
    mutating func addLabel(_ value: BoundedValue?, at place: ProvenancePlace) {
        guard let value, labels.count < Self.most else { return }
        labels.append((place, value))
    }

    /// Adds an XMP packet; nothing when `value` is nil or enough packets are known.
    mutating func addPacket(_ value: BoundedValue?) {
        guard let value, packets.count < Self.most else { return }
        packets.append(value)
    }

    /// Adds Content Credentials; nothing when `value` is nil or enough are known.
    mutating func addCredentials(_ value: BoundedValue?) {
        guard let value, credentials.count < Self.most else { return }
        credentials.append(value)
    }

    /// Whether a metadata key names an AI label. Writers differ in the case of its letters.
    static func isLabelKey(_ key: some Sequence<UInt8>) -> Bool {
        key.map { $0 | 0x20 }.elementsEqual("aigc".utf8)
    }
}

extension ProvenanceStatements {
    /// The facts that these statements give.
    var facts: Provenance {
        var facts = Provenance(searched: ProvenancePlace.known.filter(searched.contains))
        for (place, value) in labels { facts.add(AILabel(value, at: place)) }
        for packet in packets { facts.add(packet) }
        if searched.contains(.c2pa) {
            facts.credentials = credentials.first.map(ContentCredentials.init(store:)) ?? ContentCredentials()
            if credentials.count > 1 { facts.credentials?.add(.doubled) }
        }
        return facts
    }
}

extension Provenance {
    /// Adds `label`, and notes when it is the second of its place or contradicts an earlier one. Streams that state the
    /// same count once.
    fileprivate mutating func add(_ label: AILabel) {
        guard labels.count < Self.most else { return }
        var label = label
        if label.place == .streamMetadata {
            guard !labels.contains(label) else { return }
        } else if labels.contains(where: { $0.place == label.place }) {
            label.problems.append(.doubled)
        }
        let contradicts = labels.contains { earlier in earlier.meaning.map { $0 != label.meaning } ?? false }
        if contradicts, label.meaning != nil { label.problems.append(.contradicting) }
        labels.append(label)
    }

    /// Adds what an XMP packet states.
    fileprivate mutating func add(_ packet: BoundedValue) {
        guard case .bytes(let bytes) = packet else { return add(.xmp, .tooLarge) }
        let properties = XMPProperties(bytes)
        if let problem = properties.problem { add(.xmp, problem) }
        for value in properties.labels { add(AILabel(BoundedValue(value, most: BoundedValue.labelBytes), at: .xmp)) }
        for sourceType in properties.sourceTypes.compactMap({ cleanAddress($0) }) {
            if let known = digitalSourceType {
                if known != sourceType { add(.xmp, .contradicting) }
            } else {
                digitalSourceType = sourceType
            }
        }
    }

    private mutating func add(_ place: ProvenancePlace, _ code: ProvenanceProblem) {
        let problem = PlaceProblem(place, code)
        if !problems.contains(problem) { problems.append(problem) }
    }
}

extension ContentCredentials {
    /// Adds a problem, once.
    mutating func add(_ problem: ProvenanceProblem) {
        if !problems.contains(problem) { problems.append(problem) }
    }
}

/// `text` without control and format characters and at most `FactBounds.textBytes` long; nil when nothing visible is left.
func cleanAddress(_ text: String) -> String? {
    guard let clean = cleanText(text, limit: FactBounds.textBytes) else { return nil }
    return clean.utf8.count <= FactBounds.textBytes ? clean : cleanText(clean, limit: FactBounds.textBytes / 4)
}
