/// Figures of a subtitle file.
public struct SubtitleCues: Sendable, Hashable, Codable {
    /// Number of cues whose times could be read.
    public var count: Int
    /// Start of the earliest cue; nil without a cue.
    public var firstMilliseconds: Int64?
    /// End of the latest cue; nil without a cue.
    public var lastMilliseconds: Int64?

    /// Makes figures; both times are nil when `count` is zero.
    public init(count: Int, firstMilliseconds: Int64? = nil, lastMilliseconds: Int64? = nil) {
        self.count = count
        self.firstMilliseconds = firstMilliseconds
        self.lastMilliseconds = lastMilliseconds
    }
}
