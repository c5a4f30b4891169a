internal import MediaFacts

/// The demuxers that may read an entry, and the family that each stands for.
///
/// A closed list: playlists (hls, concat, dash, imf), session descriptions (sdp), picture sequences and devices are
/// other people's files or sockets, never a video, whatever the file is called.
enum DemuxerCatalogue {
    /// First name of each permitted demuxer and the family it means. Source: `AVInputFormat.name`, whose first
    /// comma-separated part is unique.
    private static let families: [String: ContainerFamily] = [
        "mov": .mp4, "avi": .avi, "mpeg": .mpegPS, "mpegts": .mpegTS, "mpegvideo": .mpegES, "m4v": .mpegES,
        "matroska": .matroska, "asf": .asf, "flv": .flv, "live_flv": .flv, "ogg": .ogg, "mxf": .mxf,
        "rm": .other, "dv": .other, "h264": .other, "hevc": .other, "ivf": .other, "nut": .other, "wtv": .other,
    ]

    /// The whitelist in libav's form, used beside our own look-up as a second lock.
    static let whitelist = families.keys.sorted().joined(separator: ",")

    /// The family of a demuxer, or nil when it is not permitted. ISO files are told apart by `brandFamily`.
    static func family(ofDemuxer name: String) -> ContainerFamily? {
        families[firstName(name)]
    }

    /// The family of an ISO base media file by its major brand; nil (no `ftyp` box) means QuickTime, which predates it.
    static func brandFamily(_ brand: String?) -> ContainerFamily {
        guard let brand else { return .mov }
        if brand == "qt" { return .mov }
        return brand.hasPrefix("3gp") || brand.hasPrefix("3g2") ? .threeGP : .mp4
    }

    /// Whether the demuxer is the ISO base media one.
    static func isISOBaseMedia(_ name: String) -> Bool { firstName(name) == "mov" }

    /// Demuxers whose content merely points elsewhere, for a message that says so.
    static func isPlaylist(_ name: String) -> Bool {
        ["hls", "concat", "dash", "imf", "sdp", "rtsp", "webm_dash_manifest", "concatf"].contains(firstName(name))
    }

    private static func firstName(_ name: String) -> String {
        String(name.prefix { $0 != "," })
    }
}
