internal import ContestRules
internal import MediaFacts

/// First reports on entries that were accepted without one, because the service ended first or no probe was free.
extension Intake {
    /// Makes the missing first reports, and searches for more every few seconds, until the task is cancelled.
    ///
    /// An entry whose report fails three times, which is not the file's fault, waits for the next start of the service.
    /// If no reader can start, the third attempt stores a report that is undetermined, with the reason `no-worker`.
    public func workOffBacklog(reportingTo observer: any BackgroundObserver = NoObserver()) async {
        var failures: [String: Int] = [:]
        while !Task.isCancelled {
            var waiting: [String] = []
            do throws(IntakeError) {
                let hopeless = Set(failures.filter { $0.value >= 3 }.keys)
                waiting = try await keeper.entriesAwaitingReport(beyond: hopeless)
            } catch {
                observer.noteFailure(.backlog, error)
            }
            for id in waiting where !Task.isCancelled {
                do throws(IntakeError) {
                    let report = try await completeReport(of: id, acceptsNoReader: failures[id, default: 0] == 2)
                    if report?.hasNoReader == true { observer.gaveUp(.backlog, onEntry: id) }
                } catch {
                    if error.code == .queueFull { break }
                    observer.noteFailure(.backlog, error, entry: id)
                    failures[id, default: 0] += 1
                    if failures[id] == 3 { observer.gaveUp(.backlog, onEntry: id) }
                }
            }
            // The loop pauses even when entries wait: a full queue empties within seconds.
            try? await Task.sleep(for: .seconds(waiting.isEmpty ? 5 : 1))
        }
    }
}

extension Report {
    /// Whether the file was not read because no reader could start.
    fileprivate var hasNoReader: Bool { findings.contains { $0.reason == ProbeError.Code.noWorker.rawValue } }
}
