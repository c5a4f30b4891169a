/// The order of the parts of an ISO base media file (mp4, mov, 3gp).
///
/// A member is nil when the file does not tell it. The wire form omits nil members.
public struct ContainerLayout: Sendable, Hashable, Codable {
    /// Whether the index lies before the media data, so that playback begins before the whole file has arrived. Source:
    /// order of the boxes `moov` and `mdat`, ISO/IEC 14496-12 §8.2.1, §8.1.1.
    public var indexFirst: Bool?
    /// Whether any track has an edit list, also one that changes nothing. Source: `elst`, ISO/IEC 14496-12 §8.6.6.
    public var editLists: Bool?
    /// Whether the file is written in fragments. Source: `mvex`, ISO/IEC 14496-12 §8.8.1.
    public var fragments: Bool?
    /// Whether a track of pictures or sound is disabled, so that players leave it out. Source: flag `track_enabled` of
    /// `tkhd`, ISO/IEC 14496-12 §8.3.2.
    public var disabledTracks: Bool?

    /// Makes a layout; nil is unknown.
    public init(
        indexFirst: Bool? = nil, editLists: Bool? = nil, fragments: Bool? = nil, disabledTracks: Bool? = nil
    ) {
        self.indexFirst = indexFirst
        self.editLists = editLists
        self.fragments = fragments
        self.disabledTracks = disabledTracks
    }
}
