import EntryIntake
import EntryServer
import Foundation
import Logging
import ServiceLifecycle
import UnixSignals

/// Runs the HTTP service and the background services until SIGTERM or SIGINT, then ends them within a bounded time.
struct ServiceRun {
    let server: EntryServer
    let background: [any BackgroundService]
    /// Time for the requests that are under way at the signal; then they are cancelled.
    let shutdownTime: Duration
    let logger: Logger

    /// Time after `shutdownTime` in which cancelled work has to end.
    private static let timeForCancelledWork = Duration.seconds(10)

    /// Runs until the process is told to end.
    ///
    /// - Parameter onListening: called once with the port that is bound.
    /// - Throws: what the HTTP service throws, as when the port is in use.
    func run(onListening: @escaping @Sendable (Int) -> Void) async throws {
        // A group shuts its services down from the last one to the first.
        let services: [any Service] =
            background.map { Background(service: $0) } + [
                Requests(server: server, onListening: onListening),
                ShutdownDeadline(
                    time: shutdownTime, last: shutdownTime + Self.timeForCancelledWork, logger: logger),
            ]
        var configuration = ServiceGroupConfiguration(
            services: services, gracefulShutdownSignals: [.sigterm, .sigint], logger: logger)
        configuration.maximumGracefulShutdownDuration = shutdownTime
        try await ServiceGroup(configuration: configuration).run()
    }
}

/// The HTTP service in the group: a graceful shutdown lets the requests under way end.
private struct Requests: Service {
    let server: EntryServer
    let onListening: @Sendable (Int) -> Void

    func run() async throws { try await server.run(onListening: onListening) }
}

/// A background service in the group: a graceful shutdown cancels it.
private struct Background: Service {
    let service: any BackgroundService

    func run() async throws {
        await cancelWhenGracefulShutdown { await service.run() }
    }
}

/// Says at a shutdown how long it may last, and ends the process where cancelled work does not end.
private struct ShutdownDeadline: Service {
    let time: Duration
    let last: Duration
    let logger: Logger

    func run() async throws {
        guard (try? await gracefulShutdown()) != nil else { return }
        logger.notice("shutdown", metadata: ["seconds": "\(time.components.seconds)"])
        let (last, logger) = (last, logger)
        // A thread of its own: work that hangs may hold every other thread.
        Thread.detachNewThread {
            Thread.sleep(forTimeInterval: last / .seconds(1))
            logger.critical("work did not end at shutdown; the process ends without it")
            // Everything acknowledged is on the disk by now, and what is not was not acknowledged.
            _exit(0)
        }
    }
}
