/// A kind of damage or contradiction in a file.
public struct IntegrityProblem: Sendable, Hashable {
    /// The kind of problem.
    public var code: Code
    /// The number of occurrences; nil where the code defines no count or the number is unknown.
    public var count: Int?

    /// Makes a problem; `count` is nil where the code defines none.
    public init(_ code: Code, count: Int? = nil) {
        self.code = code
        self.count = count
    }

    /// A stable name of a problem. A name that only a later version knows is kept as text. At least one rule reads each
    /// code.
    public struct Code: RawRepresentable, Sendable, Hashable, Codable {
        /// The name on the wire.
        public var rawValue: String
        /// Accepts any name, also one that this version does not know.
        public init(rawValue: String) { self.rawValue = rawValue }

        /// The file was cut: it ends before media data that its own structure promises. `count` is the number of
        /// packets whose data is missing, or nil when the file has no index.
        public static let truncated = Code(rawValue: "truncated")
        /// A video stream is declared, but not one packet of it can be read.
        public static let noVideoPackets = Code(rawValue: "no-video-packets")
        /// The samples are in another file. Source: ISO/IEC 14496-12 §8.7.2, a data reference that is not self-contained.
        public static let externalData = Code(rawValue: "external-data")
        /// The samples are encrypted.
        public static let encrypted = Code(rawValue: "encrypted")
        /// FFmpeg has no decoder for the main video stream.
        public static let noVideoDecoder = Code(rawValue: "no-video-decoder")
        /// FFmpeg has no decoder for any sound track.
        public static let noAudioDecoder = Code(rawValue: "no-audio-decoder")
        /// The file is FLV with HEVC video, which the FLV specification does not allow.
        public static let hevcInFLV = Code(rawValue: "hevc-in-flv")
        /// The demuxer met packets that are damaged or follow lost ones. Source: `AV_PKT_FLAG_CORRUPT`.
        public static let corruptPackets = Code(rawValue: "corrupt-packets")
        /// Reading stopped at an error before the end of the file.
        public static let unreadableTail = Code(rawValue: "unreadable-tail")
        /// The main video stream has fewer packets than its index lists.
        public static let missingPackets = Code(rawValue: "missing-packets")
        /// The decoder never output the pictures of some packets. `count` is the number of pictures.
        public static let picturesMissing = Code(rawValue: "pictures-missing")
        /// The first picture is shown more than a second after the sound begins.
        public static let latePicture = Code(rawValue: "late-picture")
        /// Timestamps start again from an earlier time: the film is joined from several parts. `count` is the number of
        /// parts.
        public static let timelineRestarts = Code(rawValue: "timeline-restarts")
        /// Timestamps jump ahead by more than 10 s without pictures. `count` is the number of jumps.
        public static let timelineJumps = Code(rawValue: "timeline-jumps")
        /// An edit list plays the media at a speed other than 1. Source: ISO/IEC 14496-12 §8.6.6, `media_rate`.
        public static let editSpeed = Code(rawValue: "edit-speed")
        /// Video packets have no timestamp.
        public static let missingTimestamps = Code(rawValue: "missing-timestamps")
        /// Two consecutive video frames are more than a second and more than ten usual intervals apart.
        public static let backwardTimestamps = Code(rawValue: "backward-timestamps")
        /// Two consecutive video frames are more than a second and at least ten usual intervals apart.
        public static let timestampGaps = Code(rawValue: "timestamp-gaps")
        /// The container claims another picture size than the coded stream has; the stream's is used.
        public static let sizeContradiction = Code(rawValue: "size-contradiction")
        /// Container and stream claim different pixel shapes (over 0.5 % apart); the container's is used.
        public static let pixelShapeContradiction = Code(rawValue: "pixel-shape-contradiction")
        /// The container crops the picture (`clap`, PixelCrop). Some players apply that crop and others ignore it.
        public static let containerCropping = Code(rawValue: "container-cropping")
        /// The display matrix cannot be a rotation.
        public static let brokenRotation = Code(rawValue: "broken-rotation")
        /// A length field of the container points past the end of the file, although no media data is missing.
        public static let wrongLengthField = Code(rawValue: "wrong-length-field")
        /// The file has bytes behind the end of its container. `count` is their number.
        public static let trailingBytes = Code(rawValue: "trailing-bytes")

        /// Every code of this version, the most severe first.
        public static let known: [Code] = [
            .truncated, .noVideoPackets, .externalData, .encrypted, .noVideoDecoder, .noAudioDecoder, .hevcInFLV,
            .corruptPackets, .unreadableTail, .missingPackets, .picturesMissing, .latePicture, .timelineRestarts,
            .timelineJumps, .editSpeed, .missingTimestamps, .backwardTimestamps, .timestampGaps, .sizeContradiction,
            .pixelShapeContradiction, .containerCropping, .brokenRotation, .wrongLengthField, .trailingBytes,
        ]
    }
}

extension IntegrityProblem: Codable {
    private enum CodingKeys: String, CodingKey { case code, count }

    /// Writes the wire form; absent facts become `null`.
    public func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(code, forKey: .code)
        try values.encode(count, forKey: .count)
    }
}
