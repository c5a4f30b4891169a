internal import MediaFacts

/// The stills of a film: a contact sheet of twelve, and pictures that show a finding.
///
/// All stills together stay within `FactBounds.stillBytes` and `FactBounds.stills`. Room for the contact sheet is
/// reserved, so findings never use it up.
struct StillAlbum {
    /// Number of equal parts of the film; each has one still on the contact sheet.
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

    /// Makes an album for a film of this length; with nil it accepts no stills.
    init(length: Duration?) { self.length = length.map { min(max(.zero, $0), FactBounds.latest) } }

    /// Length of one part of the film; at least a millisecond.
    var step: Duration { max(.milliseconds(1), (length ?? .zero) / Self.parts) }

    /// The parts without a still, each with its start.
    var missing: [(part: Int, start: Duration)] {
        guard let length else { return [] }
        return isFilled.indices.filter { !isFilled[$0] }.map { ($0, length * $0 / Self.parts) }
    }

    /// The part of the film to which `time` belongs; nil before the film's start, and when no stills are accepted.
    func part(at time: Duration) -> Int? {
        guard let length, time >= .zero else { return nil }
        let part = min(time, FactBounds.latest).attoseconds * Int128(Self.parts) / max(1, length.attoseconds)
        return Int(min(part, Int128(Self.parts - 1)))
    }

    /// Returns whether a part of the film still needs a still, and marks the part as done. The mark comes before
    /// encoding, so that a picture that cannot be encoded does not make every later picture be tried.
    mutating func claim(part: Int) -> Bool {
        guard length != nil, isFilled.indices.contains(part), !isFilled[part] else { return false }
        isFilled[part] = true
        return true
    }

    /// Returns whether a finding still needs a still and there is room for one, and marks the finding as done.
    mutating func claim(_ kind: StillKind, from start: Duration) -> Bool {
        guard length != nil, findings.count < FactBounds.stills - Self.parts,
            bytes + Self.stillBytes * (1 + missing.count) <= FactBounds.stillBytes
        else { return false }
        return findings.insert(Finding(kind: kind, start: start)).inserted
    }

    /// Whether there is a still of this time, in whole milliseconds; the names of stills are made of them.
    func hasStill(at time: Duration) -> Bool {
        stills.contains { $0.atMilliseconds == time.wholeMilliseconds }
    }

    /// Adds a still that was claimed; ignores it when the limits of `FactBounds` are reached.
    mutating func add(_ still: Still) {
        guard stills.count < FactBounds.stills, bytes + still.jpeg.count <= FactBounds.stillBytes else { return }
        stills.append(still)
        bytes += still.jpeg.count
    }
}
