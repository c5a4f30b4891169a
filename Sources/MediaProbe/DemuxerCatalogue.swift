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

    /// The family of a demuxer, or nil when it is not permitted. `brandFamily` decides for ISO files.
    static func family(ofDemuxer name: String) -> ContainerFamily? {
        families[firstName(name)]
    }

    /// The family of an ISO base media file by its brands; no `ftyp` box means QuickTime, which predates it.
    ///
    /// A file with a 3GPP major brand that is compatible with mp41 or mp42 is an mp4 as well: players treat the two alike,
    /// and telephones write it. Source: ISO/IEC 14496-14 §4.
    static func brandFamily(_ major: String?, compatible: [String]) -> ContainerFamily {
        guard let major else { return .mov }
        if major == "qt  " { return .mov }
        guard major.hasPrefix("3gp") || major.hasPrefix("3g2") else { return .mp4 }
        return compatible.contains { $0 == "mp41" || $0 == "mp42" } ? .mp4 : .threeGP
    }

    /// Whether the demuxer is the ISO base media one.
    static func isISOBaseMedia(_ name: String) -> Bool { firstName(name) == "mov" }

    /// Whether the demuxer reads photographs (`jpeg_pipe`, `png_pipe`, `image2`), for a message that says so.
    static func isPhotograph(_ name: String) -> Bool {
        let name = firstName(name)
        return name.hasSuffix("_pipe") || name == "image2" || name == "gif" || name == "apng" || name == "ico"
    }

    /// Demuxers whose content merely points elsewhere, for a message that says so.
    static func isPlaylist(_ name: String) -> Bool {
        ["hls", "concat", "dash", "imf", "sdp", "rtsp", "webm_dash_manifest", "concatf"].contains(firstName(name))
    }

    private static func firstName(_ name: String) -> String {
        String(name.prefix { $0 != "," })
    }
}
