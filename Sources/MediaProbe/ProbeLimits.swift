/// How much of the machine one file may take.
public struct ProbeLimits: Sendable, Hashable {
    /// Wall time of one reading. A demuxer that does not read meanwhile cannot be stopped by it.
    public var wallTime: Duration
    /// Streams in one file.
    public var streams: Int
    /// Samples in one picture (width × height).
    public var pixels: Int
    /// What keeps libav from opening anything else; all of it, but in tests of the other layers.
    package var guards = ProbeGuards.all

    /// Makes limits; the defaults let pass every file that a camera or an editor writes.
    public init(wallTime: Duration = .seconds(120), streams: Int = 64, pixels: Int = 16_384 * 16_384) {
        self.wallTime = wallTime
        self.streams = streams
        self.pixels = pixels
    }
}

/// What keeps libav from opening anything but the file it is given. Each alone stops what it stops; a test switches
/// them off one by one to see that the others hold.
package struct ProbeGuards: OptionSet, Sendable, Hashable {
    package let rawValue: UInt32
    package init(rawValue: UInt32) { self.rawValue = rawValue }

    /// Only the demuxers of `DemuxerCatalogue`.
    package static let formats = ProbeGuards(rawValue: 1)
    /// No protocol at all.
    package static let protocols = ProbeGuards(rawValue: 2)
    /// Nothing that a demuxer asks to open.
    package static let neighbours = ProbeGuards(rawValue: 4)
    /// All of them.
    package static let all: ProbeGuards = [.formats, .protocols, .neighbours]
}
