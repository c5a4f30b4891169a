/// Guesses at misspelt names.
enum Spelling {
    /// The nearest candidate, at most two edits away and at most as many as half of the shorter word has letters; nil when
    /// none is so near.
    static func nearest(to name: String, among candidates: some Collection<String>) -> String? {
        let near = candidates.compactMap { candidate -> (word: String, edits: Int)? in
            let most = min(2, name.count / 2, candidate.count / 2)
            // The distance is at least the difference of the lengths; a long name costs nothing then.
            guard abs(candidate.count - name.count) <= most else { return nil }
            let edits = distance(Array(name.lowercased()), Array(candidate.lowercased()))
            return edits <= most ? (candidate, edits) : nil
        }
        return near.min { ($0.edits, $0.word) < ($1.edits, $1.word) }?.word
    }

    /// Levenshtein's distance.
    private static func distance(_ a: [Character], _ b: [Character]) -> Int {
        var row = Array(0...b.count)
        for (i, left) in a.enumerated() {
            var diagonal = row[0]
            row[0] = i + 1
            for (j, right) in b.enumerated() {
                let replaced = diagonal + (left == right ? 0 : 1)
                diagonal = row[j + 1]
                row[j + 1] = min(replaced, row[j] + 1, row[j + 1] + 1)
            }
        }
        return row[b.count]
    }
}
