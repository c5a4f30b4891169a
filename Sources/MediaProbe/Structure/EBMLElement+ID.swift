extension EBMLElement {
    /// Identifiers of Matroska. Source: RFC 9559 §5.1.
    enum ID {
        static let header: UInt64 = 0x1a45_dfa3
        static let segment: UInt64 = 0x1853_8067
        static let seekHead: UInt64 = 0x114d_9b74
        static let info: UInt64 = 0x1549_a966
        static let tracks: UInt64 = 0x1654_ae6b
        static let cluster: UInt64 = 0x1f43_b675
        static let cues: UInt64 = 0x1c53_bb6b
        static let tags: UInt64 = 0x1254_c367
        static let simpleBlock: UInt64 = 0xa3
        static let blockGroup: UInt64 = 0xa0
        static let void: UInt64 = 0xec
        static let checksum: UInt64 = 0xbf
        /// Children of the segment other than clusters, cues and tags: SeekHead, Info, Tracks, Attachments, Chapters.
        static let descriptions: Set<UInt64> = [seekHead, info, tracks, 0x1941_a469, 0x1043_a770]
        /// Children of a cluster that hold one number: Timestamp, Position, PrevSize.
        static let clusterNumbers: Set<UInt64> = [0xe7, 0xa7, 0xab]
        /// Other children of a cluster: SilentTracks, EncryptedBlock.
        static let clusterRarities: Set<UInt64> = [0x5854, 0xaf]
    }
}
