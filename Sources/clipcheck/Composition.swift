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
    static var mostJobs: Int {
        var limit = rlimit()
        #if canImport(Darwin)
            guard getrlimit(RLIMIT_NOFILE, &limit) == 0 else { return 16 }
        #else
            guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return 16 }
        #endif
        return max(1, (Int(clamping: limit.rlim_cur) - 64) / 8)
    }

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
        contests: [Contest], inspector: Inspector, store: EntryStore, clock: WallClock = .system
    ) -> Intake {
        Intake(
            contests: ContestCatalogue(contests), inspector: inspector, keeper: store, vault: store.vault, clock: clock)
    }

    /// The HTTP service on top of an intake.
    static func server(
        _ intake: Intake, store: EntryStore, uploadLifetime: Duration, settings: ServerSettings, logger: Logger
    ) -> EntryServer {
        EntryServer(
            intake: intake, uploads: ResumableUploads(intake: intake, keeper: store, lifetime: uploadLifetime),
            settings: settings,
            page: { report, stills, language in HTMLReport(language: language).page(report, stills: stills) },
            timeline: { report, language in HTMLReport(language: language).timeline(report) }, logger: logger)
    }
}
