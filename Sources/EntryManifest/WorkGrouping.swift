public import ContestRules
public import MediaFacts

/// Works of a contest with several videos or with attachments, joined from the files of folders. Every file belongs to one
/// work or is left over with a reason.
public struct WorkGrouping: Sendable, Hashable {
    /// The works, in the order of their main videos.
    public var works: [Work]
    /// Files that belong to no work, in the order of the files.
    public var leftovers: [Leftover]
    /// Cells about further videos and attachments whose file is missing or uncertain; empty without a table. Problems of
    /// main videos are those of `Manifest.join` over the main videos.
    public var problems: [Manifest.Problem]

    /// One work. Numbers are indices of the files.
    public struct Work: Sendable, Hashable {
        /// The main video.
        public var main: Int
        /// Further videos by their roles.
        public var videos: [String: Int]
        /// Attachments by their names.
        public var attachments: [String: Int]
        /// The row of the table; nil when none is about the main video.
        public var row: Manifest.Row?

        /// Makes a work.
        public init(
            main: Int, videos: [String: Int] = [:], attachments: [String: Int] = [:], row: Manifest.Row? = nil
        ) {
            self.main = main
            self.videos = videos
            self.attachments = attachments
            self.row = row
        }
    }

    /// A file that belongs to no work.
    public struct Leftover: Sendable, Hashable {
        /// Index of the file.
        public var file: Int
        /// Why the file belongs to no work.
        public var reason: Reason
        /// The file, the reason and the remedy, for people.
        public var message: LocalizedText

        /// Why a file belongs to no work.
        public enum Reason: String, Sendable, Hashable, CaseIterable {
            /// A video whose name says that it is a preview or the like, which the contest does not ask for.
            case notAskedVideo = "not-asked-video"
            /// A file that no video or attachment of the contest can be.
            case notAsked = "not-asked"
            /// Several files can be the same part of one work; none of them is taken.
            case severalFiles = "several-files"
            /// The file can belong to several works.
            case severalWorks = "several-works"
            /// No main video belongs to the file.
            case noVideo = "no-video"
            /// The file can be several attachments, and its name does not say which.
            case unclear
        }
    }

    /// Joins `files` into works: by the columns of `manifest` that the contest's videos and attachments name, then by
    /// names.
    ///
    /// A name is the work's and the part's, in either order: `守信的故事-海报.jpg`, `[poster] 守信的故事.jpg`, `海报/守信的故事.jpg`; in a folder
    /// of one work the part's alone will do: `守信的故事/海报.jpg`. An attachment that has the video's name may leave the part out when
    /// its extension suits one attachment only. Time is linear in the number of files.
    public static func of(_ files: [Manifest.File], contest: Contest, manifest: Manifest? = nil) -> WorkGrouping {
        var joiner = WorkJoiner(files, parts: WorkPart.all(of: contest))
        return joiner.grouping(manifest)
    }
}

extension WorkGrouping.Leftover {
    /// A leftover with its message; `part` is the part that the name stands for.
    init(_ file: Int, _ path: String, _ reason: Reason, part: WorkPart? = nil) {
        self.file = file
        self.reason = reason
        let (zh, en) = Self.advice(reason, part.map { ($0.labels[1], $0.labels[2]) } ?? ("", ""))
        message = LocalizedText(zh: "文件“\(path)”未采用：\(zh)", en: "The file \"\(path)\" is left out: \(en)")
    }

    private static func advice(_ reason: Reason, _ part: (zh: String, en: String)) -> (zh: String, en: String) {
        switch reason {
        case .notAskedVideo: ("本次征集没有要求这类视频。", "the contest does not ask for this kind of video.")
        case .notAsked: ("本次征集没有要求这类文件。", "the contest asks for no such file.")
        case .severalFiles:
            ("同一作品有多个“\(part.zh)”，请只保留一个。", "the work has several files for \"\(part.en)\": keep one of them.")
        case .severalWorks:
            ("可能属于多个作品，请在文件名中写明作品名。", "it could belong to several works: put the work's name into the file's.")
        case .noVideo:
            ("没有找到对应的正片，请检查作品名是否一致。", "no main video goes with it: check that the names are the same.")
        case .unclear: ("不清楚是哪一个附件，请在文件名中写明，如“作品名-海报”。", "its name does not say which attachment it is: add the label.")
        }
    }
}
