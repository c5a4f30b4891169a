public import ContestRules
public import MediaFacts

/// Reading of entries, reports and files.
extension Intake {
    /// The entry with its newest report.
    ///
    /// - Throws: `.entryUnknown`; `.entryDeleted` when the entry was deleted.
    public func entry(_ id: String) async throws(IntakeError) -> Entry {
        guard let entry = try await keeper.entry(id) else {
            throw try await keeper.isDeleted(id) ? .entryDeleted : .entryUnknown
        }
        return entry
    }

    /// Requires that a principal may do `action` on the entry `id`. An unknown id passes, because the request itself
    /// fails with `.entryUnknown`.
    ///
    /// - Throws: `.keyMissing`, `.scopeMissing`, `.ownerRequired`; `.entryUnknown` if it may not read the entry.
    public func admit(_ principal: Principal, to action: EntryAction, entry id: String) async throws(IntakeError) {
        try principal.require(action)
        guard !principal.isUnlimited, let holder = try await keeper.holder(of: id) else { return }
        try principal.require(action, of: holder)
    }

    /// One page of the entries that a principal may see, newest first.
    ///
    /// - Throws: `.contestUnknown`, `.contestForbidden`, `.cursorInvalid`.
    public func entries(
        _ query: EntryQuery, for principal: Principal = .everybody
    ) async throws(IntakeError) -> EntryPage {
        let query = try principal.limiting(query)
        if let contest = query.contest { _ = try contests.contest(contest) }
        return try await keeper.entries(query)
    }

    /// The newest report on an entry.
    ///
    /// - Throws: `.entryUnknown`, `.entryDeleted`; `.mediaMissing` for an entry without media, `.reportPending` while
    ///   the media waits for its first check.
    public func newestReport(ofEntry id: String) async throws(IntakeError) -> Report {
        let entry = try await entry(id)
        guard let report = entry.report else { throw entry.media == nil ? .mediaMissing : .reportPending }
        return report
    }

    /// One report on an entry.
    ///
    /// - Throws: `.entryUnknown`, `.entryDeleted`, `.reportUnknown`.
    public func report(_ report: String, ofEntry id: String) async throws(IntakeError) -> Report {
        if let found = try await keeper.report(report, ofEntry: id) { return found }
        _ = try await entry(id)
        throw .reportUnknown
    }

    /// One page of the history of an entry's reports, newest first.
    ///
    /// - Throws: `.entryUnknown`, `.entryDeleted`, `.cursorInvalid`.
    public func reports(
        ofEntry id: String, limit: Int = 50, cursor: String? = nil
    ) async throws(IntakeError) -> ReportPage {
        let page = try await keeper.reports(of: id, limit: limit, cursor: cursor)
        if page.reports.isEmpty { _ = try await entry(id) }
        return page
    }

    /// The stills that a report names, in its order.
    public func stills(of report: Report) async throws(IntakeError) -> [Still] {
        report.stills.isEmpty ? [] : try await keeper.stills(ofReport: report.id)
    }

    /// The still `name` of a report; nil when the report does not name it, or it is not stored.
    public func still(_ name: String, of report: Report) async throws(IntakeError) -> Still? {
        guard report.stills.contains(where: { $0.name == name }) else { return nil }
        return try await keeper.still(name, ofReport: report.id)
    }

    /// The stored file of an entry, open for reading, and the entry.
    ///
    /// - Throws: `.entryUnknown`, `.entryDeleted`, `.mediaMissing`, `.storageFailed`.
    public func media(of id: String) async throws(IntakeError) -> (file: OpenMediaFile, entry: Entry) {
        let (entry, file) = try await checkOut(id)
        return (file, entry)
    }
}
