import BlockingLanes
import ContestRules
import EntryIntake
import EntryServer
import EntryStore
import Foundation
import Logging
import MediaFacts
import ProbeWorker
import Reporting

/// Puts the rooms together. The only place that knows which prober and which store there are.
enum Composition {
    /// What reads files: one locked-down process for each.
    ///
    /// - Parameter jobs: files read at once; nil means one for every core.
    /// - Throws: `ProbeError` when no worker can be started.
    static func inspector(
        jobs: Int?, waiting: Int, limits: WorkerLimits, isolation: Isolation
    ) throws(ProbeError) -> Inspector {
        let running = jobs ?? BlockingLanes.cores
        let prober = try ProbeWorker.prober(
            executable: executable, limits: limits, isolation: isolation,
            lanes: running + 2 * Inspector.closerLooks(beside: running))
        return Inspector(prober: prober, running: jobs, waiting: waiting)
    }

    /// Most files that can be read at once: each takes some descriptors of the process.
    static var mostJobs: Int { max(1, (Int(clamping: DescriptorBudget.current.rlim_cur) - 64) / 8) }

    /// This very executable, whatever became of its name.
    private static var executable: String {
        #if os(Linux)
            "/proc/self/exe"
        #else
            Bundle.main.executablePath ?? CommandLine.arguments[0]
        #endif
    }

    /// An intake that keeps entries in `store`.
    static func intake(
        contests: [Contest], inspector: Inspector, store: EntryStore, storageLimits: StorageLimits = StorageLimits(),
        clock: WallClock = .system
    ) -> Intake {
        Intake(
            contests: ContestCatalogue(contests), inspector: inspector, keeper: store, vault: store.vault,
            disk: store, storageLimits: storageLimits, clock: clock)
    }

    /// The HTTP service on top of an intake, and the work that runs beside it.
    ///
    /// - Parameter shutdownTime: time for the requests that are under way when the process is told to end.
    static func serviceRun(
        _ intake: Intake, store: EntryStore, uploadLifetime: Duration, settings: ServerSettings,
        shutdownTime: Duration, logger: Logger
    ) -> ServiceRun {
        let uploads = ResumableUploads(intake: intake, keeper: store, lifetime: uploadLifetime)
        let server = EntryServer(
            intake: intake, uploads: uploads, doorkeeper: Doorkeeper(keys: store), settings: settings,
            page: { report, stills, language in HTMLReport(language: language).page(report, stills: stills) },
            timeline: { report, language in HTMLReport(language: language).timeline(report) }, gauges: store,
            logger: logger)
        let observer = server.observer
        return ServiceRun(
            server: server,
            background: [
                TidyingService(uploads: uploads, every: .seconds(600), observer: observer),
                ContentCheckService(intake: intake, observer: observer),
                BacklogService(intake: intake, observer: observer),
                MissingMediaService(store: store, observer: observer, logger: logger),
            ], shutdownTime: shutdownTime, logger: logger)
    }
}
