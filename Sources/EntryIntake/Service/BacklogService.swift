/// Gives entries that were accepted without a report their first report: after a restart, or when no probe was free.
public struct BacklogService: BackgroundService {
    private let intake: Intake
    private let observer: any BackgroundObserver

    /// Makes the service; nothing runs before `run`.
    public init(intake: Intake, observer: any BackgroundObserver) {
        self.intake = intake
        self.observer = observer
    }

    /// `.backlog`.
    public var work: BackgroundWork { .backlog }

    /// Makes the missing reports until the task is cancelled.
    public func run() async { await intake.workOffBacklog(reportingTo: observer) }
}
