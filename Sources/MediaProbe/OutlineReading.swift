internal import CFFmpeg

/// Reading of packets without their data, where the container's index holds everything that the walk counts.
///
/// Invariant: while reading in outline is on, every packet comes whole from the index (`Demuxer.indexedPacketCount`),
/// so libav does not look at the bytes, which are stale. The first packet of every stream and the last packets are read
/// in full.
struct OutlineReading {
    /// Whether the next packets are outlines: their place, size and time are true, their data is not.
    private(set) var isOn = false
    private let last: Int

    /// Prepares `demuxer`; does nothing for a container without such an index.
    ///
    /// - Parameters:
    ///   - isWhole: false turns reading in outline off, because the walk ends at the first video packet.
    ///   - margin: number of packets at the end that are read in full.
    init(_ demuxer: borrowing Demuxer, _ selection: StreamSelection, isWhole: Bool, margin: Int) {
        last = isWhole ? demuxer.indexedPacketCount(selection) - margin : 0
        if last > 0 { demuxer.setParsing(false) }
    }

    /// Turns reading in outline on or off for the next packet.
    ///
    /// - Parameters:
    ///   - tally: counts of the video stream so far.
    ///   - hasSeenAll: whether the first packet of every stream was read in full.
    mutating func advance(_ demuxer: borrowing Demuxer, seen tally: StreamTally?, hasSeenAll: Bool) {
        guard last > 0 else { return }
        let count = tally?.packets ?? 0
        isOn = hasSeenAll && count < last
        demuxer.input.onlyMoves = isOn
        if count == last { demuxer.setParsing(true) }
    }

    /// Returns to reading in full.
    func end(_ demuxer: borrowing Demuxer) { demuxer.input.onlyMoves = false }
}
