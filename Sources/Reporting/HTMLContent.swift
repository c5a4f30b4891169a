internal import ContestRules
internal import MediaFacts

internal import struct Foundation.Data

/// What a viewer would see and hear, at a glance: a time line with what was found on it, and a strip of stills. Needs no
/// script and no style attribute.
struct HTMLContent {
    let words: Words
    let report: Report
    let stills: [Still]

    /// Which stills are shown: each is some 20 KB in the page.
    enum Strip {
        /// Twelve over the whole length, and those that show a finding.
        case whole
        /// Those that show a finding.
        case findings
        /// None.
        case none
    }

    /// The figure; empty when nothing was decoded.
    func figure(_ strip: Strip) -> String {
        guard let content = report.facts?.content, length > 0 else { return "" }
        return "<div class=\"look\">\(timeline(content))\(film(strip))\(depth(content))</div>"
    }

    private var length: Int64 {
        let content = report.facts?.content
        let length = report.facts?.duration?.wholeMilliseconds ?? content?.sound?.lengthMilliseconds ?? 0
        // A file can claim any length; beyond 35,000 years, reckoning with it would overflow.
        return min(max(0, length), 1 << 50)
    }

    private func depth(_ content: ContentFacts) -> String {
        let frames = content.picture.map { "\($0.framesExamined)/\($0.frames)" } ?? "–"
        let text =
            content.depth == .full
            ? words("逐帧检查（\(frames) 帧）", "Every frame was looked at (\(frames))")
            : words(
                "抽查：关键帧、可疑片段和全部声音（\(frames) 帧）",
                "Sampled: keyframes, suspicious passages and all sound (\(frames) frames)")
        let thresholds =
            content.thresholds == .usual
            ? words("。阈值为本工具设定，非通知所载。", ". The thresholds are this tool's, not the notice's.")
            : words("。部分阈值由竞赛规则设定。", ". Some thresholds are set by the contest's rules.")
        return "<p class=\"small\">\(text)\(thresholds)</p>"
    }

    // MARK: Time line

    private struct Lane {
        var name: String
        var tone: String
        var pieces: [Stretch]
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
    private var barred: [Stretch] {
        guard let picture = report.facts?.video?.picture else { return [] }
        return (report.facts?.content?.picture?.active ?? []).filter {
            Double($0.width) < Double(picture.displayWidth) * 0.96
                || Double($0.height) < Double(picture.displayHeight) * 0.96
        }.map(\.when)
    }

    /// The time line and the loudness curve as a picture that stands alone; nil when nothing was decoded.
    var timelineFile: String? {
        guard let content = report.facts?.content, length > 0 else { return nil }
        let style = "text { font: 11px sans-serif } " + Self.style.replacing(".look ", with: "")
        return timeline(content, opening: "xmlns=\"http://www.w3.org/2000/svg\" ", "<style>\(style)</style>")
    }

    private func timeline(
        _ content: ContentFacts, opening attributes: String = "", _ beginning: String = ""
    ) -> String {
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
        let step = Double(sound?.curveStepMilliseconds ?? 1000)
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

    // MARK: Stills

    private func film(_ strip: Strip) -> String {
        let shown = chosen(strip)
        guard !shown.isEmpty else { return "" }
        let turn = report.facts?.video?.picture?.orientation.quarterTurnDegrees ?? 0
        let frames = shown.map { still in
            let tags = tags(at: still.atMilliseconds)
            let mark = tags.isEmpty ? "" : " <b>\(tags.joined(separator: words("、", ", ")))</b>"
            let time = Wording.clock(still.atMilliseconds)
            return """
                <figure\(tags.isEmpty ? "" : " class=\"found\"")><img class="r\(turn)" alt="\(time)" \
                src="data:image/jpeg;base64,\(Data(still.jpeg).base64EncodedString())">\
                <figcaption>\(time)\(mark)</figcaption></figure>
                """
        }
        return "<div class=\"film\">\(frames.joined())</div>"
    }

    private static let mostOfSheet = 12
    private static let mostOfFindings = 12

    private func chosen(_ strip: Strip) -> [Still] {
        guard strip != .none else { return [] }
        let named = Set(report.findings.filter { $0.outcome != .pass }.flatMap(\.evidence).flatMap(\.stills))
        let found = stills.filter { named.contains(StillReference($0).name) }.prefix(Self.mostOfFindings)
        guard strip == .whole else { return Array(found) }
        let count = max(1, min(Self.mostOfSheet, stills.count))
        let sheet = stills.isEmpty ? [] : (0..<count).map { stills[$0 * stills.count / count] }
        return Set(sheet + found).sorted { $0.atMilliseconds < $1.atMilliseconds }
    }

    /// What was found at a moment; bars are seen in the picture itself.
    private func tags(at time: Int64) -> [String] {
        lanes.filter { lane in
            lane.tone != "bars"
                && lane.pieces.contains {
                    ($0.fromMilliseconds..<max($0.fromMilliseconds + 1, $0.toMilliseconds)).contains(time)
                }
        }.map(\.name)
    }

    /// The figure's part of a page's style sheet.
    static let style = """
        .look { margin: 8px 0; max-width: 760px } .look svg { display: block; width: 100%; max-width: 480px; height: auto }
        .look text { font-size: 11px; fill: #404040 } .look .tick { font-size: 10px; fill: #666 }
        .look rect.back { fill: #eee } .look rect.black { fill: #1a1a1a } .look rect.frozen { fill: #5b8fc4 }
        .look rect.bars { fill: #e0a030 } .look rect.damage { fill: #b3261e } .look rect.silent { fill: #8a6fb0 }
        .look polygon.curve { fill: #9ab8a4 } .film { display: flex; flex-wrap: wrap }
        .film figure { margin: 3px 4px 3px 0; width: 92px; border: 2px solid transparent; text-align: center }
        .film .found { border-color: #e0a030; background: #fff8e8 }
        .film img { width: 88px; height: auto; display: block } .film .r90, .film .r270 { height: 88px;
          object-fit: contain } .film .r90 { transform: rotate(90deg) } .film .r180 { transform: rotate(180deg) }
        .film .r270 { transform: rotate(270deg) }
        .film figcaption { font-size: 11px; line-height: 1.3; color: #404040; text-indent: 0 } .film figcaption b { width: auto !important }

        """
}

/// Pieces of time in words.
private enum LongestPlaces {
    static func text(_ stretches: [Stretch]) -> String {
        stretches.prefix(5).map { "\(Wording.clock($0.fromMilliseconds))–\(Wording.clock($0.toMilliseconds))" }
            .joined(separator: ", ") + (stretches.count > 5 ? ", …" : "")
    }
}
