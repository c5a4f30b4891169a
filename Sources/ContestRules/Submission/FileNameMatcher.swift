/// Divides a file's name into the parts of a template.
///
/// A name can be divided in several ways when a part holds the text between two parts: `A--B--C` for `{title}--{entrant}`.
/// The matcher takes the division of least cost, by dynamic programming over the places of the separators. It looks at a
/// fixed number of places for each separator, so the time grows as the name does.
struct FileNameMatcher {
    /// Most places of one separator in a name; a name with more is not divided.
    static let mostPlaces = 32

    /// How well a division fits. The least cost is the best.
    struct Cost: Comparable {
        /// Number of parts whose value their field refuses.
        var refused: Int
        /// Length of the parts that should be short, in scalars.
        var length: Int

        static func < (left: Cost, right: Cost) -> Bool {
            (left.refused, left.length) < (right.refused, right.length)
        }

        static func + (left: Cost, right: Cost) -> Cost {
            Cost(refused: left.refused + right.refused, length: left.length + right.length)
        }
    }

    /// A division of the rest of a name from one place on.
    private struct Division {
        var cost: Cost
        /// Where the first part ends.
        var end: Int
    }

    private let scalars: [Unicode.Scalar]
    /// The scalars in ASCII where one stands for them; nil for white space and for what cannot be seen.
    private let signs: [Unicode.Scalar?]

    /// Prepares a name without extension, in composed characters.
    init(_ stem: String) {
        scalars = Array(stem.unicodeScalars)
        signs = scalars.map(Self.sign)
    }

    /// The values of the parts in their order, each without white space at its ends.
    ///
    /// - Parameters:
    ///   - literals: the texts around the parts, as `FileNameTemplate.literals`.
    ///   - cost: the cost of a value, which is not blank, as the part with this index.
    /// - Returns: the ranges of scalars that hold the values; nil when the name cannot be divided.
    func ranges(between literals: [String], cost: (Int, String) -> Int, isShort: (Int) -> Bool) -> [Range<Int>]? {
        let texts = literals.map { $0.unicodeScalars.compactMap(Self.sign) }
        guard let head = texts.first, let tail = texts.last, let start = end(of: head, at: 0),
            let finish = beginning(ofLast: tail), start < finish
        else { return nil }
        var places: [[Range<Int>]] = []
        for separator in texts.dropFirst().dropLast() {
            guard let found = self.places(of: separator, in: start..<finish) else { return nil }
            places.append(found)
        }
        places.append([finish..<finish])
        return divide(from: start, at: places) { part, range in
            let value = value(range)
            guard !HalfWidth.isBlank(value) else { return nil }
            return Cost(refused: cost(part, value), length: isShort(part) ? range.count : 0)
        }
    }

    /// The text of a range, without white space at its ends.
    func value(_ range: Range<Int>) -> String { HalfWidth.trimmed(text(range)) }

    /// The text of a range of scalars.
    func text(_ range: Range<Int>) -> String { String(String.UnicodeScalarView(scalars[range])) }

    /// Number of scalars of the name.
    var count: Int { scalars.count }

    /// The division of least cost. Among several the first part is the shortest possible, then the second, and so on.
    private func divide(
        from start: Int, at places: [[Range<Int>]], _ cost: (Int, Range<Int>) -> Cost?
    ) -> [Range<Int>]? {
        // For each part, the best division of the rest of the name by the place where the part begins.
        var best: [[Int: Division]] = Array(repeating: [:], count: places.count)
        for part in places.indices.reversed() {
            let starts = part == 0 ? [start] : places[part - 1].map(\.upperBound)
            for begin in starts {
                var found: Division?
                for place in places[part] where place.lowerBound > begin {
                    let isLast = part == places.count - 1
                    guard let rest = isLast ? Cost(refused: 0, length: 0) : best[part + 1][place.upperBound]?.cost,
                        let own = cost(part, begin..<place.lowerBound)
                    else { continue }
                    if found.map({ own + rest < $0.cost }) ?? true {
                        found = Division(cost: own + rest, end: place.lowerBound)
                    }
                }
                best[part][begin] = found
            }
        }
        var (begin, ranges): (Int, [Range<Int>]) = (start, [])
        for part in places.indices {
            guard let end = best[part][begin]?.end else { return nil }
            ranges.append(begin..<end)
            begin = places[part].first { $0.lowerBound == end }?.upperBound ?? end
        }
        return ranges
    }

    /// Where `literal` ends when it begins at `start` or behind white space there; nil when it does not. An empty literal
    /// ends at `start`.
    private func end(of literal: [Unicode.Scalar], at start: Int) -> Int? {
        var place = start
        for sign in literal {
            while place < signs.count, signs[place] == nil { place += 1 }
            guard place < signs.count, signs[place] == sign else { return nil }
            place += 1
        }
        return place
    }

    /// Where `literal` begins at the end of the name, with at most white space behind it; nil when it does not stand there.
    private func beginning(ofLast literal: [Unicode.Scalar]) -> Int? {
        var place = signs.count
        for sign in literal.reversed() {
            while place > 0, signs[place - 1] == nil { place -= 1 }
            guard place > 0, signs[place - 1] == sign else { return nil }
            place -= 1
        }
        return place
    }

    /// The places of a separator in `range`, in their order; each run of white space for one without visible signs.
    ///
    /// - Returns: nil when there are more than `mostPlaces`.
    private func places(of separator: [Unicode.Scalar], in range: Range<Int>) -> [Range<Int>]? {
        var found: [Range<Int>] = []
        var place = range.lowerBound
        while place < range.upperBound {
            guard let end = separator.isEmpty ? endOfBlank(at: place) : visibleEnd(of: separator, at: place),
                end <= range.upperBound
            else {
                place += 1
                continue
            }
            guard found.count < Self.mostPlaces else { return nil }
            found.append(place..<end)
            // Separators of several signs may overlap: `A---B` holds `--` twice.
            place = separator.isEmpty ? end : place + 1
        }
        return found
    }

    private func visibleEnd(of separator: [Unicode.Scalar], at place: Int) -> Int? {
        signs[place] == nil ? nil : end(of: separator, at: place)
    }

    /// The end of the white space at `place`; nil when none begins there.
    private func endOfBlank(at place: Int) -> Int? {
        guard scalars[place].properties.isWhitespace else { return nil }
        return signs[place...].firstIndex { $0 != nil } ?? signs.count
    }

    private static func sign(_ scalar: Unicode.Scalar) -> Unicode.Scalar? {
        guard !HalfWidth.isInvisible(scalar) else { return nil }
        let sign = HalfWidth.ascii(scalar)
        return sign.properties.isWhitespace ? nil : sign
    }
}
