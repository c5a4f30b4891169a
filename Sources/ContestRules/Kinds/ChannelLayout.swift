internal import MediaFacts

/// Channels that a rule allows: a number of channels, or a layout by name.
enum ChannelLayout: Hashable, Sendable {
    /// Any layout of this many channels.
    case count(Int)
    /// The layout of this name, which has this many channels.
    case named(String, Int)

    /// Layouts by name, and their number of channels.
    private static let names = [
        "mono": 1, "stereo": 2, "2.1": 3, "3.0": 3, "4.0": 4, "5.0": 5, "5.1": 6, "6.1": 7, "7.1": 8,
    ]

    /// Numbers of channels that a file may ask for.
    private static let counts = 1...64

    /// Reads `2` or `stereo`; nil for any other text.
    init?(_ text: String) {
        if let count = Self.names[text] {
            self = .named(text, count)
        } else if text.wholeMatch(of: /[0-9]{1,2}/) != nil, let count = Int(text), Self.counts.contains(count) {
            self = .count(count)
        } else {
            return nil
        }
    }

    /// Reads what notices write: 立体声, 双声道.
    init?(usual text: String) {
        switch text.lowercased() {
        case "单声道", "mono": self = .named("mono", 1)
        case "立体声", "stereo", "2.0": self = .named("stereo", 2)
        case "双声道": self = .count(2)
        default: return nil
        }
    }

    /// `2` or `stereo`.
    var text: String {
        switch self {
        case .count(let count): "\(count)"
        case .named(let name, _): name
        }
    }

    /// The channels for people: 2 声道, stereo.
    var words: LocalizedText {
        switch self {
        case .count(1): LocalizedText(zh: "1 声道", en: "1 channel")
        case .count(let count): LocalizedText(zh: "\(count) 声道", en: "\(count) channels")
        case .named("mono", _): LocalizedText(zh: "单声道", en: "mono")
        case .named("stereo", _): LocalizedText(zh: "立体声", en: "stereo")
        case .named(let name, _): LocalizedText(zh: "\(name) 声道", en: name)
        }
    }

    /// Whether a track has these channels; nil when that is not known.
    ///
    /// - Parameters:
    ///   - count: number of channels; nil when unknown.
    ///   - layout: FFmpeg's name of the layout; nil when unknown. `5.1(side)` differs from `5.1` in the place of the rear
    ///     speakers only.
    func matches(count: Int?, layout: String?) -> Bool? {
        switch self {
        case .count(let wanted): return count.map { $0 == wanted }
        case .named(let name, let wanted):
            if let count, count != wanted { return false }
            return layout.map { $0.prefix { $0 != "(" } == name }
        }
    }
}

extension Notation<ChannelLayout> {
    /// Channels, such as `2`, `stereo` or `5.1`.
    static var channels: Notation {
        Notation(
            shape: LocalizedText(
                zh: "声道数或名称，如 2、mono、stereo、5.1", en: "a number of channels or a layout, like 2, mono, stereo or 5.1"),
            strict: { ChannelLayout($0) }, usual: { ChannelLayout(usual: $0) })
    }
}
