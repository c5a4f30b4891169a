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

    /// SHA-256 sums of the kept files, sorted.
    var kept: [String] { folder.kept }
    /// Names of the files that are being received.
    var incoming: [String] { folder.incoming }
}

extension TemporaryFolder {
    /// SHA-256 sums of the kept files of a store in this folder, sorted. Source: the files' names.
    var kept: [String] { files.filter { $0.hasPrefix("media/") }.map { String($0.suffix(64)) }.sorted() }

    /// Names of the files that a store in this folder is receiving.
    var incoming: [String] { files.filter { $0.hasPrefix("incoming/") } }
}

/// A completely received file, with its upload. Deallocating the upload removes the file, unless an entry names it.
struct Received: Sendable {
    let upload: any IncomingMedia
    let staged: StagedMedia

    var file: OpenMediaFile { staged.file }
    var media: MediaReference { staged.media }
}

extension EntryStore {
    /// Receives a file completely, in chunks of `size` bytes.
    func received(_ content: [UInt8], inPiecesOf size: Int = 1 << 16) async throws -> Received {
        let upload = try await vault.stage()
        for start in stride(from: 0, to: content.count, by: size) {
            try await upload.write(content[start..<min(start + size, content.count)])
        }
        return Received(upload: upload, staged: try await upload.finish())
    }

    /// Adds an entry exactly as given, by the steps of `apply(_:)`. An `EntryChange` cannot make every such entry.
    @discardableResult
    func add(
        _ entry: Entry, at moment: Moment = .sample, taking staged: StagedMedia?, showing stills: [Still] = []
    ) async throws -> Entry {
        let media = staged.map { staged in
            EntryChange.NewMedia(
                staged, named: entry.media?.filename, received: moment, report: entry.report, stills: stills)
        }
        let change = EntryChange(entry: entry.id, at: moment, .arrived(.init(fields: entry.fields, media: media)))
        if let staged { try await vault.promote(staged) }
        do {
            let saved = try await write { [self] db in
                var after = entry
                _ = try save(&after, of: change, over: nil, nil, in: db)
                return after
            }
            if let staged { await vault.release(staged, isNamed: true) }
            return saved
        } catch {
            if let staged { await vault.release(staged, isNamed: false) }
            if let sum = staged?.media.sha256 { try await sweep(sum) }
            throw error
        }
    }

    /// Adds an entry exactly as given, with a file that was received.
    @discardableResult
    func add(_ entry: Entry, taking received: Received?) async throws -> Entry {
        defer { withExtendedLifetime(received) {} }
        return try await add(entry, taking: received?.staged)
    }

    /// Applies a change; false when the entry does not exist.
    private func applied(_ change: EntryChange) async throws -> Bool {
        do throws(IntakeError) {
            _ = try await apply(change)
            return true
        } catch {
            guard [.entryUnknown, .entryDeleted].contains(error.code) else { throw error }
            return false
        }
    }

    /// Gives an entry a file that was received; false when there is no such entry.
    func replaceMedia(of id: String, with received: Received, _ report: Report) async throws -> Bool {
        defer { withExtendedLifetime(received) {} }
        let media = EntryChange.NewMedia(
            received.staged, named: report.media.filename, received: .sample, report: report)
        return try await applied(EntryChange(entry: id, at: .sample, .mediaReplaced(media)))
    }

    /// Adds a newer report; false when there is no such entry.
    func add(_ report: Report, toEntry id: String) async throws -> Bool {
        try await applied(EntryChange(entry: id, at: .sample, .checked(report)))
    }

    /// Ends a content check with its report; false when the check no longer waits.
    func complete(
        _ check: String, of entry: String, with report: Report, showing stills: [Still]
    ) async throws -> Bool {
        do throws(IntakeError) {
            _ = try await apply(
                EntryChange(entry: entry, at: .sample, .completed(check: check, report, showing: stills)))
            return true
        } catch {
            guard error.code == .checkUnknown else { throw error }
            return false
        }
    }

    /// Removes an entry; false when there is none.
    func delete(_ id: String) async throws -> Bool {
        try await applied(EntryChange(entry: id, at: .sample, .deleted))
    }

    /// Submits a file as an entry, with a report of this verdict. Returns the entry as `apply(_:)` returns it.
    @discardableResult
    func submit(
        _ content: [UInt8]?, id: String = UUID().uuidString, contest: String = "sample",
        verdict: Verdict = .compliant, filename: String? = "作品.mp4"
    ) async throws -> Entry {
        let received = if let content { try await received(content) } else { nil as Received? }
        defer { withExtendedLifetime(received) {} }
        let media = try received.map { received in
            var reference = received.media
            reference.filename = filename
            return EntryChange.NewMedia(
                received.staged, named: filename, received: .sample,
                report: try .sample(of: reference, contest: contest, verdict: verdict))
        }
        return try await apply(
            EntryChange(
                entry: id, at: .sample, .arrived(.init(fields: [:], media: media)), rules: try .sample(contest)))
    }

    /// Applies the arrival of a work with a form, by the rules of `Contest.withForm`.
    ///
    /// - Parameter content: bytes of the media; nil for a form that arrives before its file.
    @discardableResult
    func arrive(
        _ id: String, _ fields: [String: String] = ["title": "守信"], _ content: [UInt8]? = nil,
        contest: String = "sample", verdict: Verdict = .compliant, named filename: String = "作品.mp4",
        from place: String? = nil, owner: String? = nil, at moment: Moment = .sample
    ) async throws -> Entry {
        let received = if let content { try await received(content) } else { nil as Received? }
        defer { withExtendedLifetime(received) {} }
        let media = try received.map { received in
            EntryChange.NewMedia(
                received.staged, named: filename, received: moment,
                report: try .sample(of: received.media, contest: contest, verdict: verdict))
        }
        return try await apply(
            EntryChange(
                entry: id, at: moment,
                .arrived(.init(fields: fields, media: media, owner: owner, place: place)), rules: try .withForm(contest)
            ))
    }

    /// Corrects the form of an entry by the rules of `Contest.withForm`.
    @discardableResult
    func correct(_ id: String, _ fields: [String: String]) async throws -> Entry {
        try await apply(
            EntryChange(
                entry: id, at: .sample.advanced(by: .seconds(3600)), .corrected(fields), rules: try .withForm()))
    }

    /// Gives an entry other media, with a report, by the rules of `Contest.withForm`.
    @discardableResult
    func replace(_ id: String, _ content: [UInt8]) async throws -> Entry {
        let received = try await received(content)
        defer { withExtendedLifetime(received) {} }
        let media = EntryChange.NewMedia(
            received.staged, named: "作品.mp4", received: .sample, report: try .sample(of: received.media))
        return try await apply(
            EntryChange(entry: id, at: .sample, .mediaReplaced(media), rules: try .withForm()))
    }

    /// Signs an item off as a person does.
    @discardableResult
    func sign(
        _ id: String, _ rule: String = "originality", field: String? = nil, _ answer: SignOff.Answer = .approved
    ) async throws -> Entry {
        try await apply(
            EntryChange(
                entry: id, at: .sample, .signed(.init(rule: rule, field: field), answer, who: "李", why: "")))
    }

    /// The stored file of an entry, open for reading; nil without one.
    func openMedia(of id: String) async throws -> OpenMediaFile? {
        guard let sum = try await entry(id)?.media?.sha256 else { return nil }
        return try await vault.open(sum)
    }

    /// The whole history of an entry's reports, newest first.
    func reports(of id: String) async throws -> [ReportSummary] {
        try await reports(of: id, limit: 1000, cursor: nil).reports
    }

    /// Whether an entry's file exists and has the size and SHA-256 of `media`; without media, whether there is no file.
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
            try #require(Set(lines.map(\.id)).count == lines.count, "no entry is listed twice")
            query.cursor = page.nextCursor
        } while query.cursor != nil
        return lines
    }
}

extension Contest {
    /// A contest with a form, a checklist item and the rule `unique-media`: all rules that a standing depends on.
    static func withForm(_ id: String = "sample") throws -> Contest {
        try ContestFile.load(
            """
            schema: clipcheck.contest/1
            id: \(id)
            revision: 1
            name: {zh: 表单, en: Form}
            source: {document: 示例通知, issued: 2024-02-27}
            rules:
              - {id: readable, kind: readable, level: required, clause: 文件能够打开}
              - {id: originality, kind: person, level: required, clause: 作品须为原创}
              - {id: unique-media, kind: unique-media, level: required, clause: 同一文件由人工确认}
              - id: form
                kind: form
                level: required
                clause: 推荐表
                fields:
                  - {name: title, label: {zh: 作品名称, en: Title}, kind: text, required: true}
                  - {name: category, label: {zh: 作品类型, en: Category}, kind: choice, required: false, choices: [剧情类, 动画类], others: review}
                  - {name: region, label: {zh: 地区, en: Region}, kind: choice, required: false, choices: [莲湖, 雁塔], others: review}
                  - {name: phone, label: {zh: 联系电话, en: Telephone}, kind: phone, required: false}
            """, file: "form.yaml")
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

extension Entry {
    /// The finding of the rule `unique-media`.
    var uniqueness: Finding? { admissionFindings.first { $0.rule == "unique-media" } }
}

/// SHA-256 in hexadecimal.
func sha256(_ content: [UInt8]) -> String {
    var digest = MediaDigest()
    digest.add(content)
    return digest.hexadecimal
}

/// Expects that `work` throws an error with this code.
@discardableResult
func expect<Value>(
    _ code: IntakeError.Code, at sourceLocation: SourceLocation = #_sourceLocation,
    _ work: () async throws -> Value
) async -> IntakeError? {
    let error = await #expect(throws: IntakeError.self, sourceLocation: sourceLocation) { _ = try await work() }
    #expect(error?.code == code, sourceLocation: sourceLocation)
    return error
}

extension Data {
    /// The bytes that `text` names in hexadecimal; nil when it names none.
    init?(hexadecimal text: String) {
        let digits = Array(text)
        let bytes = stride(from: 0, to: digits.count - 1, by: 2).compactMap {
            UInt8(String(digits[$0...($0 + 1)]), radix: 16)
        }
        guard bytes.count * 2 == digits.count else { return nil }
        self.init(bytes)
    }
}
