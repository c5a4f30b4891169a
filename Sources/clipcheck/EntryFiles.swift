import AttachmentReading
import BlockingLanes
import ContestRules
import EntryIntake
import EntryManifest
import MediaFacts
import Reporting

/// The files of a run joined into works, for a contest that asks for further videos or attachments.
struct EntryFiles: Sendable {
    /// The files to check: the videos of the works, and files whose content decides whether they are videos.
    let checked: [FileSearch.Found]
    /// The main videos, to which a table's rows belong.
    let mains: [FileSearch.Found]
    /// Files that belong to no work, and cells of the table without a file.
    let notes: [RunSummary.Note]
    /// Roles of videos by the bytes of their paths; main videos are left out.
    private let roles: [[UInt8]: String]
    /// The other files of a work by the bytes of its main video's path.
    private let others: [[UInt8]: Others]

    /// The files that belong to one main video.
    private struct Others {
        var roles: Set<String>
        var attachments: [String: FileSearch.Found]
    }

    /// Threads that read attachments.
    private static let lanes = BlockingLanes("attachment", count: 2)

    /// Joins `files`; nil for a contest with the main video alone, whose files are all works.
    ///
    /// - Parameter showsContacts: whether notes show telephone numbers in file names; false masks them.
    init?(_ files: [FileSearch.Found], contest: Contest, manifest: Manifest?, showsContacts: Bool) {
        guard contest.roles.count > 1 || !contest.attachments.isEmpty else { return nil }
        let grouping = WorkGrouping.of(files.map(\.manifestFile), contest: contest, manifest: manifest)
        var roles: [[UInt8]: String] = [:]
        var others: [[UInt8]: Others] = [:]
        for work in grouping.works {
            for (role, file) in work.videos { roles[files[file].bytes] = role }
            others[files[work.main].bytes] = Others(
                roles: Set(work.videos.keys), attachments: work.attachments.mapValues { files[$0] })
        }
        self.roles = roles
        self.others = others
        mains = grouping.works.map { files[$0.main] }
        let unasked = grouping.leftovers.filter { $0.reason == .notAsked }.map(\.file)
        let indices = grouping.works.flatMap { [$0.main] + $0.videos.values } + unasked
        checked = indices.sorted().map { files[$0] }
        let leftovers = grouping.leftovers.filter { $0.reason != .notAsked }
        notes =
            leftovers.map { Self.note(files[$0.file].text, $0.message, showsContacts) }
            + grouping.problems.map { Self.note($0.file ?? "", $0.message, showsContacts) }
    }

    private static func note(_ path: String, _ message: LocalizedText, _ showsContacts: Bool) -> RunSummary.Note {
        guard !showsContacts else { return RunSummary.Note(path, message) }
        let mask = PersonalText.maskingPhones
        return RunSummary.Note(mask(path), LocalizedText(zh: mask(message.zh), en: mask(message.en)))
    }

    /// The role of a video; nil for a main video.
    func role(of file: FileSearch.Found) -> String? { roles[file.bytes] }

    /// The findings about the videos and attachments that go with a main video; empty for every other file.
    ///
    /// - Parameter video: true length of the main video; nil when it is not known.
    func findings(on main: FileSearch.Found, contest: Contest, video: Duration?) async -> [Finding] {
        guard let others = others[main.bytes] else { return [] }
        let facts = await Self.lanes.run { _ in others.attachments.mapValues(Self.facts) }
        let read = facts.compactMapValues(\.self)
        return contest.missingFileFindings(others.roles)
            + contest.attachmentFindings(
                read, unread: Set(facts.keys).subtracting(read.keys), video: video)
    }

    /// The facts of one attachment; nil when the machine cannot read it.
    private static func facts(_ found: FileSearch.Found) -> AttachmentFacts? {
        guard let file = try? OpenMediaFile(path: found.path, followsLink: found.isNamed) else { return nil }
        let bytes = FileBytes(descriptor: file.media.descriptor, bytes: file.media.bytes)
        return withExtendedLifetime(file) { try? AttachmentReader.facts(of: bytes, named: found.filename) }
    }
}
