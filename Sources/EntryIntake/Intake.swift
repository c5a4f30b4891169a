internal import BlockingLanes
public import ContestRules
public import MediaFacts

internal import struct Foundation.UUID

/// Orders the steps of a submission: receive, probe, judge, record.
public struct Intake: Sendable {
    /// The contests that entries can be sent to.
    public let contests: ContestCatalogue
    let inspector: Inspector
    let keeper: any EntryKeeping
    let clock: WallClock
    let turns = Turns()
    let running = RunningChecks()
    /// How long a check rests before it is tried again the first time.
    var retryPause: Duration = .seconds(5)
    let lanes = BlockingLanes("copy", count: 1)

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

    /// The present moment, as the intake's clock tells it.
    public var now: Moment { clock.now() }

    /// Begins to receive a file.
    public func beginUpload() async throws(IntakeError) -> any IncomingMedia { try await keeper.beginUpload() }

    /// Judges a received file and keeps nothing, so that no pictures are left of it either.
    ///
    /// - Parameter depth: how closely to look; nil means as closely as the rules need.
    public func check(
        _ media: StagedMedia, named filename: String?, contest id: String, depth: Depth? = nil
    ) async throws(IntakeError) -> Report {
        let contest = try contests.contest(id)
        let depth = depth ?? contest.depth
        return try await inspector.inspect(
            media.file, named: filename.map(PersonalText.maskingPhones), contest: contest,
            digest: media.media.sha256.map { .known($0) } ?? .computed, depth: depth,
            in: depth > .quick ? .beside : .front
        ).report.withoutStills
    }

    /// Makes an entry: judges it and its media, if it has any, and records everything or nothing.
    ///
    /// What has to be decoded is `pending` in the report; `workOffChecks` completes it.
    public func submit(
        contest id: String, fields: [String: String], media: StagedMedia?, named filename: String?,
        answer: StoredAnswer.Writer? = nil
    ) async throws(IntakeError) -> Entry {
        let contest = try contests.contest(id)
        let moment = clock.now()
        var entry = Entry(contest, fields: fields, filename: filename, at: moment)
        if let media {
            let report = try await firstReport(on: media, named: filename, contest: contest)
            entry.received = moment
            entry.media = report.media
            entry.report = report
        }
        entry.admission = Admission.of(entry, by: contest, at: moment)
        try await keeper.add(entry, at: moment, taking: media, showing: [], answering: answer?(entry))
        return entry
    }

    /// Makes an entry of a file that has arrived and was acknowledged; its report follows with `recheck`.
    func accept(
        _ media: StagedMedia, named filename: String?, fields: [String: String], contest: Contest, at moment: Moment
    ) async throws(IntakeError) -> Entry {
        var entry = Entry(contest, fields: fields, filename: filename, at: moment)
        entry.received = moment
        entry.media = media.media
        entry.media?.filename = filename.map(PersonalText.maskingPhones)
        entry.admission = Admission.of(entry, by: contest, at: moment)
        try await keeper.add(entry, at: moment, taking: media, showing: [], answering: nil)
        return entry
    }

    /// Attaches media to an entry, or replaces what it has, and judges it.
    public func attach(
        _ media: StagedMedia, named filename: String?, toEntry id: String, answer: StoredAnswer.Writer? = nil
    ) async throws(IntakeError) -> Entry {
        var entry = try await entry(id)
        let moment = clock.now()
        let name = filename ?? entry.contacts?.filename ?? entry.media?.filename
        let contest = try contests.contest(entry.contest)
        let report = try await firstReport(on: media, named: name, contest: contest)
        entry.contacts?.filename = name.flatMap { $0 == PersonalText.maskingPhones(in: $0) ? nil : $0 }
        (entry.media, entry.report, entry.received) = (report.media, report, moment)
        entry.admission = Admission.of(entry, by: contest, at: moment)
        let change = MediaChange(
            received: moment, report: report, personalFilename: entry.contacts?.filename, admission: entry.admission)
        guard try await keeper.replaceMedia(of: id, with: media, change, answering: answer?(entry)) else {
            throw .entryUnknown
        }
        return try await self.entry(id)
    }

    /// Judges an entry and its stored media again, by the contest as it is now.
    public func recheck(entry id: String, answer: StoredAnswer.Writer? = nil) async throws(IntakeError) -> Entry {
        var entry = try await entry(id)
        guard let media = entry.media, let file = try await keeper.openMedia(of: id) else { throw .mediaMissing }
        let contest = try contests.contest(entry.contest)
        let report = try await inspector.firstReport(
            on: file, named: media.filename, contest: contest,
            digest: media.sha256.map { .known($0) } ?? .computed)
        entry.report = report
        entry.admission = Admission.of(entry, by: contest, at: clock.now())
        guard try await keeper.add(report, entry.admission, toEntry: id, answering: answer?(entry)) else {
            throw .entryUnknown
        }
        return try await self.entry(id)
    }

    /// Records a person's answer to a checklist item or a finding that is left to people.
    ///
    /// - Throws: `.itemUnknown` when nobody is asked that.
    public func sign(
        _ item: SignOff.Item, _ answer: SignOff.Answer, by who: String, because why: String, entry id: String,
        recording writer: StoredAnswer.Writer? = nil
    ) async throws(IntakeError) -> Entry {
        var entry = try await entry(id)
        guard entry.itemsForPeople.contains(item) else { throw .itemUnknown }
        let signOff = SignOff(
            item: item, answer: answer, who: who, why: why, createdAt: clock.now().text,
            mediaSHA256: entry.media?.sha256)
        entry.signOffs.append(signOff)
        guard try await keeper.add(signOff, toEntry: id, answering: writer?(entry)) else { throw .entryUnknown }
        return try await self.entry(id)
    }

    /// The entry with its newest report.
    ///
    /// - Throws: `.entryUnknown`; `.entryDeleted` when there was one.
    public func entry(_ id: String) async throws(IntakeError) -> Entry {
        guard let entry = try await keeper.entry(id) else {
            throw try await keeper.isDeleted(id) ? .entryDeleted : .entryUnknown
        }
        return entry
    }

    /// Every report on an entry, the newest first.
    public func reports(of id: String) async throws(IntakeError) -> [Report] {
        _ = try await entry(id)
        return try await keeper.reports(of: id)
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
        guard try await keeper.delete(id, at: clock.now()) else {
            throw try await keeper.isDeleted(id) ? .entryDeleted : .entryUnknown
        }
    }

    /// Throws when entries could not be kept right now.
    public func checkReady() async throws(IntakeError) { try await keeper.checkReady() }

    private func firstReport(
        on media: StagedMedia, named filename: String?, contest: Contest
    ) async throws(IntakeError) -> Report {
        try await inspector.firstReport(
            on: media.file, named: filename.map(PersonalText.maskingPhones), contest: contest,
            digest: media.media.sha256.map { .known($0) } ?? .computed)
    }
}

extension Entry {
    /// A new entry without media. What is personal, by the contest's form, is set apart.
    init(_ contest: Contest, fields: [String: String], filename: String?, at moment: Moment) {
        let personal = fields.filter { contest.form?.isPersonal($0.key) ?? true }
        self.init(
            id: UUID().uuidString.lowercased(), createdAt: moment.text, contest: contest.id,
            fields: fields.filter { personal[$0.key] == nil },
            contacts: Contacts(
                fields: personal, filename: filename.flatMap { $0 == PersonalText.maskingPhones(in: $0) ? nil : $0 }))
    }
}
