/// The figures of one unit in a notice's words: what is the least, the most or the only one.
struct ClauseFigures {
    private let least: String?
    private let most: String?
    private let only: [String]

    /// Words for a lower limit.
    static let least = ["不少于", "不低于", "不小于", "不短于", "至少", "以上", "最低", "最短", "≥", ">="]
    /// Words for an upper limit.
    private static let most = ["不超过", "不多于", "不大于", "不高于", "不长于", "以内", "以下", "之内", "最多", "最长", "最高", "小于", "≤", "<="]

    /// Reads `text`, whose signs are those of ASCII.
    ///
    /// - Parameter units: the units, longer ones first, separated by `|`.
    init(_ text: String, units: String) {
        let names = units.split(separator: "|").map(String.init)
        let figures = Self.figures(text, names)
        if figures.count == 2, figures[1].joinsRange {
            (least, most, only) = (figures[0].text, figures[1].text, [])
        } else if figures.count == 1, Self.most.contains(where: text.contains) {
            (least, most, only) = (nil, figures[0].text, [])
        } else if figures.count == 1, Self.least.contains(where: text.contains) {
            (least, most, only) = (figures[0].text, nil, [])
        } else {
            (least, most, only) = (nil, nil, figures.map(\.text))
        }
    }

    /// The answer for `parameter`: `min`, `max` or `allowed`.
    func proposal(_ parameter: String) -> String? {
        switch parameter {
        case "min": least
        case "max": most
        default: only.isEmpty ? nil : only.joined(separator: ", ")
        }
    }

    private struct Figure {
        var text: String
        /// Whether the figure is the upper end of a range, as 5 in `3-5`.
        var joinsRange: Bool
    }

    /// The figures with their units; a figure without one has the unit of the next figure, as 3 in `3-5 分钟`.
    private static func figures(_ text: String, _ units: [String]) -> [Figure] {
        var found: [(digits: String, unit: String?, joinsRange: Bool)] = []
        var rest = text[...]
        var joins = false
        while let match = rest.firstMatch(of: /[0-9]+(?:\.[0-9]+)?/) {
            let after = rest[match.range.upperBound...].drop { $0 == " " }
            let unit = units.first { after.hasPrefix($0) }
            let behind = after.dropFirst(unit?.count ?? 0).drop { $0 == " " }
            let isJoint = behind.first.map { "-—–~～至到或/、".contains($0) } ?? false
            let isRange = behind.first.map { "-—–~～至到".contains($0) } ?? false
            if unit != nil || isJoint { found.append((String(match.output), unit, joins)) }
            joins = isRange
            rest = behind
        }
        var unit: String?
        let figures = found.reversed().compactMap { figure -> Figure? in
            unit = figure.unit ?? unit
            return unit.map { Figure(text: figure.digits + $0, joinsRange: figure.joinsRange) }
        }
        return figures.reversed()
    }
}
