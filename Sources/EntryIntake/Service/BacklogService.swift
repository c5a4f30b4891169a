/// Gives every accepted entry its first report: after a restart, and when no probe was free at the time.
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

    /// Works off the backlog until the task is cancelled.
    public func run() async { await intake.workOffBacklog(reportingTo: observer) }
}
