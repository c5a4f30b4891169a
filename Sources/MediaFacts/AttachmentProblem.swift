/// A kind of damage, danger or contradiction in an attachment.
public struct AttachmentProblem: RawRepresentable, Sendable, Hashable, Codable {
    /// The name on the wire.
    public var rawValue: String
    /// Accepts any name, also one that this version does not know.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// The file's structure contradicts itself or ends too early.
    public static let damaged = AttachmentProblem(rawValue: "damaged")
    /// The content is encrypted and opens with a password only.
    public static let encrypted = AttachmentProblem(rawValue: "encrypted")
    /// A ZIP archive declares more than 1 GiB of content, or more than a thousand times its own size.
    public static let zipBomb = AttachmentProblem(rawValue: "zip-bomb")
    /// The name has the extension of a format that the content does not have.
    public static let wrongExtension = AttachmentProblem(rawValue: "wrong-extension")
    /// A picture whose size is not where the format puts it.
    public static let sizeUnknown = AttachmentProblem(rawValue: "size-unknown")
    /// A subtitle file beyond 100,000 cues or 16 MiB, which was read up to there.
    public static let tooManyCues = AttachmentProblem(rawValue: "too-many-cues")
    /// A subtitle's line of times cannot be read.
    public static let malformedCue = AttachmentProblem(rawValue: "malformed-cue")
    /// A subtitle ends before it begins, or begins before its predecessor does.
    public static let reversedCue = AttachmentProblem(rawValue: "reversed-cue")
    /// A subtitle begins before its predecessor ends.
    public static let overlappingCue = AttachmentProblem(rawValue: "overlapping-cue")
}
