internal import ContestRules
internal import MediaFacts

internal import struct Foundation.UUID

/// Arrival, media, correction and deletion of entries.
extension Intake {
    /// Makes an entry of a form and its media. A file that arrived whole always becomes an entry: if the queue is full
    /// or the client disconnects, the backlog makes the first report.
    ///
    /// Findings that need decoding are `pending` in the report; `workOffChecks` completes it.
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
                try await newMedia(
                    media, named: filename, by: contest, declared: contest.declaration(of: fields))
            }
            let arrival = EntryChange.Arrival(fields: fields, media: new, filename: filename, owner: principal.owner)
            return try await apply(change(.arrived(arrival), rules: contest, request: request))
        }
    }

    /// Makes the entry of a finished upload in several requests. The entry has no report yet.
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
    /// - Throws: `.contestUnknown`, `.keyReused`, `.storageFailed`, `.diskFull`, `.entryUnknown`, `.entryDeleted`.
    public func attach(
        _ media: StagedMedia, named filename: String?, toEntry id: String, request: IdempotentRequest? = nil
    ) async throws(IntakeError) -> AnsweredEntry {
        try await once(request) { () async throws(IntakeError) in
            let entry = try await entry(id)
            let contest = try contests.contest(entry.contest)
            let name = filename ?? entry.contacts?.filename ?? entry.media?.filename
            let new = try await newMedia(
                media, named: name, by: contest, declared: entry.declaration(in: contest))
            return try await apply(change(.mediaReplaced(new), of: id, rules: contest, request: request))
        }
    }

    /// Replaces the form of an entry. The time of receipt stays; `corrections` records the time of the change. A media whose
    /// report depends on a changed field is judged again.
    ///
    /// - Throws: `.entryUnknown`, `.entryDeleted`, `.fieldUnknown`, `.keyReused`.
    public func correct(
        _ fields: [String: String], ofEntry id: String, request: IdempotentRequest? = nil
    ) async throws(IntakeError) -> AnsweredEntry {
        try await once(request) { () async throws(IntakeError) in
            let contest = try contests.contest(try await entry(id).contest)
            try contest.refuseUnknown(fields)
            let entry = try await apply(change(.corrected(fields), of: id, rules: contest, request: request))
            guard entry.media != nil, entry.report == nil else { return entry }
            // If the report cannot be made now, the backlog makes it.
            guard (try? await completeReport(of: id)) != nil else { return entry }
            return try await self.entry(id)
        }
    }

    /// Deletes an entry with its reports, stills and contacts, and its file if no other entry has the same bytes.
    ///
    /// - Throws: `.entryUnknown`; `.entryDeleted` when it was deleted before.
    public func delete(entry id: String) async throws(IntakeError) {
        _ = try await apply(change(.deleted, of: id))
    }

    /// A change at the present moment; without `id`, the change of a new entry.
    func change(
        _ event: EntryChange.Event, of id: String? = nil, rules: Contest? = nil, request: IdempotentRequest? = nil
    ) -> EntryChange {
        EntryChange(
            entry: id ?? UUID().uuidString.lowercased(), at: clock.now(), event, rules: rules, request: request,
            traceparent: WorkTrace.traceparent)
    }

    /// The media with its first report, or without a report when it cannot be checked now.
    private func newMedia(
        _ media: StagedMedia, named filename: String?, by contest: Contest, declared declaration: Declaration
    ) async throws(IntakeError) -> EntryChange.NewMedia {
        var new = EntryChange.NewMedia(media, named: filename, received: clock.now(), report: nil)
        do {
            new.report = try await inspector.firstReport(
                on: media.file, named: filename.map(contest.maskingFilename), contest: contest,
                declared: declaration, digest: media.media.digest)
        } catch {
            // The queue is full, the client disconnected or no reader works. The backlog checks the complete file.
            guard [.queueFull, .cancelled, .noWorker, .storageFailed].contains(error.code) else { throw error }
        }
        return new
    }
}

extension Optional where Wrapped: Sendable {
    /// The result of `transform` on the value; nil for nil.
    fileprivate func mapAsync<Value: Sendable>(
        _ transform: (Wrapped) async throws(IntakeError) -> Value
    ) async throws(IntakeError) -> Value? {
        guard let self else { return nil }
        return try await transform(self)
    }
}
