internal import ContestRules
internal import MediaFacts

/// A video or an attachment that a contest asks for, with the words that files and columns name it by.
struct WorkPart: Sendable, Hashable {
    /// The name of the role or attachment.
    var name: String
    /// The name and the labels, as the contest file writes them.
    var labels: [String]
    /// Kinds of an attachment; nil for a video.
    var kinds: [AttachmentRule.Kind]?

    /// Whether the part is the main video.
    var isMain: Bool { kinds == nil && name == FileRole.mainName }

    /// The videos and attachments of `contest`; empty when the contest asks for the main video alone.
    static func all(of contest: Contest) -> [WorkPart] {
        guard contest.roles.count > 1 || !contest.attachments.isEmpty else { return [] }
        return contest.roles.map { WorkPart(name: $0.name, labels: [$0.name, $0.label.zh, $0.label.en]) }
            + contest.attachments.map {
                WorkPart(name: $0.name, labels: [$0.name, $0.label.zh, $0.label.en], kinds: $0.kinds)
            }
    }

    /// Whether a file with the extension `ending` can be the part. A video is no attachment, unless any file will do.
    func accepts(isVideo: Bool) -> Bool { kinds.map { !isVideo || $0.contains(.any) } ?? isVideo }

    /// Whether the extension `ending` promises a format that the attachment accepts.
    func accepts(ending: String) -> Bool {
        AttachmentFormat.promised(by: ending).contains { format in kinds?.contains { $0.includes(format) } ?? false }
    }
}
