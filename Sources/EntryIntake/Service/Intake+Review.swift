internal import ContestRules
internal import MediaFacts

/// Second checks and sign-offs of entries.
extension Intake {
    /// Judges an entry and its stored media by the contest as it is now. If the newest report was made of the same
    /// media by the same rules and programs and was not cut short, the media is not read again and that report stays.
    ///
    /// - Throws: `.entryUnknown`, `.entryDeleted`, `.mediaMissing`, `.queueFull`, `.keyReused`, `.storageFailed`.
    public func recheck(
        entry id: String, request: IdempotentRequest? = nil
    ) async throws(IntakeError) -> AnsweredEntry {
        try await once(request) { () async throws(IntakeError) in
            try await locks.with("report \(id)") { () async throws(IntakeError) in
                let (entry, file) = try await checkOut(id)
                let contest = try contests.contest(entry.contest)
                if let report = entry.report, isSealed(report),
                    inspector.wouldRepeat(report, on: entry, by: contest)
                {
                    return try await apply(change(.checked(report), of: id, rules: contest, request: request))
                }
                let report = try await firstReport(on: file, of: entry, by: contest)
                return try await apply(change(.checked(report), of: id, rules: contest, request: request))
            }
        }
    }

    /// Gives an entry its first report, unless it has one.
    ///
    /// - Parameter acceptsNoReader: the same as in `Inspector.inspect`.
    /// - Returns: the report; nil when the entry has one already.
    @discardableResult
    func completeReport(of id: String, acceptsNoReader: Bool = false) async throws(IntakeError) -> Report? {
        try await locks.with("report \(id)") { () async throws(IntakeError) in
            guard try await entry(id).report == nil else { return nil }
            let (entry, file) = try await checkOut(id)
            let contest = try contests.contest(entry.contest)
            let report = try await firstReport(on: file, of: entry, by: contest, acceptsNoReader: acceptsNoReader)
            _ = try await apply(change(.checked(report), of: id, rules: contest))
            return report
        }
    }

    /// Records a person's answer to a checklist item or to a finding with the outcome `review`.
    ///
    /// - Throws: `.entryUnknown`, `.entryDeleted`, `.keyReused`; `.itemUnknown` when `item` is not in `itemsForPeople`.
    public func sign(
        _ item: SignOff.Item, _ answer: SignOff.Answer, by who: String, because why: String, entry id: String,
        request: IdempotentRequest? = nil
    ) async throws(IntakeError) -> AnsweredEntry {
        try await once(request) { () async throws(IntakeError) in
            try await apply(change(.signed(item, answer, who: who, why: why), of: id, request: request))
        }
    }

    private func firstReport(
        on file: OpenMediaFile, of entry: Entry, by contest: Contest, acceptsNoReader: Bool = false
    ) async throws(IntakeError) -> Report {
        try await inspector.firstReport(
            on: file, named: entry.media?.filename, contest: contest, declared: entry.declaration(in: contest),
            digest: entry.media?.digest ?? .computed, acceptsNoReader: acceptsNoReader)
    }
}
