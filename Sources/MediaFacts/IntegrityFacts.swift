/// What the packets say about the wholeness of a file.
public struct IntegrityFacts: Sendable, Hashable {
    /// Packets of the main video stream that are presented; nil when packets were not walked.
    public var videoPackets: Int?
    /// Packets of the main audio stream; nil when packets were not walked.
    public var audioPackets: Int?
    /// First presentation timestamp of the main video stream; nil without one or when packets were not walked.
    public var firstTimestamp: Duration?
    /// Everything found wrong, each kind once, in the order of `IntegrityProblem.Code.known`.
    public var problems: [IntegrityProblem]

    /// Makes integrity facts.
    public init(
        videoPackets: Int? = nil, audioPackets: Int? = nil, firstTimestamp: Duration? = nil,
        problems: [IntegrityProblem] = []
    ) {
        self.videoPackets = videoPackets
        self.audioPackets = audioPackets
        self.firstTimestamp = firstTimestamp
        self.problems = problems
    }
}

extension IntegrityFacts: Codable {
    private enum CodingKeys: String, CodingKey {
        case videoPackets, audioPackets
        case firstTimestamp = "firstTimestampMilliseconds"
        case problems
    }

    /// Reads the wire form.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            videoPackets: try values.decodeIfPresent(Int.self, forKey: .videoPackets),
            audioPackets: try values.decodeIfPresent(Int.self, forKey: .audioPackets),
            firstTimestamp: try values.decodeMilliseconds(forKey: .firstTimestamp),
            problems: try values.decode([IntegrityProblem].self, forKey: .problems))
    }

    /// Writes the wire form; absent facts become `null`.
    public func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(videoPackets, forKey: .videoPackets)
        try values.encode(audioPackets, forKey: .audioPackets)
        try values.encode(firstTimestamp?.wholeMilliseconds, forKey: .firstTimestamp)
        try values.encode(problems, forKey: .problems)
    }
}

/// One kind of damage or contradiction in a file.
public struct IntegrityProblem: Sendable, Hashable {
    /// What is wrong.
    public var code: Code
    /// How often it occurs; nil where counting means nothing.
    public var count: Int?

    /// Makes a problem.
    public init(_ code: Code, count: Int? = nil) {
        self.code = code
        self.count = count
    }

    /// A stable name of a problem; names of later versions are kept as text.
    public struct Code: RawRepresentable, Sendable, Hashable, Codable {
        /// The name on the wire.
        public var rawValue: String
        /// Keeps any name, known or not.
        public init(rawValue: String) { self.rawValue = rawValue }

        /// Media data that the file itself promises is not there: the file was cut. `count` is the number of packets
        /// whose data is missing, where the file has an index.
        public static let truncated = Code(rawValue: "truncated")
        /// A video stream is declared, but not one packet of it can be read.
        public static let noVideoPackets = Code(rawValue: "no-video-packets")
        /// The demuxer met packets that are damaged or follow lost ones. Source: `AV_PKT_FLAG_CORRUPT`.
        public static let corruptPackets = Code(rawValue: "corrupt-packets")
        /// Reading stopped at an error before the end of the file.
        public static let unreadableTail = Code(rawValue: "unreadable-tail")
        /// The main video stream has fewer packets than its index lists.
        public static let missingPackets = Code(rawValue: "missing-packets")
        /// Video packets without any timestamp.
        public static let missingTimestamps = Code(rawValue: "missing-timestamps")
        /// Video decoding timestamps that go backwards.
        public static let backwardTimestamps = Code(rawValue: "backward-timestamps")
        /// A pause of more than a second between two video frames, ten times the usual interval or more.
        public static let timestampGaps = Code(rawValue: "timestamp-gaps")
        /// The container claims another picture size than the coded stream has; the stream's is used.
        public static let sizeContradiction = Code(rawValue: "size-contradiction")
        /// Container and stream claim different pixel shapes (over 0.5 % apart); the container's is used.
        public static let pixelShapeContradiction = Code(rawValue: "pixel-shape-contradiction")
        /// The display matrix cannot be a rotation.
        public static let brokenRotation = Code(rawValue: "broken-rotation")
        /// A length field of the container points past the end of the file, although no media data is missing.
        public static let wrongLengthField = Code(rawValue: "wrong-length-field")

        /// Every code of this version, worst first.
        public static let known: [Code] = [
            .truncated, .noVideoPackets, .corruptPackets, .unreadableTail, .missingPackets, .missingTimestamps,
            .backwardTimestamps, .timestampGaps, .sizeContradiction, .pixelShapeContradiction, .brokenRotation,
            .wrongLengthField,
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
