/// Facts about the wholeness of a file, from its packets and its container's structure.
public struct IntegrityFacts: Sendable, Hashable {
    /// Pictures of the main video stream that are presented, counted in packets (two field packets of one picture count
    /// once); nil when packets were not walked.
    public var videoPackets: Int?
    /// Packets of the main audio stream; nil when packets were not walked.
    public var audioPackets: Int?
    /// First presentation timestamp of the main video stream; nil without one or when packets were not walked.
    public var firstTimestamp: Duration?
    /// Whether the file reaches the end that its structure promises; nil when packets were not walked.
    public var end: FileEndFact?
    /// Problems of the file, each code once, in the order of `IntegrityProblem.Code.known`.
    public var problems: [IntegrityProblem]

    /// Makes integrity facts; nil counts mean that packets were not walked.
    public init(
        videoPackets: Int? = nil, audioPackets: Int? = nil, firstTimestamp: Duration? = nil, end: FileEndFact? = nil,
        problems: [IntegrityProblem] = []
    ) {
        self.videoPackets = videoPackets
        self.audioPackets = audioPackets
        self.firstTimestamp = firstTimestamp
        self.end = end
        self.problems = problems
    }

    /// Adds `problem` in the order of `IntegrityProblem.Code.known`; it replaces a problem with the same code.
    public mutating func add(_ problem: IntegrityProblem) {
        problems.removeAll { $0.code == problem.code }
        problems.append(problem)
        let order = IntegrityProblem.Code.known
        problems.sort { (order.firstIndex(of: $0.code) ?? .max) < (order.firstIndex(of: $1.code) ?? .max) }
    }

    /// The problem with `code`, or nil.
    public func problem(_ code: IntegrityProblem.Code) -> IntegrityProblem? { problems.first { $0.code == code } }
}

extension IntegrityFacts: Codable {
    private enum CodingKeys: String, CodingKey {
        case videoPackets, audioPackets
        case firstTimestamp = "firstTimestampMilliseconds"
        case end, problems
    }

    /// Reads the wire form.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            videoPackets: try values.decodeIfPresent(Int.self, forKey: .videoPackets),
            audioPackets: try values.decodeIfPresent(Int.self, forKey: .audioPackets),
            firstTimestamp: try values.decodeMilliseconds(forKey: .firstTimestamp),
            end: try values.decodeIfPresent(FileEndFact.self, forKey: .end),
            problems: try values.decode([IntegrityProblem].self, forKey: .problems))
    }

    /// Writes the wire form; absent facts become `null`.
    public func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(videoPackets, forKey: .videoPackets)
        try values.encode(audioPackets, forKey: .audioPackets)
        try values.encode(firstTimestamp?.wholeMilliseconds, forKey: .firstTimestamp)
        try values.encode(end, forKey: .end)
        try values.encode(problems, forKey: .problems)
    }
}
