internal import ContestRules
internal import MediaFacts

internal import struct Foundation.UUID

/// Entries arrive, get media, are corrected and withdrawn.
extension Intake {
    /// Makes an entry of a form and its media. A file that arrived whole becomes an entry: without room for its check now,
    /// or when the client left, the first report follows from the backlog.
    ///
    /// What has to be decoded is `pending` in the report; `workOffChecks` completes it.
    ///
    /// - Throws: `.contestForbidden`, `.contestUnknown`, `.fieldUnknown`, `.keyReused`, `.storageFailed`, `.diskFull`.
    public func submit(
        contest id: String, fields: [String: String], media: StagedMedia?, named filename: String?,
        by principal: Principal = .everybody, request: IdempotentRequest? = nil
    ) async throws(IntakeError) -> AnsweredEntry {
        try principal.require(contest: id)
        let contest = try contests.contest(id)
        try contest.refuseUnknown(fields)
        return try await once(request) { () async throws(IntakeError) in
            let new = try await media.mapAsync { media throws(IntakeError) in
                try await newMedia(media, named: filename, by: contest)
            }
            let arrival = EntryChange.Arrival(fields: fields, media: new, filename: filename, owner: principal.owner)
            return try await apply(change(.arrived(arrival), rules: contest, request: request))
        }
    }

    /// Makes an entry of an upload in several requests, which was acknowledged; its report follows.
    func accept(
        _ media: StagedMedia, of upload: ResumableUpload, at moment: Moment
    ) async throws(IntakeError) -> Entry {
        let contest = try contests.contest(upload.contest)
        let new = EntryChange.NewMedia(media, named: upload.filename, received: moment, report: nil)
        let arrival = EntryChange.Arrival(
            fields: upload.fields, media: new, owner: upload.owner, upload: upload.id)
        var change = change(.arrived(arrival), rules: contest)
        change.at = moment
        return try await apply(change)
    }

    /// Attaches media to an entry, or replaces its media, and judges it.
    ///
    /// - Throws: as `submit`, and `.entryUnknown`, `.entryDeleted`.
    public func attach(
        _ media: StagedMedia, named filename: String?, toEntry id: String, request: IdempotentRequest? = nil
    ) async throws(IntakeError) -> AnsweredEntry {
        try await once(request) { () async throws(IntakeError) in
            let entry = try await entry(id)
            let contest = try contests.contest(entry.contest)
            let name = filename ?? entry.contacts?.filename ?? entry.media?.filename
            let new = try await newMedia(media, named: name, by: contest)
            return try await apply(change(.mediaReplaced(new), of: id, rules: contest, request: request))
        }
    }

    /// Replaces the form of an entry. The time of receipt stays; the entry's history says when the correction came.
    ///
    /// - Throws: `.entryUnknown`, `.entryDeleted`, `.fieldUnknown`, `.keyReused`.
    public func correct(
        _ fields: [String: String], ofEntry id: String, request: IdempotentRequest? = nil
    ) async throws(IntakeError) -> AnsweredEntry {
        try await once(request) { () async throws(IntakeError) in
            let contest = try contests.contest(try await entry(id).contest)
            try contest.refuseUnknown(fields)
            return try await apply(change(.corrected(fields), of: id, rules: contest, request: request))
        }
    }

    /// Removes an entry with everything that is its own.
    ///
    /// - Throws: `.entryUnknown`; `.entryDeleted` when it was deleted before.
    public func delete(entry id: String) async throws(IntakeError) {
        _ = try await apply(change(.deleted, of: id))
    }

    /// A change that happens now; without an id, of a new entry.
    func change(
        _ event: EntryChange.Event, of id: String? = nil, rules: Contest? = nil, request: IdempotentRequest? = nil
    ) -> EntryChange {
        EntryChange(
            entry: id ?? UUID().uuidString.lowercased(), at: clock.now(), event, rules: rules, request: request)
    }

    /// The media with its first report, or without one when that cannot be made now.
    private func newMedia(
        _ media: StagedMedia, named filename: String?, by contest: Contest
    ) async throws(IntakeError) -> EntryChange.NewMedia {
        var new = EntryChange.NewMedia(media, named: filename, received: clock.now(), report: nil)
        do {
            new.report = try await inspector.firstReport(
                on: media.file, named: filename.map(PersonalText.maskingFilename), contest: contest,
                digest: media.media.digest)
        } catch {
            // No room, no client any more, or a reader that cannot work: the file is here whole, and the backlog checks it.
            guard [.queueFull, .cancelled, .noWorker, .storageFailed].contains(error.code) else { throw error }
        }
        return new
    }
}

extension Optional where Wrapped: Sendable {
    /// `transform` of the value; nil without one.
    fileprivate func mapAsync<Value: Sendable>(
        _ transform: (Wrapped) async throws(IntakeError) -> Value
    ) async throws(IntakeError) -> Value? {
        guard let self else { return nil }
        return try await transform(self)
    }
}
