/// Removes expired uploads, and makes the entries of uploads that were whole when the service ended.
public struct TidyingService: BackgroundService {
    private let uploads: ResumableUploads
    private let interval: Duration
    private let observer: any BackgroundObserver

    /// Makes the service; nothing runs before `run`.
    ///
    /// - Parameter interval: the pause between two passes.
    public init(uploads: ResumableUploads, every interval: Duration, observer: any BackgroundObserver) {
        self.uploads = uploads
        self.interval = interval
        self.observer = observer
    }

    /// `.tidying`.
    public var work: BackgroundWork { .tidying }

    /// Makes one pass at once and another after each interval, until the task is cancelled.
    public func run() async {
        while !Task.isCancelled {
            do throws(IntakeError) {
                try await uploads.tidy(reportingTo: observer)
            } catch {
                observer.noteFailure(.tidying, error)
            }
            try? await Task.sleep(for: interval)
        }
    }
}
