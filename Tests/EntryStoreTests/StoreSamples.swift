import ContestRules
import EntryIntake
import Foundation
import MediaFacts
import TestSupport
import Testing

@testable import EntryStore

/// A store with tables in memory, and the folder that holds its files.
struct StoreInMemory: Sendable {
    let folder: TemporaryFolder
    let store: EntryStore

    init(mostBytes: Int64 = EntryStore.defaultMostBytes) throws {
        folder = try TemporaryFolder()
        store = try EntryStore(inMemoryWithFilesIn: folder.url.path, mostBytes: mostBytes)
    }

    /// Names of the files that are kept.
    var kept: [String] { folder.kept }
    /// Names of the files that are being received.
    var incoming: [String] { folder.incoming }
}

extension TemporaryFolder {
    /// SHA-256 sums that the kept files of a store in this folder are named by, sorted.
    var kept: [String] { files.filter { $0.hasPrefix("media/") }.map { String($0.suffix(64)) }.sorted() }

    /// Names of the files that a store in this folder is receiving.
    var incoming: [String] { files.filter { $0.hasPrefix("incoming/") } }
}

/// A file received whole, with the upload that it came by: when that goes, the file goes, unless an entry took it.
struct Received: Sendable {
    let upload: any IncomingMedia
    let staged: StagedMedia

    var file: OpenMediaFile { staged.file }
    var media: MediaReference { staged.media }
}

extension EntryStore {
    /// Receives a file whole.
    func received(_ content: [UInt8], inPiecesOf size: Int = 1 << 16) async throws -> Received {
        let upload = try await beginUpload()
        for start in stride(from: 0, to: content.count, by: size) {
            try await upload.write(content[start..<min(start + size, content.count)])
        }
        return Received(upload: upload, staged: try await upload.finish())
    }

    /// Adds an entry with a file that was received.
    func add(_ entry: Entry, taking received: Received?) async throws {
        defer { withExtendedLifetime(received) {} }
        try await add(entry, at: .sample, taking: received?.staged, showing: [], answering: nil)
    }

    /// Gives an entry a file that was received.
    func replaceMedia(of id: String, with received: Received, _ report: Report) async throws -> Bool {
        defer { withExtendedLifetime(received) {} }
        let change = MediaChange(received: .sample, report: report)
        return try await replaceMedia(of: id, with: received.staged, change, answering: nil)
    }

    /// Adds a newer report.
    func add(_ report: Report, toEntry id: String) async throws -> Bool {
        try await add(report, nil, toEntry: id, answering: nil)
    }

    /// Removes an entry.
    func delete(_ id: String) async throws -> Bool { try await delete(id, at: .sample) }

    /// Submits a file as an entry, with a report of this verdict.
    @discardableResult
    func submit(
        _ content: [UInt8]?, id: String = UUID().uuidString, contest: String = "sample",
        verdict: Verdict = .compliant, filename: String? = "作品.mp4"
    ) async throws -> Entry {
        let received = if let content { try await received(content) } else { nil as Received? }
        var entry = Entry(id: id, createdAt: Moment.sample.text, contest: contest, fields: [:])
        if var reference = received?.media {
            reference.filename = filename
            entry.media = reference
            entry.report = try .sample(of: reference, contest: contest, verdict: verdict)
        }
        try await add(entry, taking: received)
        return entry
    }

    /// Whether an entry's stored file is there and has the digest that its row says.
    func holdsItsFile(_ id: String, _ media: MediaReference?) async throws -> Bool {
        guard let file = try await openMedia(of: id) else { return media == nil }
        return try MediaDigest.of(file) == media?.sha256 && file.media.bytes == media?.bytes
    }

    /// Every line of a list, page by page.
    func list(_ query: EntryQuery = EntryQuery(limit: 200)) async throws -> [EntrySummary] {
        var (query, lines): (EntryQuery, [EntrySummary]) = (query, [])
        repeat {
            let page = try await entries(query)
            lines += page.entries
            try #require(Set(lines.map(\.id)).count == lines.count, "a list never repeats itself")
            query.cursor = page.nextCursor
        } while query.cursor != nil
        return lines
    }
}

extension Moment {
    static let sample = Moment(milliseconds: 1_795_222_800_000, text: "2026-11-21T09:00:00+08:00")
}

extension Report {
    /// A report with this verdict on `media`.
    static func sample(
        of media: MediaReference = MediaReference(filename: "作品.mp4", bytes: 3, sha256: nil),
        id: String = UUID().uuidString, contest: String = "sample", revision: Int = 1, verdict: Verdict = .compliant
    ) throws -> Report {
        let outcome: ProbeOutcome =
            switch verdict {
            case .compliant: .facts(.sample())
            case .needsReview: .unread(ProbeError(.timedOut, LocalizedText(zh: "超时", en: "timed out")))
            case .nonCompliant: .unread(ProbeError(.notMedia, LocalizedText(zh: "不是视频", en: "no video")))
            }
        let report = Report(
            id: id, createdAt: Moment.sample.text, contest: try .sample(contest, revision: revision), media: media,
            outcome: outcome, tool: ToolVersions(clipcheck: "0.1.0", ffmpeg: ["libavformat": "59.27.100"]))
        try #require(report.verdict == verdict)
        return report
    }
}

/// SHA-256 in hexadecimal.
func sha256(_ content: [UInt8]) -> String {
    var digest = MediaDigest()
    digest.add(content)
    return digest.hexadecimal
}

/// Expects an error of this kind.
@discardableResult
func expect<Value>(
    _ code: IntakeError.Code, at sourceLocation: SourceLocation = #_sourceLocation,
    _ work: () async throws -> Value
) async -> IntakeError? {
    let error = await #expect(throws: IntakeError.self, sourceLocation: sourceLocation) { _ = try await work() }
    #expect(error?.code == code, sourceLocation: sourceLocation)
    return error
}
