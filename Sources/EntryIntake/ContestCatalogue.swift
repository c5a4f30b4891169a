public import ContestRules

/// The contests that entries can be submitted to.
public struct ContestCatalogue: Sendable {
    /// The contests in the order in which they were given. No two have the same id.
    public let all: [Contest]

    /// Makes a catalogue. Of contests with the same id, only the last one is kept.
    public init(_ contests: [Contest]) {
        all = contests.enumerated().filter { index, contest in
            !contests[(index + 1)...].contains { $0.id == contest.id }
        }.map(\.element)
    }

    /// The contest with `id`.
    ///
    /// - Throws: `IntakeError.contestUnknown`.
    public func contest(_ id: String) throws(IntakeError) -> Contest {
        guard let found = all.first(where: { $0.id == id }) else { throw .contestUnknown(String(id.prefix(64))) }
        return found
    }
}
