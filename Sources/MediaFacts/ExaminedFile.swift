/// The result of an examination: facts, and stills that show them.
public struct ExaminedFile: Sendable, Hashable {
    /// The facts of the file.
    public var facts: MediaFacts
    /// Pictures of the film, in order of time.
    public var stills: [Still]

    /// Joins facts and the stills that belong to them.
    public init(_ facts: MediaFacts, stills: [Still] = []) {
        self.facts = facts
        self.stills = stills
    }
}
