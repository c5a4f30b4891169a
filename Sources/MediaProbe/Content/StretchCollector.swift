internal import MediaFacts

/// Gathers the pieces of time for which something holds, frame after frame.
struct StretchCollector {
    /// Shorter pieces are dropped, in milliseconds.
    let shortest: Int64
    private(set) var stretches: [Stretch] = []
    /// Where the piece that holds now began; nil while nothing does.
    private(set) var start: Int64?

    /// More pieces than anybody reads; a hostile file could have one for every other frame.
    private static let most = 1000

    init(shortest: Int64) { self.shortest = shortest }

    /// Notes that it holds from `time` on; `time` of a piece that goes on changes nothing.
    mutating func begin(at time: Int64) { start = start ?? time }

    /// Notes that it no longer holds at `time`.
    mutating func end(at time: Int64) {
        guard let from = start else { return }
        start = nil
        // What comes before the first picture is not shown.
        let shown = max(0, from)
        guard time - shown >= shortest, stretches.count < Self.most else { return }
        stretches.append(Stretch(fromMilliseconds: shown, toMilliseconds: time))
    }
}
