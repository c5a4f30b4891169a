internal import ContestRules
internal import MediaFacts

internal import struct Foundation.UUID

/// Content checks: picture and sound of an entry are decoded after the response to its submission.
extension Intake {
    /// Completes pending reports, and searches for more every second, until the task is cancelled.
    public func workOffChecks(reportingTo observer: any BackgroundObserver = NoObserver()) async {
        await withTaskGroup { group in
            for _ in 0..<inspector.closerLooks { group.addTask { await workOffInTurn(observer) } }
        }
    }

    /// Number of content checks that run in this process now.
    public var checksRunning: Int { running.count }

    private func workOffInTurn(_ observer: any BackgroundObserver) async {
        while !Task.isCancelled {
            do throws(IntakeError) {
                guard let next = try await nextCheck(), running.begin(next.id, ofEntry: next.entry) else {
                    try? await Task.sleep(for: .seconds(1))
                    continue
                }
                await complete(next, observer)
            } catch {
                observer.noteFailure(.contentCheck, error)
                try? await Task.sleep(for: retryPause)
            }
        }
    }

    /// The check to begin next; nil when none waits. After a search without result, the keeper is asked again only
    /// when `RunningChecks.markOfSearch` gives a mark.
    private func nextCheck() async throws(IntakeError) -> ContentCheck? {
        guard let mark = running.markOfSearch() else { return nil }
        let next = try await keeper.nextCheck(beyond: running.taken)
        if next == nil { running.noteNothingFound(mark) }
        return next
    }

    /// Carries out a check that was begun in `running`, and ends it in `running`.
    private func complete(_ next: ContentCheck, _ observer: any BackgroundObserver) async {
        var report: Report?
        do throws(IntakeError) {
            // Another task may have ended the check before this one began it, so its state is read again.
            let check = try await keeper.check(next.id, ofEntry: next.entry)
            guard let check, check.state == .waiting else { return running.end(next.id) }
            report = try await carryOut(check, observer)
        } catch {
            observer.noteFailure(.contentCheck, error, entry: next.entry)
        }
        running.end(next.id, pausingFrom: report == nil ? retryPause : nil)
        if let report { observer.completed(report) }
    }

    /// The report that completes the check; nil when the check is to be tried again, or its entry has changed.
    private func carryOut(
        _ check: ContentCheck, _ observer: any BackgroundObserver
    ) async throws(IntakeError) -> Report? {
        guard check.attempts < ContentCheck.mostAttempts else { return try await giveUp(check, observer) }
        try await keeper.setAttempts(check.attempts + 1, ofCheck: check.id)
        do throws(IntakeError) {
            let inspection = try await inspection(for: check)
            let report = inspection.report
            // A reading that ran out of time or memory may succeed when the machine is less busy.
            if report.isCutShort, check.attempts + 1 < ContentCheck.mostAttempts { return nil }
            // This reading gave no facts, so the findings from header and packets of the first report are kept.
            if report.isCutShort, report.facts == nil { return try await giveUp(check, observer) }
            return try await complete(check, with: report, showing: inspection.stills)
        } catch {
            // A failure that is not the file's fault does not use up an attempt. A new task resets the number, because
            // this one may be cancelled.
            if error.code != .mediaMissing {
                await Task {
                    do throws(IntakeError) {
                        try await keeper.setAttempts(check.attempts, ofCheck: check.id)
                    } catch {
                        observer.noteFailure(.contentCheck, error, entry: check.entry)
                    }
                }.value
            }
            throw error
        }
    }

    private func inspection(for check: ContentCheck) async throws(IntakeError) -> Inspector.Inspection {
        let (entry, file) = try await checkOut(check.entry)
        let contest = try contests.contest(entry.contest)
        let work = Task {
            await Result { () async throws(IntakeError) in
                try await inspector.inspect(
                    file, named: entry.media?.filename, contest: contest, declared: entry.declaration(in: contest),
                    digest: entry.media?.digest ?? .computed, in: .background
                ) { [running] in running.record($0, of: check.id) }
            }
        }
        running.setCancel(of: check.id) { work.cancel() }
        return try await withTaskCancellationHandler {
            await work.value
        } onCancel: {
            work.cancel()
        }.get()
    }

    /// Stores the report of a check. Returns nil and stores nothing when the entry no longer waits for the report.
    private func complete(
        _ check: ContentCheck, with report: Report, showing stills: [Still]
    ) async throws(IntakeError) -> Report? {
        do throws(IntakeError) {
            _ = try await apply(change(.completed(check: check.id, report, showing: stills), of: check.entry))
            return report
        } catch {
            guard [.checkUnknown, .mediaReplaced, .entryUnknown, .entryDeleted].contains(error.code) else {
                throw error
            }
            return nil
        }
    }

    private func giveUp(
        _ check: ContentCheck, _ observer: any BackgroundObserver
    ) async throws(IntakeError) -> Report? {
        guard let first = try await entry(check.entry).report, first.id == check.id else { return nil }
        let report = first.givingUp(id: UUID().uuidString.lowercased(), createdAt: now.text)
        guard let kept = try await complete(check, with: report, showing: []) else { return nil }
        observer.gaveUp(.contentCheck, onEntry: check.entry)
        return kept
    }

    /// The state and progress of the check that completes the report `id`. Reads one row, and no report of a check.
    ///
    /// - Throws: `.entryUnknown`, `.entryDeleted`, `.checkUnknown`.
    public func check(_ id: String, ofEntry entry: String) async throws(IntakeError) -> CheckProgress {
        guard var check = try await keeper.check(id, ofEntry: entry) else {
            // A report that was complete at once has no check of its own; it counts as one that is done.
            guard let report = try await keeper.report(id, ofEntry: entry) else {
                _ = try await self.entry(entry)
                throw .checkUnknown
            }
            return CheckProgress(
                check: ContentCheck(
                    id: id, entry: entry, createdAt: report.createdAt, state: .done, attempts: 1, report: id,
                    verdict: report.verdict))
        }
        let (isRunning, progress) = running.progress(of: id)
        guard check.state == .waiting, isRunning else { return CheckProgress(check: check) }
        check.state = .running
        return CheckProgress(check: check, decoded: progress?.decoded ?? .zero, length: progress?.length)
    }
}
