import EntryIntake
import EntryStore
import Logging

/// Looks once, while the service runs, for entries whose stored file is gone, and logs each.
struct MissingMediaService: BackgroundService {
    let store: EntryStore
    let observer: any BackgroundObserver
    let logger: Logger

    /// `.tidying`: a failed search counts as such.
    var work: BackgroundWork { .tidying }

    /// Searches, and then waits until the task is cancelled: a service that returns ends its group.
    func run() async {
        do throws(IntakeError) {
            for entry in try await store.entriesWithoutMedia() {
                logger.error("the file of an entry is missing", metadata: ["entry": "\(entry)"])
            }
        } catch {
            if error.code != .cancelled { observer.failed(BackgroundFailure(.tidying, error)) }
        }
        while !Task.isCancelled { try? await Task.sleep(for: .seconds(86_400)) }
    }
}
