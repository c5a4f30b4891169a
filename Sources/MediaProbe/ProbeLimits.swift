/// Limits of time and size for reading one file.
public struct ProbeLimits: Sendable, Hashable {
    /// Longest wall time of one reading. A demuxer that computes without reading is not stopped by this limit.
    public var wallTime: Duration
    /// Most streams in one file.
    public var streams: Int
    /// Most samples in one picture (width × height).
    public var pixels: Int
    /// Defences that keep libav from opening anything else. Tests of the other defences switch some of them off.
    package var guards = ProbeGuards.all

    /// Makes limits; the defaults accept every file that a camera or an editor writes.
    public init(wallTime: Duration = .seconds(120), streams: Int = 64, pixels: Int = 16_384 * 16_384) {
        self.wallTime = wallTime
        self.streams = streams
        self.pixels = pixels
    }
}

/// Defences that keep libav from opening anything but the file it is given. A test switches off one after the other to
/// show that the remaining ones suffice.
package struct ProbeGuards: OptionSet, Sendable, Hashable {
    package let rawValue: UInt32
    package init(rawValue: UInt32) { self.rawValue = rawValue }

    /// libav may use only the demuxers of `DemuxerCatalogue`.
    package static let formats = ProbeGuards(rawValue: 1)
    /// libav may use no protocol.
    package static let protocols = ProbeGuards(rawValue: 2)
    /// Every request of a demuxer to open another file is refused.
    package static let neighbours = ProbeGuards(rawValue: 4)
    /// All defences together.
    package static let all: ProbeGuards = [.formats, .protocols, .neighbours]
}
