/// Work that runs beside the requests for as long as the service runs.
public protocol BackgroundService: Sendable {
    /// The kind of work, which also names the service in the log.
    var work: BackgroundWork { get }

    /// Works until the task is cancelled. A cancelled step takes its attempt back, so `run` then returns soon.
    func run() async
}
