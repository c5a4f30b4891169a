internal import MediaFacts

/// The stills of a film, and the choice of them: a contact sheet of twelve, and pictures that show a finding.
///
/// All stills together stay within `FactBounds.stillBytes` and `FactBounds.stills`. The contact sheet has a reserve, so
/// findings never take its places.
struct StillAlbum {
    /// Parts of the film that have a still each.
    static let parts = 12
    /// Most bytes of one still.
    static let stillBytes = 100 << 10

    /// The stills, in the order in which they were added.
    private(set) var stills: [Still] = []
    private let length: Duration?
    private var isFilled = [Bool](repeating: false, count: parts)
    private var findings: Set<Finding> = []
    private var bytes = 0

    private struct Finding: Hashable {
        let kind: StillKind
        let start: Duration
    }

    /// Makes an album of a film of this length; nil takes no stills at all.
    init(length: Duration?) { self.length = length.map { min(max(.zero, $0), FactBounds.latest) } }

    /// Length of one part of the film; a millisecond or more.
    var step: Duration { max(.milliseconds(1), (length ?? .zero) / Self.parts) }

    /// The parts without a still, each with its start.
    var missing: [(part: Int, start: Duration)] {
        guard let length else { return [] }
        return isFilled.indices.filter { !isFilled[$0] }.map { ($0, length * $0 / Self.parts) }
    }

    /// The part of the film that `time` belongs to; nil before the film, and when no stills are taken.
    func part(at time: Duration) -> Int? {
        guard let length, time >= .zero else { return nil }
        let part = min(time, FactBounds.latest).attoseconds * Int128(Self.parts) / max(1, length.attoseconds)
        return Int(min(part, Int128(Self.parts - 1)))
    }

    /// Whether a part of the film has no still yet, and marks the part as served: a picture that cannot be encoded is not
    /// followed by a trial with each picture behind.
    mutating func claim(part: Int) -> Bool {
        guard length != nil, isFilled.indices.contains(part), !isFilled[part] else { return false }
        isFilled[part] = true
        return true
    }

    /// Whether a finding has no still yet and there is room for one, and marks the finding as served.
    mutating func claim(_ kind: StillKind, from start: Duration) -> Bool {
        guard length != nil, findings.count < FactBounds.stills - Self.parts,
            bytes + Self.stillBytes * (1 + missing.count) <= FactBounds.stillBytes
        else { return false }
        return findings.insert(Finding(kind: kind, start: start)).inserted
    }

    /// Whether a picture shown at `time` is a still already. Names of stills are made of whole milliseconds.
    func hasStill(at time: Duration) -> Bool {
        stills.contains { $0.atMilliseconds == time.wholeMilliseconds }
    }

    /// Adds a still that was claimed; more than `FactBounds` allows is left out.
    mutating func add(_ still: Still) {
        guard stills.count < FactBounds.stills, bytes + still.jpeg.count <= FactBounds.stillBytes else { return }
        stills.append(still)
        bytes += still.jpeg.count
    }
}
