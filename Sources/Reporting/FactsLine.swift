internal import ContestRules
internal import MediaFacts

/// The facts of a file in one line, such as `2:26.140 · 1920×1080 (16:9) · mp4 h264+aac · 25 fps · 2.23 MB`. A fact
/// that is unknown is left out.
enum FactsLine {
    static func text(_ facts: MediaFacts, separator: String = " · ") -> String {
        let codecs = [facts.video?.codec, facts.audio?.codec].compactMap(\.self).joined(separator: "+")
        let picture = facts.video?.picture.map {
            "\($0.displayWidth)×\($0.displayHeight) (\($0.displayAspectRatio.colonText))"
        }
        return [
            facts.duration.map(clock), picture,
            [facts.container.family.rawValue, codecs].filter { !$0.isEmpty }.joined(separator: " "),
            facts.video?.frameRate.map { "\(Wording.decimal($0.value)) fps" }, Wording.bytes(facts.bytes),
        ].compactMap(\.self).joined(separator: separator)
    }

    /// A length as minutes, seconds and milliseconds, such as `2:26.140`. Minutes go beyond 60.
    static func clock(_ length: Duration) -> String {
        let total = length.wholeMilliseconds
        func padded(_ number: Int64, _ digits: Int) -> String {
            let text = String(number)
            return String(repeating: "0", count: max(0, digits - text.count)) + text
        }
        return "\(total / 60_000):\(padded(total / 1000 % 60, 2)).\(padded(total % 1000, 3))"
    }
}
