public import ContestRules
public import MediaFacts

internal import struct Foundation.UUID

/// Looks at picture and sound of entries after their senders have been answered.
extension Intake {
    /// Completes the reports that are pending, and looks again every moment, until the task is cancelled.
    ///
    /// - Parameter onReport: is told of each report that came of it.
    public func workOffChecks(onReport: @escaping @Sendable (Report) -> Void = { _ in }) async {
        await withTaskGroup { group in
            for _ in 0..<inspector.closerLooks { group.addTask { await checkInTurn(onReport) } }
        }
    }

    private func checkInTurn(_ onReport: @Sendable (Report) -> Void) async {
        while !Task.isCancelled {
            guard let next = try? await keeper.nextCheck(beyond: running.taken), running.begin(next.id) else {
                try? await Task.sleep(for: .milliseconds(500))
                continue
            }
            // As it is now that nobody else can begin it: another may just have ended it.
            let check = try? await keeper.check(next.id, ofEntry: next.entry)
            guard let check, check.state == .waiting else {
                running.end(next.id)
                continue
            }
            let report = try? await carryOut(check)
            running.end(check.id, restingFrom: report == nil ? retryPause : nil)
            if let report { onReport(report) }
        }
    }

    /// The report that a check came to; nil when it is to be tried again, or nobody waits for it any more.
    private func carryOut(_ check: ContentCheck) async throws(IntakeError) -> Report? {
        guard check.attempts < ContentCheck.mostAttempts else { return try await giveUp(check) }
        try await keeper.setAttempts(check.attempts + 1, ofCheck: check.id)
        do throws(IntakeError) {
            let entry = try await entry(check.entry)
            guard let media = entry.media, let file = try await keeper.openMedia(of: entry.id) else {
                throw .mediaMissing
            }
            let inspection = try await inspector.inspect(
                file, named: media.filename, contest: try contests.contest(entry.contest),
                digest: media.sha256.map { .known($0) } ?? .computed, in: .background
            ) { [running] in running.note($0.decoded, of: check.id) }
            let report = inspection.report
            // What ran out of time or memory may have better luck when the machine is less busy.
            if report.isCutShort, check.attempts + 1 < ContentCheck.mostAttempts { return nil }
            // What header and packets told stays, though nothing could be read this time.
            if report.isCutShort, report.facts == nil { return try await giveUp(check) }
            return try await keeper.complete(check.id, with: report, showing: inspection.stills) ? report : nil
        } catch {
            // What is not the file's fault does not use up its attempts. A task of its own: this one may be cancelled.
            if error.code != .mediaMissing {
                await Task { try? await keeper.setAttempts(check.attempts, ofCheck: check.id) }.value
            }
            throw error
        }
    }

    private func giveUp(_ check: ContentCheck) async throws(IntakeError) -> Report? {
        guard let first = try await entry(check.entry).report, first.id == check.id else { return nil }
        let report = first.givingUp(id: UUID().uuidString.lowercased(), createdAt: now.text)
        return try await keeper.complete(check.id, with: report, showing: []) ? report : nil
    }

    /// The check that began with a report of an entry, as it stands now.
    ///
    /// - Throws: `.entryUnknown`, `.checkUnknown`.
    public func check(_ id: String, ofEntry entry: String) async throws(IntakeError) -> CheckProgress {
        let whole = try await self.entry(entry)
        guard var check = try await keeper.check(id, ofEntry: entry) else {
            // A report that had nothing to wait for was its own check.
            guard let report = try await keeper.reports(of: entry).first(where: { $0.id == id }) else {
                throw .checkUnknown
            }
            return CheckProgress(
                check: ContentCheck(
                    id: id, entry: entry, createdAt: report.createdAt, state: .done, attempts: 1, report: id),
                verdict: report.verdict)
        }
        let reached = running.progress(of: id)
        if check.state == .waiting, reached != nil { check.state = .running }
        return CheckProgress(
            check: check, decoded: check.state == .running ? reached : nil,
            length: whole.report?.facts?.duration,
            verdict: try await report(check.report, of: whole)?.verdict)
    }

    /// A report of an entry; nil for none. The older ones are read only when one of them is meant.
    private func report(_ id: String?, of entry: Entry) async throws(IntakeError) -> Report? {
        guard let id else { return nil }
        if let newest = entry.report, newest.id == id { return newest }
        return try await keeper.reports(of: entry.id).first { $0.id == id }
    }

    /// The pictures of a report.
    public func stills(of report: Report) async throws(IntakeError) -> [Still] {
        report.stills.isEmpty ? [] : try await keeper.stills(ofReport: report.id)
    }
}

/// A check and how far it is.
public struct CheckProgress: Sendable, Hashable {
    /// The check.
    public var check: ContentCheck
    /// Time of the film that was decoded; nil when the check does not run.
    public var decoded: Duration?
    /// Length of the film; nil when it is not known.
    public var length: Duration?
    /// Verdict of the report that it came to; nil until it is done.
    public var verdict: Verdict?

    /// Describes how far a check is.
    public init(
        check: ContentCheck, decoded: Duration? = nil, length: Duration? = nil, verdict: Verdict? = nil
    ) {
        self.check = check
        self.decoded = decoded
        self.length = length
        self.verdict = verdict
    }
}
