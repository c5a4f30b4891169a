/// Checks entries that were accepted and have no report yet: the service ended in between, or there was no room.
extension Intake {
    /// Works through what was left over, and looks again every few seconds, until the task is cancelled.
    ///
    /// What fails three times, through our own fault, waits for the next start.
    public func workOffBacklog() async {
        var failures: [String: Int] = [:]
        while !Task.isCancelled {
            let hopeless = Set(failures.filter { $0.value >= 3 }.keys)
            let waiting = (try? await keeper.entriesAwaitingReport(beyond: hopeless)) ?? []
            for id in waiting where !Task.isCancelled {
                do {
                    try await completeReport(of: id)
                } catch {
                    if error.code == .queueFull { break }
                    failures[id, default: 0] += 1
                }
            }
            // A pause also after work: a full queue empties in seconds.
            try? await Task.sleep(for: .seconds(waiting.isEmpty ? 5 : 1))
        }
    }
}
