/// How much of the machine one file may take.
public struct ProbeLimits: Sendable, Hashable {
    /// Wall time of one reading. A demuxer that does not read meanwhile cannot be stopped by it.
    public var wallTime: Duration
    /// Streams in one file.
    public var streams: Int
    /// Samples in one picture (width × height).
    public var pixels: Int

    /// Makes limits; the defaults let pass every file that a camera or an editor writes.
    public init(wallTime: Duration = .seconds(120), streams: Int = 64, pixels: Int = 16_384 * 16_384) {
        self.wallTime = wallTime
        self.streams = streams
        self.pixels = pixels
    }
}
