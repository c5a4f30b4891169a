import EntryIntake
import EntryStore
import Logging

/// Searches the store once, when the service starts, for entries whose media file is missing, and logs an error for
/// each.
struct MissingMediaService: BackgroundService {
    let store: EntryStore
    let observer: any BackgroundObserver
    let logger: Logger

    /// Always `.tidying`: a failed search counts as a failure of that work.
    var work: BackgroundWork { .tidying }

    /// Searches, and then waits until the task is cancelled, because the service group ends when one of its services
    /// returns.
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
