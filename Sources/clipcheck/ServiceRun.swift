import EntryIntake
import EntryServer
import Foundation
import Logging
import ServiceLifecycle
import UnixSignals

/// Runs the HTTP service and the background services until SIGTERM or SIGINT, then ends them within `shutdownTime` and
/// ten seconds.
struct ServiceRun {
    let server: EntryServer
    let background: [any BackgroundService]
    /// Time for the requests that are under way when the signal comes. Requests that last longer are cancelled.
    let shutdownTime: Duration
    let logger: Logger

    /// Time after `shutdownTime` in which cancelled work has to end before the process exits without it.
    private static let timeForCancelledWork = Duration.seconds(10)

    /// Runs until SIGTERM or SIGINT, and returns once everything has ended.
    ///
    /// - Parameter onListening: called once with the port that the service listens on.
    /// - Throws: an error of the HTTP service, such as that the port is in use.
    func run(onListening: @escaping @Sendable (Int) -> Void) async throws {
        // The group shuts its services down from the last one to the first.
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

/// The HTTP service as a member of the group. A graceful shutdown lets the requests under way end.
///
/// Each member has a short description: the group describes its members at the start, and a description of everything
/// that a member holds takes 34 ms.
private struct Requests: Service, CustomStringConvertible {
    let server: EntryServer
    let onListening: @Sendable (Int) -> Void
    var description: String { "requests" }

    func run() async throws { try await server.run(onListening: onListening) }
}

/// A background service as a member of the group. A graceful shutdown cancels it.
private struct Background: Service, CustomStringConvertible {
    let service: any BackgroundService
    var description: String { "\(type(of: service))" }

    func run() async throws {
        await cancelWhenGracefulShutdown { await service.run() }
    }
}

/// Logs the start of a shutdown, and ends the process when cancelled work has not ended after `last`.
private struct ShutdownDeadline: Service, CustomStringConvertible {
    let time: Duration
    let last: Duration
    let logger: Logger
    var description: String { "shutdown deadline" }

    func run() async throws {
        guard (try? await gracefulShutdown()) != nil else { return }
        logger.notice("shutdown", metadata: ["seconds": "\(time.components.seconds)"])
        let (last, logger) = (last, logger)
        // The deadline has a thread of its own, because work that hangs may hold every thread of the pool.
        Thread.detachNewThread {
            Thread.sleep(forTimeInterval: last / .seconds(1))
            logger.critical("work did not end at shutdown; the process ends without it")
            // Everything that was acknowledged to a client is on the disk by now, so ending here loses none of it.
            _exit(0)
        }
    }
}
