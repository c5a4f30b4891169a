internal import BlockingLanes
public import ContestRules
internal import MediaFacts

internal import struct Foundation.UUID

/// Orders the steps of a submission: receive, probe, judge, record.
public struct Intake: Sendable {
    /// The contests that entries can be sent to.
    public let contests: ContestCatalogue
    private let inspector: Inspector
    private let keeper: any EntryKeeping
    private let clock: WallClock
    private let lanes = BlockingLanes("copy", count: 1)

    /// Makes an intake.
    public init(
        contests: ContestCatalogue, inspector: Inspector, keeper: any EntryKeeping, clock: WallClock = .system
    ) {
        self.contests = contests
        self.inspector = inspector
        self.keeper = keeper
        self.clock = clock
    }

    /// What makes the reports.
    public var toolVersions: ToolVersions { inspector.toolVersions }

    /// Begins to receive a file.
    public func beginUpload() async throws(IntakeError) -> any IncomingMedia { try await keeper.beginUpload() }

    /// Judges a received file and keeps nothing.
    public func check(_ media: StagedMedia, named filename: String?, contest id: String) async throws(IntakeError)
        -> Report
    {
        try await report(on: media, named: filename, contest: try contests.contest(id))
    }

    /// Makes an entry: judges its media, if it has any, and records everything or nothing.
    public func submit(
        contest id: String, fields: [String: String], media: StagedMedia?, named filename: String?
    ) async throws(IntakeError) -> Entry {
        let contest = try contests.contest(id)
        let moment = clock.now()
        var entry = Entry(
            id: UUID().uuidString.lowercased(), createdAt: moment.text, contest: contest.id, fields: fields)
        if let media {
            let report = try await report(on: media, named: filename, contest: contest)
            entry.media = report.media
            entry.report = report
        }
        try await keeper.add(entry, at: moment, taking: media)
        return entry
    }

    /// Attaches media to an entry, or replaces what it has, and judges it.
    public func attach(
        _ media: StagedMedia, named filename: String?, toEntry id: String
    ) async throws(IntakeError) -> Entry {
        let entry = try await entry(id)
        let name = filename ?? entry.media?.filename
        let report = try await report(on: media, named: name, contest: try contests.contest(entry.contest))
        guard try await keeper.replaceMedia(of: id, with: media, report) else { throw .entryUnknown }
        return try await self.entry(id)
    }

    /// Judges the stored media of an entry again, by the contest as it is now.
    public func recheck(entry id: String) async throws(IntakeError) -> Entry {
        let entry = try await entry(id)
        guard let media = entry.media, let file = try await keeper.openMedia(of: id) else { throw .mediaMissing }
        let report = try await inspector.report(
            on: file, named: media.filename, contest: try contests.contest(entry.contest),
            digest: media.sha256.map { .known($0) } ?? .computed)
        guard try await keeper.add(report, toEntry: id) else { throw .entryUnknown }
        return try await self.entry(id)
    }

    /// The entry with its newest report.
    public func entry(_ id: String) async throws(IntakeError) -> Entry {
        guard let entry = try await keeper.entry(id) else { throw .entryUnknown }
        return entry
    }

    /// One page of entries, newest first.
    public func entries(_ query: EntryQuery) async throws(IntakeError) -> EntryPage {
        if let contest = query.contest { _ = try contests.contest(contest) }
        return try await keeper.entries(query)
    }

    /// The stored file of an entry, and what is known of it.
    public func media(of id: String) async throws(IntakeError) -> (file: OpenMediaFile, entry: Entry) {
        let entry = try await entry(id)
        guard let file = try await keeper.openMedia(of: id) else { throw .mediaMissing }
        return (file, entry)
    }

    /// Removes an entry with everything that is its own.
    public func delete(entry id: String) async throws(IntakeError) {
        guard try await keeper.delete(id) else { throw .entryUnknown }
    }

    /// Throws when entries could not be kept right now.
    public func checkReady() async throws(IntakeError) { try await keeper.checkReady() }

    /// Records a file of this machine as an entry, with a report already made of it; the id of the entry, and whether
    /// it was there before (same contest, name and content).
    public func store(
        _ file: OpenMediaFile, _ report: Report, contest id: String
    ) async throws(IntakeError) -> (entry: String, wasStored: Bool) {
        if let known = try await keeper.entry(inContest: id, holding: report.media) { return (known, true) }
        let upload = try await keeper.beginUpload()
        do throws(IntakeError) {
            var offset: Int64 = 0
            while offset < file.media.bytes {
                let start = offset
                let bytes = try await lanes.run { () throws(IntakeError) in
                    try file.read(at: start, count: 1 << 20)
                }
                guard !bytes.isEmpty else { break }
                try await upload.write(bytes[...])
                offset += Int64(bytes.count)
            }
            let moment = clock.now()
            let staged = try await upload.finish()
            guard report.media.sha256 == nil || report.media.sha256 == staged.media.sha256 else {
                throw IntakeError(
                    .fileChanged, zh: "文件在检查后被改动，未保存。请重新检查。",
                    en: "The file changed after it was checked and was not stored. Check it again.")
            }
            var media = staged.media
            media.filename = report.media.filename
            let entry = Entry(
                id: UUID().uuidString.lowercased(), createdAt: moment.text, contest: id, fields: [:], media: media,
                report: report)
            try await keeper.add(entry, at: moment, taking: staged)
            return (entry.id, false)
        } catch {
            await upload.discard()
            throw error
        }
    }

    private func report(
        on media: StagedMedia, named filename: String?, contest: Contest
    ) async throws(IntakeError) -> Report {
        try await inspector.report(
            on: media.file, named: filename, contest: contest,
            digest: media.media.sha256.map { .known($0) } ?? .computed)
    }
}
