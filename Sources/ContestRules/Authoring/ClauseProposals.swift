internal import MediaFacts

/// Limits that a notice's words in Chinese name, as answers to the interview's questions. What is proposed is only a proposal:
/// the author sees it, and the loader checks it.
enum ClauseProposals {
    /// The answer that `clause` names for `limit`; nil when it names none.
    static func proposal(_ limit: InterviewTopic.Limit, _ clause: String) -> String? {
        let text = HalfWidth.folded(clause)
        switch (limit.kind, limit.parameter) {
        case ("orientation", _): return joined(orientations.filter { text.contains($0.zh) }.map(\.name))
        case ("aspect-ratio", _): return joined(text.matches(of: /[0-9.]+:[0-9.]+/).map { String($0.output) })
        case ("resolution", let parameter): return resolution(parameter, text)
        case ("container", "allowed"): return joined(containers(text))
        case ("container", _): return text.contains("等") ? "review" : "fail"
        case ("audio-format", "channels"): return joined(channels.filter { text.contains($0.zh) }.map(\.name))
        case ("audio-format", _): return joined(text.matches(of: /[0-9.]+ *[kK]?[hH]z/).map { String($0.output) })
        default: return ClauseFigures(text, units: units[limit.kind] ?? "").proposal(limit.parameter)
        }
    }

    /// The name in contest files of what people call it; any other answer as it is.
    static func name(_ answer: String) -> String {
        (orientations + channels).first { $0.zh == answer }?.name ?? answer
    }

    private static func joined(_ items: [String]) -> String? {
        items.isEmpty ? nil : items.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }.joined(separator: ", ")
    }

    private static func resolution(_ parameter: String, _ text: String) -> String? {
        let sizes = text.matches(of: /([0-9]{3,5}) *[x×*X] *([0-9]{3,5})/).map { "\($0.output.1)x\($0.output.2)" }
        let isLeast = ClauseFigures.least.contains(where: text.contains)
        switch parameter {
        case "min": return isLeast ? sizes.first : nil
        case "sizes": return isLeast ? nil : joined(sizes)
        default: return sizes.isEmpty ? text.firstMatch(of: /[0-9]{3,4}[pP]|[48][kK]/).map { String($0.output) } : nil
        }
    }

    /// The names of containers in the text.
    private static func containers(_ text: String) -> [String] {
        text.lowercased().matches(of: /[a-z0-9]+/).map { String($0.output) }.filter { word in
            (try? Notation.container.value(word, in: .second)) != nil
        }
    }

    /// Units by kind, as a notice writes them behind a figure; the patterns are those of `ClauseFigures`.
    private static let units = [
        "duration": "小时|分钟|分|秒钟|秒|min|s", "file-size": "GB|MB|KB|G|M|K|兆", "bit-rate": "Mbps|kbps|Kbps|Mb/s|kb/s|M|K",
        "frame-rate": "fps|帧/秒|帧",
    ]

    private static let orientations = [
        (zh: "横屏", name: "landscape"), (zh: "横版", name: "landscape"), (zh: "竖屏", name: "portrait"),
        (zh: "竖版", name: "portrait"), (zh: "方形", name: "square"),
    ]

    private static let channels = [
        (zh: "立体声", name: "stereo"), (zh: "双声道", name: "stereo"), (zh: "单声道", name: "mono"),
    ]
}
