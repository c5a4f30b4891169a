internal import ContestRules
internal import MediaFacts

/// What was found over the length of a video, and how loud it is, as inline SVG.
struct HTMLTimeline {
    let words: Words
    let report: Report

    private var length: Int64 {
        let content = report.facts?.content
        let length = report.facts?.duration?.wholeMilliseconds ?? content?.sound?.length.wholeMilliseconds ?? 0
        // A file can claim any length; beyond 35,000 years, reckoning with it would overflow.
        return min(max(0, length), 1 << 50)
    }

    private struct Lane {
        var name: String
        var tone: String
        var pieces: [TimeRange]
    }

    private static let (left, width, laneHeight, curveHeight) = (66.0, 340.0, 18.0, 36.0)

    private var lanes: [Lane] {
        let content = report.facts?.content
        let all = [
            Lane(name: words("黑屏", "Black"), tone: "black", pieces: content?.picture?.black ?? []),
            Lane(name: words("静止", "Frozen"), tone: "frozen", pieces: content?.picture?.frozen ?? []),
            Lane(name: words("黑边", "Bars"), tone: "bars", pieces: barred),
            Lane(name: words("损坏", "Damaged"), tone: "damage", pieces: content?.picture?.damage ?? []),
            Lane(name: words("无声", "Silent"), tone: "silent", pieces: content?.sound?.silent ?? []),
        ]
        return all.filter { !$0.pieces.isEmpty }
    }

    /// When there were bars.
    private var barred: [TimeRange] {
        guard let picture = report.facts?.video?.picture else { return [] }
        return (report.facts?.content?.picture?.active ?? []).filter {
            Double($0.width) < Double(picture.displayWidth) * 0.96
                || Double($0.height) < Double(picture.displayHeight) * 0.96
        }.map(\.when)
    }

    /// The drawing within a page; nil when nothing was decoded.
    var figure: String? { drawing() }

    /// The drawing as a picture that stands alone; nil when nothing was decoded.
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
        let names = lanes.map { "\($0.name) \(LongestPlaces.text($0.pieces))" }.joined(separator: "; ")
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
        let pieces = lane.pieces.map { piece in
            let from = x(piece.fromMilliseconds)
            let title =
                "\(Wording.clock(piece.fromMilliseconds))–\(Wording.clock(piece.toMilliseconds)) "
                + HTMLText.escaped(Wording.duration(piece.length)[words.language])
            return """
                <rect class="\(lane.tone)" x="\(Self.text(from))" y="\(Self.text(y + 3))" height="12" \
                width="\(Self.text(max(2, x(piece.toMilliseconds) - from)))"><title>\(title)</title></rect>
                """
        }
        return """
            <text class="name" x="0" y="\(Self.text(y + 13))">\(lane.name)</text>\
            <rect class="back" x="\(Self.text(Self.left))" y="\(Self.text(y + 3))" \
            width="\(Self.text(Self.width))" height="12"/>\(pieces.joined())
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
        let marks = 6
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

    /// What was found at a moment; bars are seen in the picture itself.
    func names(at time: Int64) -> [String] {
        lanes.filter { lane in
            lane.tone != "bars"
                && lane.pieces.contains {
                    ($0.fromMilliseconds..<max($0.fromMilliseconds + 1, $0.toMilliseconds)).contains(time)
                }
        }.map(\.name)
    }
}

/// Pieces of time in words.
private enum LongestPlaces {
    static func text(_ stretches: [TimeRange]) -> String {
        stretches.prefix(5).map { "\(Wording.clock($0.fromMilliseconds))–\(Wording.clock($0.toMilliseconds))" }
            .joined(separator: ", ") + (stretches.count > 5 ? ", …" : "")
    }
}
