internal import ContestRules
internal import MediaFacts

internal import struct Foundation.Data

/// The figure about picture and sound in a page: a time line with the ranges that the content check found, and a strip
/// of stills. The figure needs no script and no style attribute.
struct HTMLContent {
    let words: Words
    let report: Report
    let stills: [Still]

    /// Which stills a figure shows. One still takes about 40 KB of the page (30 KB of JPEG in Base64).
    enum Strip {
        /// Twelve stills spread over the whole length, and at most twelve that a finding names as evidence.
        case whole
        /// At most twelve stills that a finding names as evidence.
        case findings
        /// No stills.
        case none
    }

    /// The figure as HTML; empty when the content was not decoded.
    func figure(_ strip: Strip) -> String {
        guard let content = report.facts?.content, let drawn = timeline.figure else { return "" }
        return "<div class=\"look\">\(drawn)\(film(strip))\(depth(content))</div>"
    }

    private var timeline: HTMLTimeline { HTMLTimeline(words: words, report: report) }

    private func depth(_ content: ContentFacts) -> String {
        let thresholds =
            content.thresholds == .usual
            ? words("。阈值为本工具设定，非通知所载。", ". The thresholds are this tool's, not the notice's.")
            : words("。部分阈值由竞赛规则设定。", ". Some thresholds are set by the contest's rules.")
        return "<p class=\"small\">\(examined(content))\(thresholds)</p>"
    }

    private func examined(_ content: ContentFacts) -> String {
        guard let picture = content.picture else { return words("未检查画面", "No picture was examined") }
        let frames = "\(picture.framesExamined)/\(picture.frames)"
        return content.depth == .full
            ? words("逐帧检查（\(frames) 帧）", "Every frame was looked at (\(frames))")
            : words(
                "抽查：关键帧、可疑片段和全部声音（\(frames) 帧）",
                "Sampled: keyframes, suspicious passages and all sound (\(frames) frames)")
    }

    private func film(_ strip: Strip) -> String {
        let shown = chosen(strip)
        guard !shown.isEmpty else { return "" }
        let frames = shown.map { still in
            let tags = timeline.names(at: still.atMilliseconds)
            let mark = tags.isEmpty ? "" : " <b>\(tags.joined(separator: words("、", ", ")))</b>"
            let time = Wording.clock(still.atMilliseconds)
            return """
                <figure\(tags.isEmpty ? "" : " class=\"found\"")><img alt="\(time)" \
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

    /// The rules of the style sheet that a page with this figure needs.
    static let style = """
        .look { margin: 8px 0; max-width: 760px } .look svg { display: block; width: 100%; max-width: 480px; height: auto }
        .look text { font-size: 11px; fill: #404040 } .look .tick { font-size: 10px; fill: #666 }
        .look rect.back { fill: #eee } .look rect.black { fill: #1a1a1a } .look rect.frozen { fill: #5b8fc4 }
        .look rect.bars { fill: #e0a030 } .look rect.damage { fill: #b3261e } .look rect.missing { fill: #7b1fa2 }
        .look rect.silent { fill: #8a6fb0 }
        .look polygon.curve { fill: #9ab8a4 } .film { display: flex; flex-wrap: wrap }
        .film figure { margin: 3px 4px 3px 0; width: 92px; border: 2px solid transparent; text-align: center }
        .film .found { border-color: #e0a030; background: #fff8e8 }
        .film img { max-width: 88px; max-height: 88px; width: auto; height: auto; display: block; margin: 0 auto }
        .film figcaption { font-size: 11px; line-height: 1.3; color: #404040; text-indent: 0 } .film figcaption b { width: auto !important }

        """
}
