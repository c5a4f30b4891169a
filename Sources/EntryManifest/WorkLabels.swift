/// Finds the word for a part of a work in the name of a file: `守信的故事-预告片`, `[poster] 守信的故事`.
struct WorkLabels {
    /// A name without its label, and the part that the label names.
    struct Match: Equatable {
        /// The folded name without label and separators; empty when the name is the label alone.
        var base: String
        var part: Int
        /// Whether a separator or a bracket divides the label from the base, or the base is empty.
        var isDivided: Bool
    }

    private typealias Signs = [Unicode.Scalar]

    private static let separators = Set("-_+ .·—–~、,".unicodeScalars)
    private static let brackets: [Unicode.Scalar: Unicode.Scalar] = [
        ")": "(", "]": "[", "】": "【", "」": "「", "}": "{", "》": "《", "〕": "〔",
    ]
    private static let opening = Set(brackets.values)

    /// Folded labels with their parts, the longest first.
    private let labels: [(signs: [Unicode.Scalar], part: Int)]

    /// Prepares the labels of each part, by its index.
    init(_ labels: [[String]]) {
        let all = labels.enumerated().flatMap { part, labels in
            Set(labels.map(ManifestText.folded)).map { (signs: Array($0.unicodeScalars), part: part) }
        }
        self.labels = all.sorted { $0.signs.count > $1.signs.count }
    }

    /// The part whose label is all of `name`, which is folded; only parts in `admitted` count.
    func part(named name: String, _ admitted: (Int) -> Bool) -> Int? {
        let signs = Array(name.unicodeScalars)
        return labels.first { $0.signs == signs && admitted($0.part) }?.part
    }

    /// The label at the end or at the start of `name`, which is folded; the longest one counts, and a divided one before one
    /// that follows the base immediately. Only parts in `admitted` count.
    func match(_ name: String, _ admitted: (Int) -> Bool) -> Match? {
        let signs = Array(name.unicodeScalars)
        guard let first = signs.first, let last = signs.last else { return nil }
        let hasBracket = Self.opening.contains(first) || Self.brackets[last] != nil
        var adjacent: Match?
        for label in labels where label.signs.count <= signs.count && admitted(label.part) {
            // Most labels differ from the name in their first and last sign; comparing those first saves most of the time.
            guard hasBracket || label.signs.last == last || label.signs.first == first else { continue }
            for base in Self.bases(signs, label.signs) {
                let match = Match(base: Self.text(base.signs), part: label.part, isDivided: base.isDivided)
                if match.isDivided { return match }
                adjacent = adjacent ?? match
            }
        }
        return adjacent
    }

    /// What is left of `name` without `label` at its end, then at its start.
    private static func bases(_ name: Signs, _ label: Signs) -> [(signs: ArraySlice<Unicode.Scalar>, isDivided: Bool)] {
        guard name.count > label.count else { return name == label ? [([], true)] : [] }
        var bases: [(signs: ArraySlice<Unicode.Scalar>, isDivided: Bool)] = []
        if name.suffix(label.count).elementsEqual(label) {
            bases.append(divided(name.dropLast(label.count), atEnd: true))
        }
        if name.prefix(label.count).elementsEqual(label) {
            bases.append(divided(name.dropFirst(label.count), atEnd: false))
        }
        if let last = name.last, let open = brackets[last] {
            let inner = name.dropLast()
            if inner.suffix(label.count).elementsEqual(label), inner.dropLast(label.count).last == open {
                bases.append((trimmed(inner.dropLast(label.count + 1)), true))
            }
        }
        if let first = name.first, opening.contains(first) {
            let rest = name.dropFirst()
            if rest.prefix(label.count).elementsEqual(label),
                rest.dropFirst(label.count).first.flatMap({ brackets[$0] }) == first
            {
                bases.append((trimmed(rest.dropFirst(label.count + 1)), true))
            }
        }
        return bases
    }

    private static func divided(
        _ base: ArraySlice<Unicode.Scalar>, atEnd: Bool
    ) -> (signs: ArraySlice<Unicode.Scalar>, isDivided: Bool) {
        let neighbour = atEnd ? base.last : base.first
        return (trimmed(base), neighbour.map(separators.contains) ?? true)
    }

    private static func trimmed(_ signs: ArraySlice<Unicode.Scalar>) -> ArraySlice<Unicode.Scalar> {
        var signs = signs.drop(while: separators.contains)
        while let last = signs.last, separators.contains(last) { signs.removeLast() }
        return signs
    }

    private static func text(_ signs: some Sequence<Unicode.Scalar>) -> String {
        var view = String.UnicodeScalarView()
        view.append(contentsOf: signs)
        return String(view)
    }
}
