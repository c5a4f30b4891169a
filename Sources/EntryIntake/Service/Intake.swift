internal import BlockingLanes
public import ContestRules
public import MediaFacts

internal import struct Foundation.UUID

/// Orders the steps of a submission: receive, probe, judge, record. Every change of an entry goes through `apply`.
public struct Intake: Sendable {
    /// The contests that entries can be sent to.
    public let contests: ContestCatalogue
    let inspector: Inspector
    let keeper: any EntryKeeping
    let vault: any MediaVault
    let promises: StoragePromises
    /// Signs every report; nil leaves reports unsigned.
    let sealing: (any ReportSealing)?
    let clock: WallClock
    let timing: any WorkTiming
    let locks = KeyedLock()
    let running = RunningChecks()
    /// Pause before the first retry of a failed content check; each later pause is twice as long.
    var retryPause: Duration = .seconds(5)
    let lanes = BlockingLanes("copy", count: 1)

    /// Makes an intake.
    ///
    /// - Parameters:
    ///   - disk: measures the disk of the vault; nil promises room to every file.
    ///   - storageLimits: limits of the promised room.
    ///   - sealing: signs the reports; nil leaves them unsigned.
    ///   - timing: receives the times of receiving and storing.
    public init(
        contests: ContestCatalogue, inspector: Inspector, keeper: any EntryKeeping, vault: any MediaVault,
        disk: (any StorageMeasuring)? = nil, storageLimits: StorageLimits = StorageLimits(),
        sealing: (any ReportSealing)? = nil, clock: WallClock = .system, timing: any WorkTiming = NoTiming()
    ) {
        self.sealing = sealing
        self.timing = timing
        promises = StoragePromises(on: disk, limits: storageLimits)
        self.contests = contests
        self.inspector = inspector
        self.keeper = keeper
        self.vault = vault
        self.clock = clock
    }

    /// Versions of the programs that make the reports.
    public var toolVersions: ToolVersions { inspector.toolVersions }

    /// The present moment by the intake's clock.
    public var now: Moment { clock.now() }

    /// Begins to receive a file, and reserves room for it on the disk.
    ///
    /// - Parameter bytes: length in bytes that the request announces; nil when it announces none.
    /// - Throws: `.insufficientStorage` when the disk has no room beside the room promised to other uploads.
    public func beginUpload(announcing bytes: Int64? = nil) async throws(IntakeError) -> any IncomingMedia {
        let promise = try await promises.promise(max(0, bytes ?? 0))
        return PromisedMedia(media: try await vault.stage(), promise: promise)
    }

    /// Takes the place of a check that stores nothing, before its file is received.
    ///
    /// - Throws: `.queueFull` when the limit of these checks is reached.
    public func reservePlace() throws(IntakeError) -> CheckPlace { try inspector.reservePlace() }

    /// Judges a received file and stores nothing. The report names no stills.
    ///
    /// - Parameters:
    ///   - fields: the form that the request sends beside the file; of it, the rules read what `Declaration` holds.
    ///   - category: the category that the request names; nil takes it from `fields`.
    ///   - depth: the depth of examination; nil means the depth that the rules need.
    ///   - place: the place that was reserved before the file was received; nil when a full queue may refuse the file.
    ///   - notes: notes about the request, which become a part of the report.
    /// - Throws: `.contestUnknown`, `.queueFull`, `.cancelled`, `.storageFailed`.
    public func check(
        _ media: StagedMedia, named filename: String?, contest id: String, fields: [String: String] = [:],
        category: String? = nil, depth: Depth? = nil, holding place: CheckPlace? = nil,
        noting notes: [LocalizedText] = []
    ) async throws(IntakeError) -> Report {
        let contest = try contests.contest(id)
        let depth = depth ?? contest.depth
        var report = try await inspector.inspect(
            media.file, named: filename.map(contest.maskingFilename), contest: contest,
            declared: contest.declaration(of: fields, category: category.map { ($0, .request) }),
            digest: media.media.digest, depth: depth, in: depth > .quick ? .beside : .front, holding: place,
            acceptsNoReader: true
        ).report.withoutStills
        report.notes = notes
        return try sealed(report)
    }

    /// How many files are read and wait now, queue by queue.
    public func queue() async -> [QueueState] { await inspector.queue() }

    /// Throws when entries could not be stored now, or no file could be read now.
    public func checkReady() async throws(IntakeError) {
        try await keeper.checkReady()
        try await inspector.checkReady()
    }

    /// Carries out a change. Cancelling the caller, as when the client disconnects, does not cancel the change.
    ///
    /// Every report that is stored passes here, so it is signed here.
    func apply(_ change: EntryChange) async throws(IntakeError) -> Entry {
        let change = try change.mapReport { report throws(IntakeError) in try sealed(report) }
        let result = await Task {
            await Result { () async throws(IntakeError) in
                try await timing.measure(.store) { () async throws(IntakeError) in try await keeper.apply(change) }
            }
        }.value
        let entry = try result.get()
        running.noteChange()
        // A running content check of the entry's previous file is cancelled: its report could no longer be stored.
        switch change.event {
        case .mediaReplaced, .arrived, .deleted: running.cancel(ofEntry: entry.id)
        case .checked, .completed, .corrected, .signed: break
        }
        return entry
    }

    /// The report with a signature; a report that has one keeps it.
    private func sealed(_ report: Report) throws(IntakeError) -> Report {
        guard let sealing, report.signature == nil else { return report }
        return try sealing.signed(report)
    }

    /// Whether a report is signed, or need not be. A report of a release that signed none is made anew, not repeated.
    func isSealed(_ report: Report) -> Bool { sealing == nil || report.signature != nil }

    /// The public keys that verify the reports, the current one first; empty when reports are not signed.
    public var publicKeys: [PublicSigningKey] { sealing?.publicKeys ?? [] }

    /// Carries out a request once for each `Idempotency-Key`. A second request with the key waits for the first and
    /// gets the entry as the first one left it.
    ///
    /// - Parameter work: must pass `request` on in its change, so that one transaction stores change and answer.
    /// - Throws: `.keyReused` when the key was used for a request with other content.
    func once(
        _ request: IdempotentRequest?, _ work: () async throws(IntakeError) -> Entry
    ) async throws(IntakeError) -> AnsweredEntry {
        guard let request else { return AnsweredEntry(try await work()) }
        return try await locks.with("key \(request.principal) \(request.key)") { () async throws(IntakeError) in
            switch try await keeper.answer(to: request) {
            case .entry(let entry): AnsweredEntry(entry, isRepeated: true)
            case .upload: throw .keyReused
            case nil: AnsweredEntry(try await work())
            }
        }
    }

    /// An entry and its stored file, opened by the SHA-256 in that same version of the entry.
    ///
    /// - Throws: `.entryUnknown`, `.entryDeleted`; `.mediaMissing` when the entry has no media; `.storageFailed` when
    ///   the file is missing or has another size.
    func checkOut(_ id: String) async throws(IntakeError) -> (entry: Entry, file: OpenMediaFile) {
        for _ in 0..<3 {
            let entry = try await entry(id)
            guard let media = entry.media, let sum = media.sha256 else { throw .mediaMissing }
            // The file is missing: it was replaced or deleted after the entry was read, so the entry is read again.
            guard let file = try await vault.open(sum) else { continue }
            guard file.media.bytes == media.bytes else {
                throw .storageFailed("the stored file \(sum) has \(file.media.bytes) bytes, not \(media.bytes)")
            }
            return (entry, file)
        }
        throw .storageFailed("the stored file of an entry is gone")
    }
}

extension MediaReference {
    /// The source of the SHA-256 in a report on this file.
    var digest: Inspector.Digest { sha256.map { .known($0) } ?? .computed }
}
