/// Recognises the names of videos.
public enum VideoFileName {
    /// Whether `name` has an extension that videos have, in any case.
    public static func isVideo(_ name: some StringProtocol) -> Bool {
        endings.contains(name.split(separator: ".", omittingEmptySubsequences: false).last?.lowercased() ?? "")
    }

    private static let endings: Set<String> = [
        "mp4", "m4v", "mov", "qt", "3gp", "3g2", "avi", "mpg", "mpeg", "mpe", "vob", "m1v", "m2v", "dat", "ts", "mts",
        "m2ts", "mkv", "webm", "wmv", "asf", "flv", "f4v", "ogg", "ogv", "ogm", "mxf", "rm", "rmvb", "dv", "h264",
        "264",
        "hevc", "265", "divx", "xvid",
    ]
}
