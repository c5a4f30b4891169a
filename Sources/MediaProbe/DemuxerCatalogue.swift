internal import MediaFacts

/// The demuxers that may read an entry, and the container family of each.
///
/// The list is closed. Playlists (hls, concat, dash, imf), session descriptions (sdp), picture sequences and devices
/// read other files or sockets and are never a video, whatever the file is called.
enum DemuxerCatalogue {
    /// The family of each permitted demuxer, by the demuxer's first name. Source: `AVInputFormat.name`, whose first
    /// comma-separated part is unique.
    private static let families: [String: ContainerFamily] = [
        "mov": .mp4, "avi": .avi, "mpeg": .mpegPS, "mpegts": .mpegTS, "mpegvideo": .mpegES, "m4v": .mpegES,
        "matroska": .matroska, "asf": .asf, "flv": .flv, "live_flv": .flv, "ogg": .ogg, "mxf": .mxf,
        "rm": .other, "dv": .other, "h264": .other, "hevc": .other, "ivf": .other, "nut": .other, "wtv": .other,
    ]

    /// The names as libav's `format_whitelist`, which refuses any other demuxer even if the look-up here had a gap.
    static let whitelist = families.keys.sorted().joined(separator: ",")

    /// The family of a demuxer, or nil when it is not permitted. `brandFamily` decides for ISO files.
    static func family(ofDemuxer name: String) -> ContainerFamily? {
        families[firstName(name)]
    }

    /// The family of an ISO base media file by its brands. A file without a `ftyp` box is QuickTime, which is older
    /// than that box.
    ///
    /// A file with a 3GPP major brand that is compatible with mp41 or mp42 counts as mp4: telephones write such files
    /// and players treat them as mp4. Source: ISO/IEC 14496-14 §4.
    static func brandFamily(_ major: String?, compatible: [String]) -> ContainerFamily {
        guard let major else { return .mov }
        if major == "qt  " { return .mov }
        guard major.hasPrefix("3gp") || major.hasPrefix("3g2") else { return .mp4 }
        return compatible.contains { $0 == "mp41" || $0 == "mp42" } ? .mp4 : .threeGP
    }

    /// Whether the demuxer is the ISO base media one.
    static func isISOBaseMedia(_ name: String) -> Bool { firstName(name) == "mov" }

    /// Whether the demuxer reads photographs (`jpeg_pipe`, `png_pipe`, `image2`); the error message then says so.
    static func isPhotograph(_ name: String) -> Bool {
        let name = firstName(name)
        return name.hasSuffix("_pipe") || name == "image2" || name == "gif" || name == "apng" || name == "ico"
    }

    /// Whether the demuxer reads lists of other files; the error message then says so.
    static func isPlaylist(_ name: String) -> Bool {
        ["hls", "concat", "dash", "imf", "sdp", "rtsp", "webm_dash_manifest", "concatf"].contains(firstName(name))
    }

    private static func firstName(_ name: String) -> String {
        String(name.prefix { $0 != "," })
    }
}
