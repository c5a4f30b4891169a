/// Decodes picture and sound of entries whose first report is pending.
public struct ContentCheckService: BackgroundService {
    private let intake: Intake
    private let observer: any BackgroundObserver

    /// Makes the service; nothing runs before `run`.
    public init(intake: Intake, observer: any BackgroundObserver) {
        self.intake = intake
        self.observer = observer
    }

    /// `.contentCheck`.
    public var work: BackgroundWork { .contentCheck }

    /// Carries out waiting checks until the task is cancelled. A cancelled check does not use up an attempt.
    public func run() async { await intake.workOffChecks(reportingTo: observer) }
}
