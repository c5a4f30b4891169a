internal import ContestRules
internal import MediaFacts

/// A time line of a film as SVG: one lane for each kind of range that the content check found, and the loudness curve.
struct HTMLTimeline {
    let words: Words
    let report: Report

    /// Length of the time line in milliseconds, 0...2⁵⁰: the film's, else the sound's, else zero.
    private var length: Int64 {
        let content = report.facts?.content
        let length = report.facts?.duration?.wholeMilliseconds ?? content?.sound?.length.wholeMilliseconds ?? 0
        // A report from outside can claim any length. Sums of lengths overflow beyond 2⁵⁰ ms, which is 35,000 years.
        return min(max(0, length), 1 << 50)
    }

    /// One row of the drawing.
    private struct Lane {
        /// The kind of range in the page's language, not escaped.
        var name: String
        /// Class of the lane's rectangles in the style sheet.
        var tone: String
        /// Ranges in order of time.
        var ranges: [TimeRange]
    }

    private static let (left, width, laneHeight, curveHeight) = (66.0, 340.0, 18.0, 36.0)

    private var lanes: [Lane] {
        let content = report.facts?.content
        let all = [
            Lane(name: words("黑屏", "Black"), tone: "black", ranges: content?.picture?.black ?? []),
            Lane(name: words("静止", "Frozen"), tone: "frozen", ranges: content?.picture?.frozen ?? []),
            Lane(name: words("黑边", "Bars"), tone: "bars", ranges: barred),
            Lane(name: words("损坏", "Damaged"), tone: "damage", ranges: content?.picture?.damage ?? []),
            Lane(name: words("缺失", "Missing"), tone: "missing", ranges: content?.picture?.missing ?? []),
            Lane(name: words("无声", "Silent"), tone: "silent", ranges: content?.sound?.silent ?? []),
        ]
        return all.filter { !$0.ranges.isEmpty }
    }

    /// Ranges with black bars: the active picture is narrower or lower than 96 % of the shape that is shown then.
    private var barred: [TimeRange] {
        guard let facts = report.facts else { return [] }
        let shapes = facts.shapes
        return (facts.content?.picture?.active ?? []).filter { active in
            guard let whole = (shapes.last { $0.when.start <= active.when.start } ?? shapes.first)?.picture else {
                return false
            }
            return Double(active.width) < Double(whole.displayWidth) * 0.96
                || Double(active.height) < Double(whole.displayHeight) * 0.96
        }.map(\.when)
    }

    /// The SVG element for an HTML page; nil when the content was not decoded or has no length.
    var figure: String? { drawing() }

    /// The SVG element as a file of its own, with its style sheet; nil when the content was not decoded or has no
    /// length.
    var file: String? {
        let style = "text { font: 11px sans-serif } " + HTMLContent.style.replacing(".look ", with: "")
        return drawing(opening: "xmlns=\"http://www.w3.org/2000/svg\" ", "<style>\(style)</style>")
    }

    private func drawing(opening attributes: String = "", _ beginning: String = "") -> String? {
        guard let content = report.facts?.content, length > 0 else { return nil }
        let lanes = lanes
        let curve = content.sound?.curve ?? []
        let top = Double(lanes.count) * Self.laneHeight
        let bottom = top + (curve.isEmpty ? 0 : Self.curveHeight + 6)
        var parts = lanes.enumerated().map { lane($0.element, at: Double($0.offset) * Self.laneHeight) }
        if !curve.isEmpty { parts.append(loudness(curve, content.sound, at: top + 4)) }
        parts.append(axis(at: bottom))
        let names = lanes.map { "\($0.name) \(Wording.places($0.ranges, most: 5))" }.joined(separator: "; ")
        let label = HTMLText.escaped(names.isEmpty ? words("未发现异常片段", "nothing was found") : names)
        return """
            <svg \(attributes)viewBox="0 0 \(Int(Self.left + Self.width + 16)) \(Int(bottom + 18))" role="img" aria-label="\(label)">\
            \(beginning)\(parts.joined())</svg>
            """
    }

    private func x(_ milliseconds: Int64) -> Double {
        Self.left + Self.width * Double(min(max(0, milliseconds), length)) / Double(length)
    }

    private func lane(_ lane: Lane, at y: Double) -> String {
        let rectangles = lane.ranges.map { range in
            // Sound may last longer than the picture; a range behind the film's end is drawn at the right edge.
            let from = min(x(range.fromMilliseconds), Self.left + Self.width - 2)
            let title =
                "\(Wording.clock(range.fromMilliseconds))–\(Wording.clock(range.toMilliseconds)) "
                + HTMLText.escaped(Wording.duration(range.length)[words.language])
            return """
                <rect class="\(lane.tone)" x="\(Self.text(from))" y="\(Self.text(y + 3))" height="12" \
                width="\(Self.text(max(2, x(range.toMilliseconds) - from)))"><title>\(title)</title></rect>
                """
        }
        return """
            <text class="name" x="0" y="\(Self.text(y + 13))">\(lane.name)</text>\
            <rect class="back" x="\(Self.text(Self.left))" y="\(Self.text(y + 3))" \
            width="\(Self.text(Self.width))" height="12"/>\(rectangles.joined())
            """
    }

    private func loudness(_ curve: [Double], _ sound: SoundContent?, at y: Double) -> String {
        let step = Double(sound?.curveStep.wholeMilliseconds ?? 1000)
        let points = curve.enumerated().map { index, value in
            let place = x(Int64(Double(index + 1) * step))
            // From −60 LUFS at the bottom to 0 at the top.
            let height = min(1, max(0, (value + 60) / 60)) * Self.curveHeight
            return "\(Self.text(place)),\(Self.text(y + Self.curveHeight - height))"
        }
        let start = "\(Self.text(Self.left)),\(Self.text(y + Self.curveHeight))"
        let end = "\(Self.text(x(Int64(Double(curve.count) * step)))),\(Self.text(y + Self.curveHeight))"
        let figure = sound?.loudness.map { "\($0 < 0 ? "-" : "")\(Wording.decimal($0.magnitude)) LUFS" } ?? ""
        return """
            <text class="name" x="0" y="\(Self.text(y + 16))">\(words("响度", "Loudness"))</text>\
            <text class="tick" x="0" y="\(Self.text(y + 30))">\(figure)</text>\
            <rect class="back" x="\(Self.text(Self.left))" y="\(Self.text(y))" width="\(Self.text(Self.width))" \
            height="\(Self.text(Self.curveHeight))"/>\
            <polygon class="curve" points="\(start) \(points.joined(separator: " ")) \(end)"/>
            """
    }

    private func axis(at y: Double) -> String {
        let marks = Int(min(6, max(1, length / 1000)))  // `Wording.clock` shows whole seconds
        return (0...marks).map { index in
            let time = length * Int64(index) / Int64(marks)
            let anchor = index == 0 ? "start" : index == marks ? "end" : "middle"
            return """
                <text class="tick" x="\(Self.text(x(time)))" y="\(Self.text(y + 14))" \
                text-anchor="\(anchor)">\(Wording.clock(time))</text>
                """
        }.joined()
    }

    private static func text(_ value: Double) -> String { Wording.decimal(value) }

    /// Names of the lanes that have a range at `time` (milliseconds), for the caption of a still. The lane of black
    /// bars is left out, because the still itself shows them.
    func names(at time: Int64) -> [String] {
        lanes.filter { lane in
            lane.tone != "bars"
                && lane.ranges.contains {
                    ($0.fromMilliseconds..<max($0.fromMilliseconds + 1, $0.toMilliseconds)).contains(time)
                }
        }.map(\.name)
    }
}
