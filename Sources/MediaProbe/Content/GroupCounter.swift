/// Numbers the groups of pictures of a stream and the packets in each.
///
/// Every pass over a stream counts with this type, so that group 7 of one pass is group 7 of the next.
struct GroupCounter {
    /// Number of the current group, from 0; −1 before the first packet. Packets before the first keyframe are group 0.
    private(set) var group = -1
    /// Number of the current packet in its group; a keyframe is 0.
    private(set) var place = -1

    /// Counts the next packet of the stream.
    mutating func accept(isKey: Bool) {
        place += 1
        if isKey || group < 0 { (group, place) = (group + 1, 0) }
    }
}
