import BlockingLanes
import ContestRules
import EntryIntake
import EntryManifest
import Foundation
import MediaFacts
import Reporting
import TextDecoding

/// The manifest, the organiser's table of works: read once, and joined to the files of a run.
struct ManifestInput: Sendable {
    private let path: String
    private let table: Result<Manifest, Failure>

    private struct Failure: Error {
        var message: LocalizedText
        /// The same message with no telephone number masked.
        var unmasked: LocalizedText

        init(_ message: LocalizedText, unmasked: LocalizedText? = nil) {
            self.message = message
            self.unmasked = unmasked ?? message
        }
    }

    /// The rows of the manifest that belong to files, and the notes about the table.
    struct Joined: Sendable {
        /// Rows by the bytes of the path of the file that the row belongs to.
        var rows: [[UInt8]: Manifest.Row]
        /// Problems within the table, and problems between the table and the files, apart from `missing`.
        var notes: [RunSummary.Note]
        /// Files that no row is joined to, by the bytes of their path, each with its note. The caller drops the note
        /// when the file turns out to be no video.
        var missing: [(path: [UInt8], note: RunSummary.Note)]
        /// Why the table could not be read; nil when it was.
        var failure: LocalizedText?
    }

    /// Reads the table at `path` on a thread of its own; cancelling the task stops the reading.
    ///
    /// A table that cannot be read does not stop the run. `join` reports the failure.
    init(path: PathArgument, contest: Contest) async {
        self.path = path.text
        table = await BlockingLanes("table", count: 1).run { flag in Self.read(path, contest, until: flag) }
    }

    private static func read(
        _ path: PathArgument, _ contest: Contest, until flag: CancelFlag
    ) -> Result<Manifest, Failure> {
        let bytes: [UInt8]
        do {
            let file = try OpenMediaFile(path: path.cString)
            // 1 MiB more than `Manifest` accepts is enough: it refuses a larger table by its size.
            bytes = try file.read(at: 0, count: Int(min(file.media.bytes, 65 << 20)))
        } catch {
            return .failure(Failure(error.message))
        }
        do {
            return .success(try Manifest.read(bytes, named: path.text, contest: contest) { flag.isRaised })
        } catch {
            return .failure(Failure(error.message, unmasked: error.unmasked))
        }
    }

    /// The table; nil when it could not be read.
    var manifest: Manifest? { try? table.get() }

    /// Joins the rows to `files`, by file name. When the table could not be read, there are no rows, and `failure` says
    /// why.
    ///
    /// - Parameter showsContacts: whether notes show telephone numbers in file names; false masks them.
    func join(_ files: [FileSearch.Found], showsContacts: Bool) -> Joined {
        func note(_ message: LocalizedText) -> RunSummary.Note {
            guard !showsContacts else { return RunSummary.Note(path, message) }
            return RunSummary.Note(
                path,
                LocalizedText(
                    zh: PersonalText.maskingPhones(in: message.zh), en: PersonalText.maskingPhones(in: message.en)))
        }
        switch table {
        case .failure(let failure):
            // The message about a table without titles quotes its first row, which may hold personal data.
            let message = note(showsContacts ? failure.unmasked : failure.message).message
            return Joined(
                rows: [:], notes: [RunSummary.Note(path, message)], missing: [],
                failure: LocalizedText(zh: "\(path)：\(message.zh)", en: "\(path): \(message.en)"))
        case .success(let manifest):
            let join = manifest.join(files.map(\.manifestFile))
            let rows = zip(files, join.rows).compactMap { file, row in row.map { (file.bytes, $0) } }
            let unnamed = zip(files, join.rows).filter { $0.1 == nil }.map(\.0.bytes)
            let unread = Set(files.filter { $0.stamp == nil }.map(\.bytes))  // a folder, or a file that is not there
            let missing = zip(unnamed, join.problems.filter { $0.kind == .rowMissing }).filter {
                !unread.contains($0.0)
            }
            let others = (manifest.problems + join.problems).filter { $0.kind != .rowMissing }
            return Joined(
                rows: Dictionary(rows) { first, _ in first },
                notes: ignored(manifest).map(note) + others.map { note($0.message) },
                missing: missing.map { ($0, note($1.message)) })
        }
    }

    /// The note about columns that are no fields of the contest's form; empty when every column is one.
    private func ignored(_ manifest: Manifest) -> [LocalizedText] {
        guard !manifest.ignoredColumns.isEmpty else { return [] }
        let list = Wording.list(manifest.ignoredColumns)
        return [
            LocalizedText(
                zh: "以下列与表单字段不符，未使用：\(list.zh)。",
                en: "These columns are no fields of the form and were not used: \(list.en).")
        ]
    }
}

extension FileSearch.Found {
    /// The file as the manifest knows it: the folder on the command line, and the path below it. For a file on the
    /// command line, that is its own folder as written there, and its name.
    var manifestFile: Manifest.File {
        if isNamed {
            let folder = bytes[..<(bytes.lastIndex(of: UInt8(ascii: "/")) ?? 0)]
            return Manifest.File(path: filename, folder: DecodedName(path: folder).text)
        }
        return Manifest.File(
            path: String(DecodedName(path: bytes.dropFirst(given)).text.drop { $0 == "/" }),
            folder: DecodedName(path: bytes.prefix(given)).text)
    }
}
